/** What a tag in a part's source becomes. */
import { Fragment, type Wanted } from "./tree";

export function jsx(type: Wanted["type"], props: Record<string, unknown>, key?: unknown): Wanted {
  return { type, props, key };
}

export { Fragment, jsx as jsxDEV, jsx as jsxs };
