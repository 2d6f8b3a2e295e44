/** What our parts import as `preact`; a tag in a part's source becomes `h`. */
import type { Wanted } from "./tree";

export { createContext } from "./hooks";
export { Fragment, render } from "./tree";

/** An element or a part that is wanted; one child is itself, several are a list. */
export function h(type: Wanted["type"], props: Record<string, unknown> | null, ...children: unknown[]): Wanted {
  const { key, ...own } = props ?? {};
  if (children.length > 0) own.children = children.length > 1 ? children : children[0];
  return { type, props: own, key };
}
