// @vitest-environment happy-dom
import { readdirSync, readFileSync } from "node:fs";
import { act, createElement } from "react";
import { createRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { expect, it, vi } from "vitest";
import { ELEMENTS, VARIABLES } from "../package/elements.mjs";
import { AproposPanel, AproposPin } from "../package/react/index.js";
import { ComposerElement, PeopleElement, StartElement, ValueElement } from "../src/elements/alone";
import "../src/elements";
import { App } from "../src/elements/app";
import { Badge } from "../src/elements/badge";
import { InboxElement } from "../src/elements/inbox";
import { Panel } from "../src/elements/panel";
import { Pin } from "../src/elements/pin";
import { ThreadElement } from "../src/elements/thread";

vi.mock("virtual:sheet/pins", () => ({ default: "" }));
vi.mock("apropos-widget", () => ({}));
vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);

const CLASSES = {
  "apropos-app": App,
  "apropos-pin": Pin,
  "apropos-badge": Badge,
  "apropos-panel": Panel,
  "apropos-thread": ThreadElement,
  "apropos-composer": ComposerElement,
  "apropos-start": StartElement,
  "apropos-value": ValueElement,
  "apropos-people": PeopleElement,
  "apropos-inbox": InboxElement,
};
const SRC = `${import.meta.dirname}/../src/`;
const code = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(SRC + name, "utf8"))
  .join("\n");
const all = (pattern: RegExp) => [...new Set([...code.matchAll(pattern)].map((found) => found[1]))].sort();
const of = (member: "events" | "parts") =>
  [...new Set(Object.values(ELEMENTS).flatMap((each) => Object.keys(each[member] ?? {})))].sort();

it.each(Object.entries(CLASSES))("promises of <%s> what it observes", (tag, element) => {
  const own = Object.keys(ELEMENTS[tag]?.attributes ?? {}).filter((name) => name !== "deep-links"); // is asked when it counts
  expect(own.sort()).toEqual([...new Set(element.observedAttributes)].sort());
});

it.each(Object.entries(CLASSES))("lets frameworks set what <%s> observes as attributes", (_, element) => {
  for (const name of element.observedAttributes)
    if (!(name in HTMLElement.prototype)) expect([name, name in element.prototype]).toEqual([name, false]);
});

it("promises every event and part there is, and no other", () => {
  expect(of("events")).toEqual(all(/(?:emit|tell)\(\s*(?:this, )?"(apropos-[a-z-]+)"/g));
  expect(of("parts")).toEqual([...all(/\bpart="([a-z-]+)"/g), ...all(/part\.add\("([a-z-]+)"/g)].sort());
});

it("promises the variables that the design has", () => {
  const tokens = readFileSync(`${SRC}styles/tokens.css`, "utf8");
  expect(Object.keys(VARIABLES)).toEqual(
    [...tokens.matchAll(/^ \* {3}(--apropos-[a-z-]+) /gm)].map((found) => found[1]),
  );
});

it("gives React the elements, with their events, and follows what changes", async () => {
  const opened = vi.fn();
  const page = document.body.appendChild(document.createElement("div"));
  const root = createRoot(page);
  const show = (onOpen?: (event: Event) => void, open = true) =>
    act(() =>
      root.render([
        createElement(AproposPin, { key: 1, record: "order:1", field: "total", onOpen, className: "mine" }),
        createElement(AproposPanel, { key: 2, record: "order:1", open }),
      ]),
    );
  await show(opened);
  const [pin, panel] = page.children as unknown as [HTMLElement, HTMLElement];
  expect(pin.outerHTML).toBe('<apropos-pin record="order:1" field="total" class="mine"></apropos-pin>');
  expect(panel.hasAttribute("open")).toBe(true);
  pin.dispatchEvent(new CustomEvent("apropos-open", { detail: { record: "order:1" } }));
  expect(opened).toHaveBeenCalledOnce();
  await show(undefined, false);
  pin.dispatchEvent(new CustomEvent("apropos-open"));
  expect(opened).toHaveBeenCalledOnce();
  expect(panel.hasAttribute("open")).toBe(false);
  await act(() => root.unmount());
});

it("is written by a server as it is shown by a browser", () => {
  expect(renderToString(createElement(AproposPin, { record: "order:1", label: "Total", onOpen: () => {} }))).toBe(
    '<apropos-pin record="order:1" label="Total"></apropos-pin>',
  );
});
