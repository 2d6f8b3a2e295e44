// @vitest-environment happy-dom
import { h, render } from "preact";
import { expect, it } from "vitest";
import { shown } from "../src/nodes";
import { typed } from "../src/parts/acting/typed";
import type { Node } from "../src/wire";

const names = { person: (id: string) => (id === "ines" ? "Ines Marchetti" : id), me: "ines" };

function made(...nodes: Node[]): string {
  const place = document.createElement("div");
  render(h("div", {}, shown(nodes, names)), place);
  return place.firstElementChild?.innerHTML ?? "";
}

it("makes text, marks and lists", () => {
  expect(made(["p", {}, "Hold ", ["strong", {}, "the buffer"], ["br", {}], "now"])).toBe(
    "<p>Hold <strong>the buffer</strong><br>now</p>",
  );
  expect(made(["ol", { start: 3 }, ["li", {}, "third"]])).toBe('<ol start="3"><li>third</li></ol>');
});

it("never takes text for markup", () => {
  expect(made(["p", {}, "<img src=x onerror=alert(1)>"])).toBe("<p>&lt;img src=x onerror=alert(1)&gt;</p>");
});

it.each(["script", "iframe", "style", "svg", "object", "form", "img", "link", "base"])(
  "makes no %s, only what is said in it",
  (tag) => {
    expect(made([tag, { src: "https://evil.example", onload: "alert(1)" }, "text"])).toBe("text");
  },
);

it.each(["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//evil.example", "vbscript:x", "/path"])(
  "makes no link to %s",
  (href) => {
    expect(made(["a", { href }, "here"])).not.toContain("href");
  },
);

it("makes a link that cannot reach back", () => {
  expect(made(["a", { href: "https://crm.example/7", onclick: "alert(1)", style: "color:red" }, "here"])).toBe(
    '<a href="https://crm.example/7" target="_blank" rel="noopener noreferrer nofollow" tabindex="-1" ' +
      'data-to="https://crm.example/7">here</a>',
  );
});

it("says where a link leads, to be written out on paper, unless that is what it says", () => {
  const href = "https://crm.example/7";
  expect(made(["a", { href }, href])).not.toContain("data-to");
  expect(made(["a", { href }, ["strong", {}, "here"]])).toContain(`data-to="${href}"`);
  expect(made(["p", {}, "here"])).toBe("<p>here</p>");
});

it("keeps no attribute that was not meant", () => {
  expect(
    made(["p", { style: "x", class: "y", id: "z", onclick: "w", dangerouslySetInnerHTML: { __html: "<b>" } }, "text"]),
  ).toBe("<p>text</p>");
});

it("calls people by name, and marks me", () => {
  expect(made(["mention", { person: "ines" }])).toBe(
    '<span class="ap-mention" data-me=""><bdi>@Ines Marchetti</bdi></span>',
  );
  expect(made(["mention", { person: "<b>" }])).toContain("@&lt;b&gt;");
  expect(made(["mention", { group: "planners" }])).toContain("@planners");
});

it("shows a task as a box nobody can tick", () => {
  expect(made(["input", { type: "text", checked: true, autofocus: true }])).toBe('<input type="checkbox" disabled="">');
});

it("shows what was typed in paragraphs and lines until it is rendered", () => {
  const place = document.createElement("div");
  render(h("div", {}, typed("one\ntwo\n\n<b>three</b>\n")), place);
  expect(place.firstElementChild?.innerHTML).toBe("<p>one<br>two</p><p>&lt;b&gt;three&lt;/b&gt;</p>");
});
