// @vitest-environment happy-dom
/** Ours and Preact, given the same parts and the same changes, show the same tree and keep the same elements. */
import { expect, it } from "vitest";
// @ts-expect-error the same
import * as theirs from "../node_modules/preact/dist/preact.mjs";
// @ts-expect-error Preact as it is published, past our alias for it
import * as theirHooks from "../node_modules/preact/hooks/dist/hooks.mjs";
import * as ourHooks from "../src/slim/hooks";
import * as ours from "../src/slim/index";

// biome-ignore lint/suspicious/noExplicitAny: two libraries behind one test have no type in common
type Any = any;
const BOTH = [
  ["ours", { ...ours, ...ourHooks } as Any],
  ["Preact", { ...theirs, ...theirHooks } as Any],
] as const;

/** The same pseudo-random choices for both. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

function tree(lib: Any, roll: (sides: number) => number, deep = 0): unknown {
  const kids = () => Array.from({ length: roll(4) }, () => tree(lib, roll, deep + 1));
  const kind = deep > 3 ? roll(3) : roll(9);
  if (kind === 0) return null;
  if (kind === 1) return `text ${roll(3)}`;
  if (kind === 2) return lib.h(["p", "b", "i"][roll(3)], { class: `c${roll(2)}`, "aria-busy": roll(2) === 1 });
  if (kind === 3) return kids();
  if (kind === 4) return lib.h(lib.Fragment, {}, ...kids());
  if (kind === 5) return lib.h(Part(lib), {}, ...kids());
  if (kind < 8) {
    const keys = Array.from({ length: roll(6) }, (_, at) => at).sort(() => roll(2) - 0.5);
    return lib.h(
      "ul",
      {},
      keys.map((key) => lib.h("li", { key, title: `k${key}` }, ...(roll(3) ? kids() : []))),
    );
  }
  return lib.h("div", { hidden: roll(2) === 1, "data-x": roll(2) ? "" : undefined }, ...kids());
}

const parts = new Map<Any, Any>();
function Part(lib: Any): Any {
  if (!parts.has(lib)) parts.set(lib, ({ children }: Any) => [lib.h("em", {}, "part"), children, null]);
  return parts.get(lib);
}

it("shows what Preact shows, whatever becomes of it", () => {
  for (let seed = 1; seed <= 100; seed++) {
    const places = BOTH.map(() => document.createElement("div"));
    const rolls = BOTH.map(() => dice(seed));
    for (let step = 0; step < 6; step++) {
      BOTH.forEach(([, lib], at) => void lib.render(lib.h("main", {}, tree(lib, rolls[at] as Any)), places[at]));
      expect(places[0]?.innerHTML, `seed ${seed}, step ${step}`).toBe(places[1]?.innerHTML);
    }
  }
});

it.each(BOTH)("%s keeps an element wherever its key goes, and what was typed in it", (_, lib) => {
  const place = document.createElement("div");
  const list = (...keys: string[]) => keys.map((key) => lib.h("input", { key, title: key }));
  lib.render(list("a", "b", "c"), place);
  const b = place.querySelector<HTMLInputElement>("[title=b]");
  (b as HTMLInputElement).value = "typed";
  lib.render(list("c", "new", "b"), place);
  expect(place.querySelector("[title=b]")).toBe(b);
  expect([...place.children].map((each) => each.getAttribute("title"))).toEqual(["c", "new", "b"]);
});

it.each(BOTH)("%s renders a part anew when its state changes, where it stands among others", async (_, lib) => {
  const place = document.createElement("div");
  let more: Any;
  const Counter = () => {
    const [count, set] = lib.useState(0);
    more = () => set((before: number) => before + 1);
    return Array.from({ length: count }, (_none, at) => lib.h("b", { key: at }, at));
  };
  lib.render([lib.h("i", {}), lib.h(Counter, {}), lib.h("u", {})], place);
  more();
  more();
  await new Promise((done) => setTimeout(done, 50));
  expect(place.innerHTML).toBe("<i></i><b>0</b><b>1</b><u></u>");
});

it.each(BOTH)("%s runs an effect when what it depends on differs, and undoes it at the end", async (_, lib) => {
  const place = document.createElement("div");
  const told: string[] = [];
  const Watcher = ({ of }: { of: string }) => {
    lib.useLayoutEffect(() => {
      told.push(`on ${of}`);
      return () => told.push(`off ${of}`);
    }, [of]);
    return null;
  };
  for (const of of ["a", "a", "b"]) lib.render(lib.h(Watcher, { of }), place);
  lib.render(null, place);
  expect(told).toEqual(["on a", "off a", "on b", "off b"]);
});

it.each(BOTH)("%s hands over an element when it stands, and null when it goes", (_, lib) => {
  const place = document.createElement("div");
  const ref: { current: Element | null } = { current: null };
  lib.render(lib.h("p", { ref }), place);
  expect(ref.current).toBe(place.firstChild);
  lib.render(null, place);
  expect(ref.current).toBe(null);
});

it.each(BOTH)("%s hands over elements before any effect runs", async (_, lib) => {
  const place = document.createElement("div");
  const told: unknown[] = [];
  const Inside = ({ around }: Any) => void lib.useLayoutEffect(() => void told.push(around.current?.localName), []);
  const Outside = () => {
    const around = lib.useRef(null);
    return lib.h("section", { ref: around }, lib.h(Inside, { around }));
  };
  lib.render(lib.h(Outside, {}), place);
  expect(told).toEqual(["section"]);
});

it.each(BOTH)("%s calls the listener of the last rendering, once", (_, lib) => {
  const place = document.createElement("div");
  const told: number[] = [];
  for (const turn of [1, 2]) lib.render(lib.h("button", { onClick: () => told.push(turn) }), place);
  (place.firstChild as HTMLElement).click();
  expect(told).toEqual([2]);
});

it.each(BOTH)("%s gives what is around to whatever is inside", (_, lib) => {
  const place = document.createElement("div");
  const Colour = lib.createContext("none");
  const Shown = () => lib.h("p", {}, lib.useContext(Colour));
  lib.render([lib.h(Shown, {}), lib.h(Colour.Provider, { value: "red" }, lib.h("div", {}, lib.h(Shown, {})))], place);
  expect(place.textContent).toBe("nonered");
});

it.each(BOTH)("%s makes drawings as drawings", (_, lib) => {
  const place = document.createElement("div");
  lib.render(lib.h("svg", { viewBox: "0 0 1 1" }, lib.h("path", { d: "M0 0" })), place);
  expect(place.querySelector("path")?.namespaceURI).toBe("http://www.w3.org/2000/svg");
});
