/** Where things of the host stand in the window, and how they are scrolled to stand elsewhere. */
export type Box = Record<"left" | "top" | "right" | "bottom", number>;

/** How far from an edge what is brought into view comes to stand, in pixels. */
const ROOM = 8;
const AXES = [
  ["left", "right", "scrollLeft"],
  ["top", "bottom", "scrollTop"],
] as const;

export const boxOf = (element: Element): Box => element.getBoundingClientRect();

/** Where the value stands: its cell or, in one as wide as a list, the pin and what names the field. */
export function spotOf(cell: Element): Box {
  const box = boxOf(cell);
  if (box.right - box.left < innerWidth / 2) return box;
  const pin = [...cell.querySelectorAll("apropos-pin")].find((each) => isOpen(each));
  const inside = [pin, pin && cell.querySelector(`[data-field="${CSS.escape(pin.getAttribute("field") ?? "")}"]`)];
  const all = inside.flatMap((each) => (each ? boxOf(each) : []));
  if (!all[0]) return box;
  return {
    left: Math.min(...all.map(({ left }) => left)),
    top: box.top,
    right: Math.max(...all.map(({ right }) => right)),
    bottom: box.bottom,
  };
}

const isOpen = (pin: Element) => pin.shadowRoot?.querySelector('[data-state="open"]');

/** Whether `one` stands whole in `other`, but for a pixel. */
export function isIn(one: Box, other: Box): boolean {
  return AXES.every(([from, to]) => one[from] > other[from] - 1 && one[to] < other[to] + 1);
}

/** Scroll whatever `cell` scrolls in, the innermost first, until its value stands in `free`, as far as that goes. */
export function scrolled(cell: Element, free: Box): void {
  for (let at = cell.parentElement; at; at = at.parentElement) {
    const isPage = at === document.scrollingElement;
    if (!isPage && !/auto|scroll/.test(getComputedStyle(at).overflow)) continue;
    const seen = isPage ? free : within(boxOf(at), free);
    const spot = spotOf(cell);
    for (const [from, to, scroll] of AXES) {
      const room = seen[to] - seen[from];
      if (room <= 0) continue;
      const size = spot[to] - spot[from];
      const gap = Math.max(0, Math.min(ROOM, (room - size) / 2));
      if (spot[from] < seen[from]) at[scroll] += spot[from] - seen[from] - gap;
      else if (spot[to] > seen[to]) at[scroll] += Math.min(spot[to] - seen[to] + gap, spot[from] - seen[from] - gap);
    }
  }
}

function within(one: Box, other: Box): Box {
  return {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  };
}
