/**
 * Where the focus goes when what had it goes.
 *
 * Law: whoever works by keys keeps their place: the same entry, the one that stands there now, the one before, the heading.
 */
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Entry, Shelf } from "../wire";
import type { InboxStore } from "./store";

interface Placed {
  /** What shows of the inbox, in its order. */
  entries: Entry[];
  heading: RefObject<HTMLElement | null>;
  list: RefObject<HTMLElement | null>;
  store: InboxStore;
}

interface Place {
  /** What has the focus, or had it when it went. */
  had: HTMLElement | null;
  /** The entry that had it last, and what showed around it. */
  id?: string | undefined;
  shown: Entry[];
  /** Whether the first entry of a shelf is to have it once it is there. */
  isComing?: boolean;
}

export function useFocus({ entries, heading, list, store }: Placed) {
  const { current: place } = useRef<Place>({ had: null, shown: [] });
  const indexIn = (some: Entry[]) => some.findIndex((each) => each.thread.id === place.id);
  const rest = () => {
    const entry = entries[indexIn(entries)] ?? entries[Math.max(0, indexIn(place.shown))] ?? entries.at(-1);
    const title = list.current?.querySelector<HTMLElement>(`[data-id="${entry?.thread.id}"] .ap-item-t`);
    (title ?? heading.current)?.focus();
  };
  const arrive = () => {
    if (!place.isComing || store.state.value.phase === "loading") return;
    place.isComing = false;
    if (place.had === heading.current) rest();
  };
  useEffect(() => {
    const { had } = place;
    const { activeElement } = (heading.current as HTMLElement).getRootNode() as ShadowRoot;
    const isGone = had && (!had.isConnected || had.matches(":disabled"));
    if (isGone && (!activeElement || activeElement === had)) rest();
    arrive();
    place.shown = entries;
  });
  return {
    focused: ({ target }: FocusEvent) => {
      place.had = target as HTMLElement;
      place.id = place.had.closest<HTMLElement>("[data-id]")?.dataset.id ?? place.id;
    },
    /** What goes loses the focus too, and is no longer there a moment later. */
    left: ({ target }: FocusEvent) =>
      queueMicrotask(() => {
        if (place.had === target && place.had?.isConnected) place.had = null;
      }),
    /** Look at a shelf, from its first entry on. */
    turnTo: (shelf: Shelf) => {
      place.id = undefined;
      place.isComing = true;
      heading.current?.focus();
      store.turnTo(shelf);
      arrive();
    },
  };
}
