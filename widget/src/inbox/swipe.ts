/** A finger that draws a row towards its end says "seen"; the button stays for everyone else. */
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** From here on it is a swipe and not a scroll, and from here on it counts, in pixels. */
const SWIPE = 12;
const ENOUGH = 96;

/** Hear of rows in `list` that are drawn far enough: `seen` gets the id each stands for. */
export function useSwipe(list: RefObject<HTMLElement | null>, isOn: boolean, seen: (id: string) => void): void {
  useEffect(() => {
    const rows = list.current;
    if (!rows) return undefined;
    const begin = (event: PointerEvent) => event.pointerType === "touch" && event.isPrimary && swipe(event, seen);
    rows.addEventListener("pointerdown", begin);
    return () => rows.removeEventListener("pointerdown", begin);
  }, [isOn, seen]);
}

function swipe(event: PointerEvent, seen: (id: string) => void): void {
  const row = (event.target as HTMLElement).closest<HTMLElement>(".ap-item[data-unread]");
  if (!row) return;
  const quit = new AbortController();
  const { signal } = quit;
  const isRtl = row.matches(":dir(rtl)");
  const towards = (at: PointerEvent) => Math.max(0, (at.clientX - event.clientX) * (isRtl ? -1 : 1));
  const place = (by: number) => row.style.setProperty("translate", by > SWIPE ? `${isRtl ? -by : by}px` : "");
  row.addEventListener("pointermove", (at) => place(towards(at)), { signal });
  const over = (at: PointerEvent) => {
    quit.abort();
    place(0);
    if (at.type === "pointerup" && towards(at) > ENOUGH && row.dataset.id) seen(row.dataset.id);
  };
  for (const end of ["pointerup", "pointercancel"] as const) row.addEventListener(end, over, { signal });
}
