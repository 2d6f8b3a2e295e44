/** What somebody wrote, before the service knows it. */
import { type ComponentChild, h } from "preact";

/** What was typed, as long as the service has not rendered it: paragraphs and lines. */
export function typed(body: string): ComponentChild[] {
  const paragraphs = body.trim().split(/\n{2,}/);
  return paragraphs.map((text) =>
    h(
      "p",
      {},
      text.split("\n").flatMap((line, index) => (index ? [h("br", {}), line] : [line])),
    ),
  );
}
