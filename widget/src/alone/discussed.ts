/** Which discussion of a place is meant where only one can be. Pure. */
import type { Conversation } from "../conversation";
import type { Thread } from "../wire";

/** The open one at that very place that somebody wrote in last; else the one that ended last, if there is any. */
export function discussedAt({ threads, field }: Conversation): Thread | undefined {
  const here = threads.filter((each) => each.field === field);
  const open = here.filter(({ status }) => status === "open");
  const byActivity = (one: Thread, other: Thread) => (one.last_activity_at < other.last_activity_at ? 1 : -1);
  return (open.length > 0 ? open : here).toSorted(byActivity)[0];
}
