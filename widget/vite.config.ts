import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { minify } from "terser";
import { globSync } from "tinyglobby";
import { defineConfig, type Plugin } from "vite";
import { sheets } from "./tools/sheets.mjs";

const slim = (name: string) => `${import.meta.dirname}/src/slim/${name}.ts`;
/** What dresses in another way what others show. */
const over = (name: string, code: string[], beside = "discussion") => ({
  code,
  beside,
  from: ["tokens.css"],
  own: [`${name}.css`],
});
const parts = (name: string) => ({ code: [`src/parts/${name}/*`], beside: "discussion", own: ["parts.css"] });

/** One folder for the files of a build: they call each other by name, and whatever was kept of another build is not meant. */
function folder(): string {
  const made = createHash("sha256");
  const from = { cwd: import.meta.dirname, absolute: true };
  for (const path of globSync(["src/**", "package-lock.json", "vite.config.ts", "tools/sheets.mjs"], from).sort())
    made.update(readFileSync(path));
  return `chunks/${made.digest("hex").slice(0, 8)}`;
}

/** What is fetched together: pins with the script, what an open discussion shows, what people do in it. */
const GROUPS = [
  {
    name: "shared",
    test: /src\/(parts\/acting\/(icons|reason)|copying|ids|speaking|words\/en\/shared)\.ts/,
    priority: 1,
  },
  {
    name: "pins",
    test: /src\/(elements\/|words\/(index|en\/first)|(client|counts|icons|kept|live|session|signal|theme|turns)\.ts)|sheet\/pins|rolldown.runtime/,
  },
  {
    name: "discussion",
    test: /src\/(parts\/[^/]+$|slim\/|words\/en\/discussion|(conversation|figures|store)\.ts)|sheet\/discussion/,
  },
  { name: "liking", test: /src\/liking\.ts/ },
  { name: "outcomes", test: /src\/words\/en\/kinds\.ts/, priority: 1 },
  { name: "advance", test: /src\/(advance|amend)\.ts/ },
  { name: "news", test: /src\/(parts\/news\/|words\/en\/(answers|news))|sheet\/news/ },
  { name: "details", test: /src\/(parts\/details\/|nodes\.ts|words\/en\/details)|sheet\/details/ },
  { name: "subject", test: /src\/(parts\/subject\/|(amounts|due)\.ts|words\/en\/subject)|sheet\/subject/ },
  {
    name: "acting",
    test: /src\/(parts\/acting\/(?!icons|reason)|words\/en\/acting|(drafts|outbox)\.ts)|sheet\/acting/,
  },
];

/** A module that others fetch together with more is an object with getters; the bundler's helper for that is a file of its own. */
const HELPER = /import\{t as (\w+)\}from"\.\/(rolldown-runtime\.js)";/;
function withoutHelper(code: string): string {
  const [whole, helper] = HELPER.exec(code) ?? [];
  if (!whole) return code;
  const called = new RegExp(`\\b${helper}\\(\\{((?:[\\w$]+:\\(\\)=>[\\w$]+,?)+)\\}\\)`, "g");
  const asObject = (_: string, names: string) =>
    `{${names.replace(/([\w$]+):\(\)=>([\w$]+)/g, "get $1(){return $2}")}}`;
  if (!called.test(code)) throw new Error(`the bundler calls ${helper} in a way that is not known here`);
  return code.replace(whole, "").replace(called, asObject);
}

/**
 * What terser is to call what a file says and hears of others: as they call it, since `export{A}` is shorter than `export{xe as A}`.
 * The names between files stay the bundler's. A name that two of them have is left to terser.
 */
function asOthersCall(code: string): Record<string, string> {
  const names: Record<string, string> = {};
  for (const [, clause, list] of code.matchAll(/\b(export|import)\s*\{([^}]*)\}/g))
    for (const [, first, second] of (list as string).matchAll(/([\w$]+)(?: as ([\w$]+))?/g)) {
      const [own, others] = (clause === "export" ? [first, second ?? first] : [second ?? first, first]) as [
        string,
        string,
      ];
      if (!Object.values(names).includes(others)) names[`$${own}`] ??= others;
    }
  return names;
}

