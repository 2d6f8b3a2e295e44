/** What a sheet is drawn down by until it closes; the phone's own way back closes it too, and the host's history stays its own. */
import { useEffect, useRef } from "preact/hooks";
import { useHere } from "../here";
import { trap } from "./trap";

/** How far down ends it, as a share of its height, and how quick a flick does, in pixels each millisecond. */
const FAR = 0.3;
const QUICK = 0.5;

interface Watcher {
  onclose: (() => void) | null;
  destroy(): void;
}

export function Grip() {
  const { root, close = () => {} } = useHere();
  const grip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const panel = grip.current?.parentElement as HTMLElement;
    const quit = new AbortController();
    const { signal } = quit;
    panel.addEventListener("pointerdown", (event) => draw(event, panel, close), { signal });
    panel.addEventListener("keydown", (event) => trap(event, root), { signal });
    const end = watch(close);
    return () => {
      quit.abort();
      end();
    };
  }, []);
  return <div class="ap-grip" ref={grip} />;
}

/** Follow a finger that began on the sheet's head, and close or come back where it lets go. */
function draw(event: PointerEvent, panel: HTMLElement, close: () => void): void {
  const begun = event.target as HTMLElement;
  if (!event.isPrimary || begun.closest("button, a") || !begun.closest(".ap-grip, .ap-bar")) return;
  const quit = new AbortController();
  const { signal } = quit;
  const down = (at: PointerEvent) => Math.max(0, at.clientY - event.clientY);
  const place = (by: number) => panel.style.setProperty("translate", by ? `0 ${by}px` : "");
  const follow = (at: PointerEvent) => place(down(at));
  const over = (at: PointerEvent) => {
    quit.abort();
    const by = down(at);
    const isFlick = by / Math.max(1, at.timeStamp - event.timeStamp) > QUICK;
    place(0);
    if (at.type === "pointerup" && (isFlick || by > panel.offsetHeight * FAR)) close();
  };
  begun.setPointerCapture(event.pointerId);
  begun.addEventListener("pointermove", follow, { signal });
  for (const end of ["pointerup", "pointercancel"] as const) begun.addEventListener(end, over, { signal });
}

/** Hear of the system's way to close what is open (a gesture, a button, Escape) where the engine tells. */
function watch(close: () => void): () => void {
  const { CloseWatcher } = globalThis as { CloseWatcher?: new () => Watcher };
  if (!CloseWatcher) return () => {};
  const watcher = new CloseWatcher();
  watcher.onclose = close;
  return () => watcher.destroy();
}
