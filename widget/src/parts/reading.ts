/** Notes what was read: a message half in view, or filling half of it, for a second while the page is looked at. */
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Store } from "../store";
import type { Comment, Thread } from "../wire";

const LOOK = 1_000;

export function useReading(store: Store, thread: Thread, scroll: RefObject<HTMLElement | null>): void {
  const now = useRef(thread);
  now.current = thread;
  const ids = thread.comments.map((each) => each.id).join();
  useEffect(() => {
    const place = scroll.current as HTMLElement;
    let told = thread.viewer.read_seq;
    let timer: ReturnType<typeof setTimeout>;
    /** Looked up where it stands now: a message is drawn anew when what it is made with has come. */
    const isInView = ({ id }: Comment) => {
      const message = place.querySelector(`[data-id="${id}"]`)?.getBoundingClientRect();
      const view = place.getBoundingClientRect();
      if (!message) return false;
      const shown = Math.min(message.bottom, view.bottom, innerHeight) - Math.max(message.top, view.top, 0);
      return shown > Math.min(message.height, view.height) / 2;
    };
    const note = () => {
      if (document.hidden || !document.hasFocus()) return;
      const { comments, seq } = now.current;
      const last = comments.findLastIndex(isInView);
      const upTo = last === comments.length - 1 ? seq : (comments[last]?.seq ?? 0);
      if (last < 0 || upTo <= told) return;
      told = upTo;
      store.read(now.current, upTo);
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(note, LOOK);
    };
    const heard: [EventTarget, string][] = [
      [place, "scroll"],
      [window, "scroll"],
      [window, "focus"],
      [document, "visibilitychange"],
    ];
    for (const [where, what] of heard) where.addEventListener(what, later);
    later();
    return () => {
      clearTimeout(timer);
      for (const [where, what] of heard) where.removeEventListener(what, later);
    };
  }, [ids, store]);
}
