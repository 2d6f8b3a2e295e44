/**
 * The way between the panel and the page: to what opened it, or to what stands there now; and back to where one was in it.
 *
 * Law: the focus goes to an element of ours or stays where it is.
 */

import type { Shell } from "./elements/shell";
import type { Place } from "./session";

/** What opened a panel, the tree that was in, and where on the page. */
export interface Origin {
  from?: HTMLElement | undefined;
  tree?: Node | undefined;
  x?: number;
  y?: number;
}

const left = new WeakMap<Shell, HTMLElement>();

/** Take the focus out of the panel, or into it. */
export function cross(panel: Shell, origin: Origin, place: Place): void {
  const inside = panel.root.activeElement as HTMLElement | null;
  if (inside) {
    left.set(panel, inside);
    back(origin, place);
    return;
  }
  const before = left.get(panel);
  (before?.isConnected ? before : panel.root.querySelector<HTMLElement>("h2"))?.focus();
}

/** Focus what opened the panel; else the value's pin, else the record's nearest, else its badge. */
export function back({ from, tree, x = 0, y = 0 }: Origin, { record, field }: Place): void {
  const isHere = (each: HTMLElement) => each.getAttribute("record") === record && each.checkVisibility();
  const rank = (each: HTMLElement) =>
    each.localName === "apropos-badge" ? 2 : each.getAttribute("field") === field ? 0 : 1;
  const far = (each: HTMLElement) => {
    const at = each.getBoundingClientRect();
    return Math.hypot(at.x + scrollX - x, at.y + scrollY - y);
  };
  const [nearest] = around(tree)
    .flatMap((root) => [...root.querySelectorAll<HTMLElement>("apropos-pin, apropos-badge")])
    .filter(isHere)
    .sort((one, other) => rank(one) - rank(other) || far(one) - far(other));
  (from?.isConnected ? from : nearest)?.focus();
}

/** The trees around what is in `tree`, from the inside out, that are still in the page. */
function around(tree: Node = document): ParentNode[] {
  const outer = tree instanceof ShadowRoot ? around(tree.host.getRootNode()) : [document];
  return tree instanceof ShadowRoot && tree.isConnected ? [tree, ...outer] : outer;
}
