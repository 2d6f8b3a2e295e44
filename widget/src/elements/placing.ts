/** Where a panel stands in the host's page. */

import { stored } from "../kept";

const PHONE = 600;
const ROOM = 900;

/** As the host says; else a sheet on a phone, docked where the host lays the panel out beside its page, or over it. */
export function modeOf(panel: HTMLElement): "dock" | "overlay" | "sheet" {
  const wanted = panel.getAttribute("mode");
  if (innerWidth < PHONE || wanted === "sheet") return "sheet";
  if (wanted === "dock" || wanted === "overlay") return wanted;
  const { display, flexDirection } = getComputedStyle(panel.parentElement ?? document.body);
  const hasRoom = /flex|grid/.test(display) && /^row/.test(flexDirection); // a grid has that too, as long as nobody says
  return hasRoom && innerWidth >= ROOM ? "dock" : "overlay";
}

/** Let a docked panel end where the window ends, however far down the host's page it begins. */
export function fit(panel: HTMLElement, wrapper: HTMLElement): void {
  const top = panel.dataset.mode === "dock" ? Math.round(panel.getBoundingClientRect().top) : 0;
  wrapper.style.blockSize = top > 0 ? `calc(100dvh - ${top}px)` : "";
}

/** Give the panel the width that somebody gave it here before, if it stands beside or over the page. */
export function remembered(wrapper: HTMLElement): void {
  const width = wrapper.dataset.mode !== "sheet" && stored((all) => all.getItem("apropos:width"));
  wrapper.style.inlineSize = width ? `${width}px` : "";
}
