/** The keys of the inbox. Letters count only outside of fields, never while something is composed, and not for who likes it so. */
import type { RefObject } from "preact";
import { useRef } from "preact/hooks";
import { isMute } from "../liking";
import type { Session } from "../session";
import type { Entry, Shelf } from "../wire";
import type { Acts } from "./acts";

const GO: Record<string, Shelf> = { m: "mentions", a: "assigned", d: "due", f: "followed" };
const PATIENCE = 1_500;

interface Keyed {
  session: Session;
  entries: Entry[];
  chosen: Entry[];
  list: RefObject<HTMLElement | null>;
  acts: Acts;
  turnTo: (shelf: Shelf) => void;
  help: () => void;
  search: () => void;
}

export function useKeys({
  session,
  entries,
  chosen,
  list,
  acts,
  turnTo,
  help,
  search,
}: Keyed): (event: KeyboardEvent) => void {
  const went = useRef(0);
  const row = (id?: string) => list.current?.querySelector<HTMLElement>(`[data-id="${id}"] .ap-item-t`);
  return (event) => {
    const target = event.target as HTMLElement;
    if (
      event.isComposing ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      isMute(event, session) ||
      target.matches("textarea, input, select, apropos-thread")
    )
      return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const at = entries.findIndex((each) => each.thread.id === target.closest<HTMLElement>("[data-id]")?.dataset.id);
    const entry = entries[at];
    const isGoing = Date.now() - went.current < PATIENCE;
    went.current = 0;
    const shelf = GO[key];
    const some = chosen.length > 0 ? chosen : entry ? [entry] : [];
    const keys: Record<string, (() => void) | undefined> = {
      ArrowDown: () => row(entries[at + 1]?.thread.id)?.focus(),
      j: () => row(entries[at + 1]?.thread.id)?.focus(),
      ArrowUp: () => row(entries[Math.max(at, 1) - 1]?.thread.id)?.focus(),
      k: () => row(entries[Math.max(at, 1) - 1]?.thread.id)?.focus(),
      e: some.length > 0 ? () => acts.see(some) : undefined,
      r: entry && (() => acts.ask(entry)),
      s:
        entry &&
        (() => list.current?.querySelector<HTMLElement>(`[data-id="${entry.thread.id}"] [aria-haspopup]`)?.click()),
      x: entry && (() => acts.select(entry)),
      d: entry && (() => acts.done(entry)),
      g: () => {
        went.current = Date.now();
      },
      "/": search,
      "?": help,
    };
    const run = isGoing && shelf ? () => turnTo(shelf) : keys[key];
    if (!run) return;
    event.preventDefault();
    run();
  };
}
