/**
 * The way between the panel and the page: to what opened it, or to what stands there now; and back to where one was in it.
 *
 * Law: the focus goes to an element of ours or stays where it is.
 */

import type { Shell } from "./elements/shell";
import type { Place } from "./session";

/** What opened a panel, the tree that was in, where it stood, and how far the page was scrolled. */
export interface Origin {
  from?: HTMLElement | undefined;
  tree?: Node | undefined;
  at?: DOMRect | undefined;
  x?: number;
  y?: number;
}

const left = new WeakMap<Shell, HTMLElement>();

/** Take the focus out of the panel, or into it. */
export function cross(panel: Shell, origin: Origin): void {
  const inside = panel.root.activeElement as HTMLElement | null;
  if (inside) {
    left.set(panel, inside);
    back(origin, panel.session?.open.value);
    return;
  }
  const before = left.get(panel);
  (before?.isConnected ? before : panel.root.querySelector<HTMLElement>("h2"))?.focus();
}

/** Focus what opened the panel; else the value's pin, else the record's nearest, else its badge. */
export function back({ from, tree, at, x = 0, y = 0 }: Origin, place?: Place | null): void {
  const isHere = (each: HTMLElement) => each.getAttribute("record") === place?.record && each.checkVisibility();
  const rank = (each: HTMLElement) =>
    each.localName === "apropos-badge" ? 2 : each.getAttribute("field") === place?.field ? 0 : 1;
  const far = (each: HTMLElement) => {
    const is = each.getBoundingClientRect();
    return at ? Math.hypot(is.x + scrollX - at.x - x, is.y + scrollY - at.y - y) : 0;
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
