/**
 * What is wanted on screen against what is there: the part of Preact that our parts use, at a quarter of its size.
 *
 * Law: whatever our parts render by it they render by Preact too; `tests/slim.test.ts` holds both to the same tree.
 */
import { dress, refer } from "./dress";

/** What is wanted: an element, a part (a function of its props) or, with no type, a text. */
export interface Wanted {
  type: string | Part | null;
  props: Record<string, unknown>;
  key?: unknown;
}

export type Part = (props: never) => unknown;

/** What keeps something of a part from one rendering to the next; `end` is called when the part goes. */
export interface Hook {
  value?: unknown;
  deps?: readonly unknown[] | undefined;
  end?: unknown;
}

/** Where something wanted stands. A part has no node of its own: what is in it stands in the element around it. */
export interface Spot {
  wanted: Wanted;
  node: Node | null;
  up: Spot | null;
  kids: (Spot | null)[];
  hooks: Hook[];
  isGone?: boolean;
}

const SVG = "http://www.w3.org/2000/svg";
const NOTHING: Wanted = { type: null, props: {} };
const roots = new WeakMap<Node, Spot>();
const changed = new Set<Spot>();
const refs: (() => void)[] = [];

/** What is to be done once all that renders now stands in the page, and who asked knows the elements. */
export const effects: (() => void)[] = [];

/** The part that renders now, and which of its hooks comes next. */
export const now = { spot: null as unknown as Spot, hook: 0 };

/** Show `what` in an element; null shows nothing. */
export function render(what: unknown, place: Node): void {
  const root = roots.get(place) ?? { wanted: NOTHING, node: place, up: null, kids: [], hooks: [] };
  roots.set(place, root);
  fill(root, what);
  settle();
}

/** Render a part again, soon, together with whatever else changed. */
export function again(spot: Spot): void {
  if (changed.size === 0) queueMicrotask(flush);
  changed.add(spot);
}

function flush(): void {
  const spots = [...changed].sort((one, other) => depth(one) - depth(other));
  for (const spot of spots) {
    if (!changed.has(spot) || spot.isGone) continue;
    run(spot);
    const { node, kids } = home(spot);
    stand(node as Node, kids, null);
  }
  changed.clear();
  settle();
}

function settle(): void {
  for (const work of [...refs.splice(0), ...effects.splice(0)]) work();
}

function run(spot: Spot): void {
  changed.delete(spot);
  now.spot = spot;
  now.hook = 0;
  const { type, props } = spot.wanted;
  fill(spot, (type as (props: unknown) => unknown)(props));
}

/** Let `spot` hold what is wanted in it. What stays has the same type and the same key or, without keys, the same place. */
function fill(spot: Spot, children: unknown): void {
  const wanted = [children].flat().map(asWanted);
  const left = new Set(spot.kids);
  const keyed = new Map(spot.kids.map((kid) => [kid?.wanted.key, kid]));
  const kept = wanted.map((each, at) => {
    const kid = each?.key === undefined ? spot.kids[at] : keyed.get(each.key);
    return kid?.wanted.type === each?.type && kid?.wanted.key === each?.key && left.delete(kid as Spot) ? kid : null;
  });
  for (const kid of left) if (kid) drop(kid, true);
  spot.kids = wanted.map((each, at) => each && show(kept[at] ?? made(each, spot), each));
  if (spot.node) stand(spot.node, spot.kids, null);
}

function show(spot: Spot, wanted: Wanted): Spot {
  const { wanted: before, node } = spot;
  spot.wanted = wanted;
  if (before === wanted) return spot;
  if (!node) run(spot);
  else if (node instanceof Element) {
    fill(spot, wanted.props.children);
    dress(node, before.props, wanted.props);
    if (before.props.ref !== wanted.props.ref) refs.push(() => refer(wanted.props.ref, node));
  } else if (before.props.text !== wanted.props.text) node.nodeValue = wanted.props.text as string;
  return spot;
}

/** A new place in `up` for what is wanted; it shows nothing yet. */
function made({ type }: Wanted, up: Spot): Spot {
  const spot: Spot = { wanted: NOTHING, node: null, up, kids: [], hooks: [] };
  if (type === null) spot.node = document.createTextNode("");
  else if (typeof type === "string") {
    const isDrawn = type === "svg" || (home(spot).node as Element).namespaceURI === SVG;
    spot.node = isDrawn ? document.createElementNS(SVG, type) : document.createElement(type);
  }
  return spot;
}

/** Put the nodes of `kids` before `next`, moving none that is there already. Returns the first of them, or `next`. */
function stand(parent: Node, kids: (Spot | null)[], next: Node | null): Node | null {
  for (const kid of kids.toReversed()) {
    const node = kid?.node;
    if (!node) next = kid ? stand(parent, kid.kids, next) : next;
    else {
      if (node.parentNode !== parent || node.nextSibling !== next) parent.insertBefore(node, next);
      next = node;
    }
  }
  return next;
}

/** Take away what stands in `spot`. Nodes inside of an element go with it: only those `atTop` are removed. */
function drop(spot: Spot, atTop: boolean): void {
  const { node, wanted, kids, hooks } = spot;
  spot.isGone = true;
  for (const { end } of hooks) if (typeof end === "function") end();
  if (node) refer(wanted.props.ref, null);
  for (const kid of kids) if (kid) drop(kid, atTop && !node);
  if (atTop) (node as ChildNode | null)?.remove();
}

/** The element that `spot` stands in, as its own spot. */
function home({ up }: Spot): Spot {
  return up?.node ? up : home(up as Spot);
}

function depth({ up }: Spot): number {
  return up ? depth(up) + 1 : 0;
}

function asWanted(child: unknown): Wanted | null {
  if (child === null || child === undefined || typeof child === "boolean") return null;
  if (Array.isArray(child)) return { type: Fragment, props: { children: child } };
  return typeof child === "object" ? (child as Wanted) : { type: null, props: { text: `${child}` } };
}

/** Shows what is in it and nothing of its own. */
export function Fragment({ children }: { children?: unknown }): unknown {
  return children;
}
