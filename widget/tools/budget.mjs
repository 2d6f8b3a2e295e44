/**
 * What a page loads, as the service sends it and by the plain gzip that anybody has, and whether that is within what it may be:
 * `node tools/budget.mjs`, after `make setup`.
 *
 * Law: everything that the browser fetches for a step counts, whichever file it is in.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { posix } from "node:path";
import { gzipSync } from "node:zlib";

const DIST = new URL("../dist/", import.meta.url);
const IMPORT = /(?:from|import)\s*["'`](\.[^"'`]+)["'`]/g;

/** Steps, each on top of the one it names, and the most that everything up to it may weigh, in bytes: by gzip -9, and as it is sent. */
const STEPS = [
  { name: "pins and badges", loads: ["apropos.js"], most: [8_990, 8_750] },
  { name: "an open discussion", loads: ["discussion"], after: "pins and badges", most: [20_480, 19_890] },
  { name: "… with what is new", loads: ["news"], after: "an open discussion", most: [22_740, 22_130] },
  {
    name: "… on a value, answered, with what is new",
    loads: ["subject", "details", "news"],
    after: "an open discussion",
    most: [27_990, 27_290],
  },
  { name: "… as soon as something happens", loads: ["advance"], after: "an open discussion" },
  {
    name: "… touched: all that one does, and news",
    loads: ["acting", "news", "printing"],
    after: "an open discussion",
    most: [42_530, 41_310],
  },
  { name: "… with decisions, actions, answers", loads: ["kinds"], after: "an open discussion" },
  { name: "… of more than twenty messages", loads: ["folding"], after: "an open discussion" },
  { name: "… that is over", loads: ["settled"], after: "an open discussion" },
  { name: "… with somebody else: who is there, who writes", loads: ["presence"], after: "an open discussion" },
  { name: "a list of discussions, or a new one", loads: ["places"], after: "an open discussion" },
  { name: "nothing to show yet, or at all", loads: ["states"], after: "an open discussion", most: [23_960, 23_260] },
  { name: "… with what was written and cannot be sent", loads: ["unsent"], after: "nothing to show yet, or at all" },
  { name: "pins where no WebSocket holds", loads: ["detour"], after: "pins and badges" },
];

const files = readdirSync(DIST, { recursive: true }).filter((name) => name.endsWith(".js"));
const content = new Map(files.map((name) => [name, readFileSync(new URL(name, DIST))]));
/** The bytes of a file that `tools/compressed.py` wrote beside it; what is hardly anything stays as it is. */
const sent = (name, suffix) => {
  const file = new URL(`${name}.${suffix}`, DIST);
  return existsSync(file) ? statSync(file).size : content.get(name).length;
};
const plain = (name) => gzipSync(content.get(name), { level: 9 }).length;
const gzip = (name) => sent(name, "gz");
const brotli = (name) => sent(name, "br");
const total = (names, weigh) => names.reduce((sum, name) => sum + weigh(name), 0);

/** The files that load with those: what they import at once, and what that imports. */
function loaded(names, known = new Set()) {
  for (const name of names.filter((each) => !known.has(each))) {
    known.add(name);
    const imports = [...content.get(name).toString().matchAll(IMPORT)];
    loaded(
      imports.map(([, path]) => posix.join(posix.dirname(name), path)),
      known,
    );
  }
  return known;
}

/** The files of that name: words that two kits say are a file of their own, called as they are. */
function filesOf(name) {
  const file = new RegExp(`^(chunks/\\w+/${name}\\d*\\.js|${name})$`);
  const found = files.filter((each) => file.test(each));
  if (!found[0]) throw new Error(`no file of the build is called ${name}`);
  return found;
}

/** A weight, and what it may be; more than that fails. */
function within(weight, most) {
  isOver ||= weight > (most ?? Number.POSITIVE_INFINITY);
  return [weight.toLocaleString("en"), most ? `${most.toLocaleString("en")}${weight > most ? " !" : ""}` : ""];
}

const upTo = new Map();
let isOver = false;
const row = (name, ...cells) => console.log(name.padEnd(48), ...cells.map((cell) => cell.padStart(9)));
row("bytes, compressed", "gzip -9", "at most", "zopfli", "at most", "brotli");
for (const { name, loads, after, most = [] } of STEPS) {
  const all = [...loaded(loads.flatMap(filesOf), new Set(upTo.get(after)))];
  upTo.set(name, all);
  const cells = [plain, gzip].flatMap((weigh, at) => within(total(all, weigh), most[at]));
  row(name, ...cells, total(all, brotli).toLocaleString("en"));
}
/** The limits as README.md says them. */
const said = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const limits = STEPS.flatMap(({ name, most }) => (most ? `| ${name} | ${most[0].toLocaleString("en")} |\n` : []));
if (!said.endsWith(`|---|--:|\n${limits.join("")}`)) {
  console.error(`\nREADME.md says other limits. They are:\n${limits.join("")}`);
  process.exit(1);
}
if (isOver) {
  console.error("\nThe widget weighs more than it may: fetch later what is not seen at once (docs/decisions/0007).");
  process.exit(1);
}
