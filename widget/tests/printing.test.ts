// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { footed } from "../src/parts/printing/footer";

it("quotes what a name has in it, so that it ends no rule", () => {
  const paper = document.createElement("div");
  paper.append(document.createElement("div"));
  paper.firstElementChild?.append(document.createElement("p"));
  (paper.querySelector("p") as Element).textContent = 'by "A" \\ {B}\n}';
  expect(footed(paper)).toContain('content:"by \\22 A\\22  \\5c  {B}\\a }"');
});
