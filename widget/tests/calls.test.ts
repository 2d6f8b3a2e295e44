import { expect, it } from "vitest";
import { asking, renamed, spread } from "../tools/calls.mjs";

const helper = 'import{t as e}from"./rolldown-runtime.js";';

it("makes the names of modules that are fetched together names of their file", () => {
  const made = spread(
    `${helper}var n=/* @__PURE__ */ e({paint:()=>p,css:()=>c}),o=e({late:()=>l});export{n as a,c as b,o as t};`,
  );
  expect(made.code).toBe("var n=0,o=0;export{p as paint,c as css,c as b,l as late};");
  expect(made.modules).toEqual(["a", "t"]);
  expect(
    asking('import("./one.js").then(e=>e.t);import("./one.js").then(e=>e.b)', new Map([["one.js", made.modules]])),
  ).toBe('import("./one.js");import("./one.js").then(e=>e.b)');
});

it("leaves a file that has no such module as it is", () => {
  expect(spread("export{a as b};")).toEqual({ code: "export{a as b};", modules: [] });
});

it.each([
  ["modules that share a name", `${helper}var n=e({css:()=>c}),o=e({css:()=>d});export{n as a,o as t};`],
  ["a helper called in another way", `${helper}var n=e(p);export{n as t};`],
])("refuses %s", (_, code) => {
  expect(() => spread(code)).toThrow();
});

it("calls what the bundler named by the name that it has inside", () => {
  const files = {
    "one.js": "export{p as a,qe as b,a as c,w as words,words as d};",
    "three.js": 'export{b as configure}from"./x/one.js";',
    "two.js": 'import{a as x,b as e,words as r}from"./one.js";export{x as t};',
  };
  const made = Object.fromEntries(renamed(new Map(Object.entries(files))));
  expect(made).toEqual({
    "one.js": "export{p,qe,a,w as words,words as d};",
    "three.js": 'export{qe as configure}from"./x/one.js";',
    "two.js": 'import{p as x,qe as e,words as r}from"./one.js";export{x};',
  });
});
