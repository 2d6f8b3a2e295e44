/** Where something in the top layer stands: at its anchor, wherever that scrolls and grows, in its element and on the screen. */

const EDGE = 8;
const GAP = 4;
/** What a list may grow to while one looks at it: it does not jump over its anchor then. */
const GROWN = 240;

/**
 * Keep `popup` below `anchor`, or above where there is no room, until the returned function is called. It stands at that
 * side of the anchor which is nearer to the element's, or at its start.
 */
export function place(popup: HTMLElement, anchor: HTMLElement, side?: "start"): () => void {
  const stand = () => {
    const at = anchor.getBoundingClientRect();
    const all = (anchor.closest(".ap") as Element).getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = popup;
    const isLeft = side ? !anchor.matches(":dir(rtl)") : at.left + at.right < all.left + all.right;
    const left = isLeft ? at.left : at.right - width;
    const below = at.bottom + GAP;
    const top = below + Math.max(height, GROWN) > innerHeight - EDGE ? at.top - height - GAP : below;
    const inside = (least: number, wanted: number, most: number) =>
      Math.max(least + EDGE, Math.min(wanted, most - EDGE));
    popup.style.left = `${inside(0, inside(all.left, left, all.right - width), innerWidth - width)}px`;
    popup.style.top = `${inside(0, top, innerHeight - height)}px`;
  };
  stand();
  const quit = new AbortController();
  const sized = new ResizeObserver(stand);
  sized.observe(popup);
  sized.observe(anchor);
  sized.observe(anchor.parentElement as HTMLElement); // which grows below it
  addEventListener("scroll", stand, { capture: true, signal: quit.signal });
  addEventListener("resize", stand, quit);
  return () => {
    sized.disconnect();
    quit.abort();
  };
}
