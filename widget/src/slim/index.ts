/** What our parts import as `preact`. */
import { jsx } from "./jsx";
import type { Wanted } from "./tree";

export { createContext } from "./hooks";
export { Fragment, render } from "./tree";

/** An element by name, for what is made from somebody's tree. */
export function h(type: Wanted["type"], { key, ...props }: Record<string, unknown>, ...children: unknown[]): Wanted {
  return jsx(type, { ...props, children }, key);
}
