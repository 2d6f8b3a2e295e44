/** What an entry of the inbox says, and in which group it stands. Pure. */
import type { Entry, Reason, Shelf } from "../wire";

export type Group = "move" | "news" | "outcome";

const MOVES = new Set<Reason["reason"]>(["asked", "assigned", "due", "later"]);
const OUTCOMES = new Set<Reason["reason"]>(["came_of_it", "resolved"]);

/** Whose move it is: mine, nobody's, or it is done and something came of it. */
export function groupOf({ reasons, waiting_since }: Entry): Group {
  const first = reasons[0]?.reason;
  if (!waiting_since && first && MOVES.has(first)) return "move";
  return first && OUTCOMES.has(first) ? "outcome" : "news";
}

/** The groups that are not empty, in order; a shelf of one kind is one group without a name. */
export function grouped(entries: Entry[], shelf: Shelf): { name: Group | null; entries: Entry[] }[] {
  if (shelf !== "for-you") return entries.length > 0 ? [{ name: null, entries }] : [];
  const order: Group[] = ["move", "news", "outcome"];
  return order
    .map((name) => ({ name, entries: entries.filter((each) => groupOf(each) === name) }))
    .filter((group) => group.entries.length > 0);
}

/** In the order they are shown. */
export function inOrder(entries: Entry[], shelf: Shelf): Entry[] {
  return grouped(entries, shelf).flatMap((group) => group.entries);
}
