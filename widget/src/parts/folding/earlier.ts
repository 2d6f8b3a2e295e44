/** A discussion with more of its past. Pure. */
import { changed, withOne, withPeople } from "../../amend";
import type { Conversation } from "../../conversation";
import type { Comment, People, Thread } from "../../wire";

/** With older comments before those that are there. */
export function withEarlier(now: Conversation, threadId: string, earlier: Comment[], people: People): Conversation {
  const all = { ...now, people: withPeople(now.people, people) };
  return changed(all, threadId, ({ comments }) => ({ comments: withAll(comments, earlier) }));
}

/** What stays in sight of what is not here: the first comment, questions with their accepted answers, decisions that stand. */
export function inSight({ comments, highlights = [], opened_at }: Thread): Comment[] {
  const answers = [...comments, ...highlights].flatMap(({ answer_id }) => answer_id ?? []);
  return highlights.filter(
    ({ id, posted_at, answer_id, decision }) =>
      posted_at <= opened_at || answer_id || answers.includes(id) || decision?.state === "recorded",
  );
}

/** All of them, oldest first; of those that are in both, the newer version. */
function withAll(comments: Comment[], more: Comment[]): Comment[] {
  const ids = new Set(comments.map(({ id }) => id));
  const known = more.filter(({ id }) => ids.has(id)).reduce((have, one) => withOne(have, one, false), comments);
  return [...known, ...more.filter(({ id }) => !ids.has(id))].sort((one, other) => one.seq - other.seq);
}
