/** A discussion with more of its past. Pure. */
import { changed, withOne } from "../../advance";
import type { Conversation } from "../../conversation";
import type { Comment, People } from "../../wire";

/** With older comments before those that are there. */
export function withEarlier(now: Conversation, threadId: string, earlier: Comment[], people: People): Conversation {
  const all = { ...now, people: { ...now.people, ...people } };
  return changed(all, threadId, ({ comments }) => ({
    comments: earlier.reduceRight((have, one) => withOne(have, one, true), comments),
  }));
}
