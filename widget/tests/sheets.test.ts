import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { inliner, type Sheets, trimmed } from "../tools/sheets.mjs";
import config from "../vite.config";

const styles =
  ":host{--apropos-a:red;--apropos-b:var(--apropos-a);--apropos-c:blue}.ap-one{color:var(--apropos-b)}.ap-two{color:var(--apropos-c)}";

it("leaves out classes that no code names, and the tokens they alone used", () => {
  expect(trimmed(styles, 'class="ap-one"')).toBe(
    ":host{--apropos-a:red;--apropos-b:var(--apropos-a)}.ap-one{color:var(--apropos-b)}",
  );
});

it("leaves out tokens that the sheet beside it has", () => {
  expect(trimmed(styles, "ap-one ap-two", ":host{--apropos-a:red;--apropos-b:red}")).not.toContain("--apropos-a:");
});

it("leaves out attributes and values that no code names, and keeps a choice of which one is named", () => {
  const sheet =
    ".ap-one[data-t=red]{color:red}.ap-one[data-t=blue]{color:blue}:is(.ap-one,.ap-two)>b{top:0}.ap-one[data-x]{top:1px}";
  expect(trimmed(sheet, '<b class="ap-one" data-t={"red"}')).toBe(
    ".ap-one[data-t=red]{color:red}:is(.ap-one,.ap-two)>b{top:0}",
  );
});

it("leaves out elements that no code makes, and keeps a choice of which one is made", () => {
  const sheet = ".ap-one :where(h2,p){top:0}.ap-one>a:hover{color:red}.ap-one ol[start]{top:0}";
  expect(trimmed(sheet, '<p class="ap-one">')).toBe(".ap-one :where(h2,p){top:0}");
  expect(trimmed(sheet, 'const TAGS = "a b"; `<ol class="ap-one" start="2">`')).toBe(
    ".ap-one>a:hover{color:red}.ap-one ol[start]{top:0}",
  );
});

it("keeps keyframes while something is animated by them, though a class that no code names is called so", () => {
  const sheet = "@keyframes ap-move{0%{top:0}}.ap-one{animation:1s ap-move}.ap-two{color:red}.ap-move{top:1px}";
  expect(trimmed(sheet, 'class="ap-one"')).toBe("@keyframes ap-move{0%{top:0}}.ap-one{animation:1s ap-move}");
  expect(trimmed(sheet, 'class="ap-two"')).toBe(".ap-two{color:red}");
});

it("keeps a class while code names it, though keyframes that nothing is animated by are called so", () => {
  const sheet = "@keyframes ap-move{0%{top:0}}.ap-one{animation:1s ap-move}.ap-move{top:1px}";
  expect(trimmed(sheet, 'class="ap-move"')).toBe(".ap-move{top:1px}");
});

const { names, made } = ((config.plugins as Sheets[]).find(({ name }) => name === "sheets") as Sheets).api;
const CLASS = /\bap(?:-[a-z0-9]+)+\b/g;
const all = ["components", "parts", "inbox", "pins"]
  .map((name) => readFileSync(`${import.meta.dirname}/../src/styles/${name}.css`, "utf8"))
  .join("");

it.each(names)(
  "puts on what %s wears each class that its code names, where a rule says what that looks like",
  (name) => {
    const { code, css } = made(name);
    const has = (sheet: string, each: string) => new RegExp(`\\.${each}(?![\\w-])`).test(sheet);
    const named = new Set<string>(code.match(CLASS));
    expect([...named].filter((each) => has(all, each) && !has(css, each))).toEqual([]);
  },
);

it("does not say again what the sheet beside it says", () => {
  const sheet = ".ap-one{color:red}@media print{.ap-one{top:0}.ap-two{top:1px}}";
  expect(trimmed(sheet, "ap-one ap-two", ".ap-one{color:red}@media print{.ap-one{top:0}}")).toBe(
    "@media print{.ap-two{top:1px}}",
  );
});

it("puts tokens that are used once, or are short, where they are used", () => {
  const twice = `${styles}.ap-three{color:var(--apropos-c)}`;
  expect(inliner(twice)(".ap-two{color:var(--apropos-c)}")).toBe(".ap-two{color:blue}");
  const inline = inliner(twice.replace("blue", "light-dark(blue,red)"));
  expect(inline(".ap-one{color:var(--apropos-b)}")).toBe(".ap-one{color:red}");
  expect(inline(".ap-two{color:var(--apropos-c)}"), "which is used twice").toContain("--apropos-c");
});

it("leaves out of the wrapper what `all: initial` says, and what follows the system's own font", () => {
  const sheet =
    ".ap{font-family:system-ui,Arial,sans-serif;font-weight:400}.ap-one{font-weight:400;letter-spacing:normal}";
  expect(trimmed(sheet, 'class="ap-one"')).toBe(
    ".ap{font-family:system-ui,sans-serif}.ap-one{letter-spacing:normal;font-weight:400}",
  );
});

it("says a theme or a density of the wrapper alone, which has that of its host", () => {
  const sheet = ':host([theme="dark"]), [data-apropos-theme="dark"]{color-scheme:dark}:host([hidden]){display:none}';
  expect(trimmed(sheet, "")).toBe("[data-apropos-theme=dark]{color-scheme:dark}:host([hidden]){display:none}");
});

it("keeps of an attribute the values that are written beside it, where all are", () => {
  const sheet = ".ap-one[data-t=red]{color:red}.ap-one[data-t=blue]{color:#00f}";
  expect(trimmed(sheet, 'class="ap-one" data-t="red" kind="blue"')).toBe(".ap-one[data-t=red]{color:red}");
  expect(trimmed(sheet, 'class="ap-one" data-t={tone} kind="blue"')).toContain("blue");
});

it("leaves out the tokens of no motion, which the wrapper has at once", () => {
  const motion = "@media (prefers-reduced-motion: reduce) {\n  :root, :host { --apropos-fast: 0.01ms; }\n}\n";
  const sheet = `:host{--apropos-fast:1s}\n${motion}.ap-one{transition:color var(--apropos-fast)}`;
  expect(trimmed(sheet, 'class="ap-one"')).not.toContain("@media");
  expect(inliner(sheet)(".ap-one{transition:color var(--apropos-fast)}")).toBe(".ap-one{transition:color 1s}");
});
