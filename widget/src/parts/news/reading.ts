/** Notes what was read: a message half in view, or filling half of it, for a second while the page is looked at. */
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { Conversation } from "../../conversation";
import type { Thread, Viewer } from "../../wire";
import { type Here, useHere } from "../here";
import type { Talk } from "../talk";

const LOOK = 1_000;

export function useReading(talk: Talk, scroll: RefObject<HTMLElement | null>): void {
  const here = useHere();
  const { thread } = talk;
  const ids = thread.comments.map((each) => each.id).join();
  useEffect(() => {
    let told = thread.viewer.read_seq;
    let timer: ReturnType<typeof setTimeout>;
    const isInView = (article: Element) => {
      const place = scroll.current as HTMLElement; // in a low window the head's bar and the field stand over its ends
      const [message, view] = [article, place].map((each) => each.getBoundingClientRect()) as [DOMRect, DOMRect];
      const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(place);
      const top = view.top + Number.parseFloat(scrollPaddingTop);
      const bottom = view.bottom - Number.parseFloat(scrollPaddingBottom);
      const shown = Math.min(message.bottom, bottom, innerHeight) - Math.max(message.top, top, 0);
      return shown > Math.min(message.height, view.height) / 2;
    };
    const note = () => {
      if (document.hidden || !document.hasFocus() || talk.isBehind) return;
      const { comments, seq } = talk.thread;
      // looked up where they stand now: a message is drawn anew when what it is made with has come
      const { id } = [...here.root.querySelectorAll<HTMLElement>("[data-id]")].findLast(isInView)?.dataset ?? {};
      const last = comments.findIndex((each) => each.id === id);
      const upTo = last === comments.length - 1 ? seq : (comments[last]?.seq ?? 0);
      if (last < 0 || upTo <= told) return;
      told = upTo;
      tell(here, talk.thread, upTo);
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(note, LOOK);
    };
    const heard: [EventTarget, string, boolean?][] = [
      [here.root, "scroll", true],
      [window, "scroll"],
      [window, "focus"],
      [document, "visibilitychange"],
    ];
    for (const [where, what, early] of heard) where.addEventListener(what, later, early);
    later();
    return () => {
      clearTimeout(timer);
      for (const [where, what, early] of heard) where.removeEventListener(what, later, early);
    };
  }, [ids, here.store]);
}

/** Everything up to `seq` was in front of whoever looks. */
async function tell({ session, store }: Here, { id, record }: Thread, seq: number): Promise<void> {
  const { client, counts } = session;
  const viewer = await client.send<Viewer>("PUT", `/v1/threads/${id}/read`, { seq }).catch(() => null);
  if (!viewer) return;
  store.change((now) => caughtUp(now, id, seq));
  counts.refresh(record);
}

/** After whoever looks has read a thread up to `seq`; what came since still waits. Pure. */
export function caughtUp(now: Conversation, threadId: string, seq: number): Conversation {
  const read = (thread: Thread): Thread => {
    const { id, viewer, comments } = thread;
    if (id !== threadId || seq < viewer.read_seq) return thread;
    const waits = comments.filter((each) => each.seq > seq && each.author !== now.me && !each.withdrawn_at);
    return { ...thread, viewer: { ...viewer, read_seq: seq, unread: waits.length } };
  };
  return { ...now, threads: now.threads.map(read) };
}
