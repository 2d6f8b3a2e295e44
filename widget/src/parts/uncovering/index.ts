/**
 * Lets the value show that is spoken of, where the panel stands on it or it is scrolled away.
 *
 * Law: it scrolls what the host lets scroll, once, and moves the panel before it gives up; the focus stays where it is, and what
 * was made for it goes when the panel closes.
 */
import css from "virtual:sheet/uncovering";
import type { Here } from "../here";
import { wear } from "../kits";
import { type Box, boxOf, isIn, scrolled, spotOf } from "./boxes";

const NARROW = 320;

/** Bring `cell` where it shows, beside the panel or over it. */
export function uncover(cell: Element, { root, session }: Here): void {
  const wrapper = root.querySelector<HTMLElement>(".ap") as HTMLElement;
  const { mode } = wrapper.dataset;
  const shows = () => {
    const free = freeOf(root.host, wrapper);
    scrolled(cell, free);
    return isIn(spotOf(cell), free);
  };
  wear(root, css);
  const leave = session.open.on((place) => {
    if (place) return;
    leave();
    delete wrapper.dataset.across;
    space.remove();
  });
  const space = document.createElement("div");
  if (shows()) return;
  if (mode === "sheet") {
    // the end of the page can only come up to the strip over the sheet if there is more page
    space.style.setProperty("display", "block");
    space.style.setProperty("block-size", `${innerHeight}px`);
    document.documentElement.append(space);
    shows();
  } else if (mode === "overlay") {
    const width = wrapper.style.getPropertyValue("inline-size");
    const ways: [isAcross: boolean, width: string][] = [
      [false, `${NARROW}px`],
      [true, width],
      [true, `${NARROW}px`],
      [false, width],
    ];
    ways.some(([isAcross, wide]) => {
      wrapper.toggleAttribute("data-across", isAcross);
      wrapper.style.setProperty("inline-size", wide);
      return shows();
    });
  }
}

/** What of the window the panel leaves to the host. */
function freeOf(panel: Element, wrapper: HTMLElement): Box {
  const all = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  const { mode, across } = wrapper.dataset;
  if (mode === "sheet") return { ...all, bottom: boxOf(wrapper.firstElementChild as Element).top };
  const width = mode === "dock" ? panel.clientWidth : wrapper.offsetWidth;
  const isLeft =
    mode === "dock" ? boxOf(panel).left < width / 2 : wrapper.matches(":dir(rtl)") !== (across !== undefined);
  return isLeft ? { ...all, left: width } : { ...all, right: innerWidth - width };
}
