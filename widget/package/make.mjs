/** Write what the package holds beside its build: `node package/make.mjs`, with `--check` only tell whether it is as it would be. */
import { readFileSync, writeFileSync } from "node:fs";
import { manifest, reactModule, reactTypes, types } from "./elements.mjs";

const MADE = {
  "custom-elements.json": `${JSON.stringify(manifest(), null, 2)}\n`,
  "package/apropos.d.ts": types(),
  "package/react/index.d.ts": reactTypes(),
  "package/react/index.js": reactModule(),
};

let isStale = false;
for (const [path, text] of Object.entries(MADE)) {
  const file = new URL(`../${path}`, import.meta.url);
  if (process.argv.includes("--check")) {
    if (readFileSync(file, "utf8") === text) continue;
    console.error(`${path} is not what package/elements.mjs says: run node package/make.mjs`);
    isStale = true;
  } else writeFileSync(file, text);
}
process.exit(isStale ? 1 : 0);