/** What the bundler made small is made smaller: three bytes in a hundred of what a page waits for. */
const smaller: Plugin = {
  name: "smaller",
  async generateBundle(_, bundle) {
    for (const [name, file] of Object.entries(bundle)) {
      if (name.includes("rolldown-runtime")) delete bundle[name];
      if (file.type !== "chunk") continue;
      const code = withoutHelper(file.code);
      const compress = { passes: 4, pure_getters: true, unsafe: true, unsafe_methods: true };
      const nameCache = { vars: { props: asOthersCall(code) } };
      file.code = (await minify(code, { module: true, ecma: 2020, compress, nameCache })).code ?? code;
    }
  },
};

/** Tags as calls, `h(type, attributes, …children)`, which says less than an object for each; by names that no source has. */
const tags: Plugin = {
  name: "tags",
  enforce: "pre",
  transform: {
    filter: { id: /\.tsx$/ },
    handler: (code) => `import { h as $tag, Fragment as $several } from "preact";${code}`,
  },
};

/** What others read beside the script: what the elements are (editors, the playground), the design's tokens and parts (the console). */
const BESIDE = {
  "custom-elements.json": "custom-elements.json",
  "tokens.css": "src/styles/tokens.css",
  "components.css": "src/styles/components.css",
};
const withOthers: Plugin = {
  name: "with-others",
  generateBundle() {
    for (const [fileName, path] of Object.entries(BESIDE))
      this.emitFile({ type: "asset", fileName, source: readFileSync(`${import.meta.dirname}/${path}`) });
  },
};

export default defineConfig({
  plugins: [
    tags,
    smaller,
    withOthers,
    sheets(import.meta.dirname, {
      shared: ["reset.css", "tokens.css", "components.css"],
      wanted: {
        pins: { code: ["src/elements/{mark,pin,badge,shell}.ts"], own: ["pins.css"] },
        discussion: {
          code: ["src/parts/*", "src/elements/panel.ts"],
          beside: "pins",
          own: ["parts.css"],
        },
        acting: parts("acting"),
        dating: { code: ["src/dating.tsx"], beside: "acting", own: ["parts.css"] },
        details: { code: ["src/parts/details/*", "src/nodes.ts"], beside: "discussion", own: ["parts.css"] },
        alone: { code: ["src/alone/*"], beside: "discussion", own: ["parts.css"] },
        editing: parts("editing"),
        files: parts("files"),
        folding: parts("folding"),
        kinds: parts("kinds"),
        mentioning: parts("mentioning"),
        news: parts("news"),
        past: parts("past"),
        places: parts("places"),
        presence: parts("presence"),
        purpose: parts("purpose"),
        printing: over("print", ["src/parts/**/*", "src/nodes.ts"]),
        settled: parts("settled"),
        sheet: { ...parts("sheet"), beside: "subject" }, // it condenses what that shows
        showing: parts("showing"),
        standing: over("standing", ["src/parts/frame.tsx"], "pins"),
        states: parts("states"),
        subject: parts("subject"),
        tasks: parts("tasks"),
        unsent: parts("unsent"),
        uncovering: over("uncovering", ["src/parts/**/*"]),
        tight: over("tight", ["src/parts/**/*"]),
        inbox: {
          code: [
            "src/inbox/*.tsx",
            "src/parts/bits.tsx",
            "src/parts/acting/popup.tsx",
            "src/nodes.ts",
            "src/dating.tsx",
          ],
          beside: "pins",
          own: ["parts.css", "inbox.css"],
        },
      },
    }),
  ],
  oxc: { jsx: { runtime: "classic", pragma: "$tag", pragmaFrag: "$several" } },
  resolve: {
    alias: [
      { find: /^preact$/, replacement: slim("index") },
      { find: /^preact\/hooks$/, replacement: slim("hooks") },
    ],
  },
  build: {
    target: ["chrome123", "safari17.5", "firefox128"],
    outDir: "dist",
    lib: { entry: { apropos: "src/apropos.ts" }, formats: ["es"] },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        entryFileNames: "apropos.js",
        chunkFileNames: `${folder()}/[name].js`,
        minify: true,
        codeSplitting: { groups: GROUPS },
      },
    },
  },
});
