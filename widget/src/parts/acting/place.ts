/** Where something in the top layer stands: at its anchor, wherever that scrolls and however it grows, never off the screen. */

const EDGE = 8;
const GAP = 4;
/** What a list may grow to while one looks at it: it does not jump over its anchor then. */
const GROWN = 240;

/**
 * Keep `popup` below `anchor`, or above where there is no room, until the returned function is called. Its end stands
 * at the anchor's end, or its start at the start.
 */
export function place(popup: HTMLElement, anchor: HTMLElement, side: "start" | "end" = "end"): () => void {
  const stand = () => {
    const at = anchor.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = popup;
    const isLeft = (getComputedStyle(anchor).direction === "rtl") === (side === "end");
    const left = isLeft ? at.left : at.right - width;
    const below = at.bottom + GAP;
    const top = below + Math.max(height, GROWN) > innerHeight - EDGE ? at.top - height - GAP : below;
    const inside = (wanted: number, most: number) => `${Math.max(EDGE, Math.min(wanted, most - EDGE))}px`;
    popup.style.setProperty("left", inside(left, innerWidth - width));
    popup.style.setProperty("top", inside(top, innerHeight - height));
  };
  stand();
  const sized = new ResizeObserver(stand);
  sized.observe(popup);
  sized.observe(anchor);
  sized.observe(anchor.parentElement as HTMLElement); // which grows below it
  addEventListener("scroll", stand, true);
  addEventListener("resize", stand);
  return () => {
    sized.disconnect();
    removeEventListener("scroll", stand, true);
    removeEventListener("resize", stand);
  };
}
