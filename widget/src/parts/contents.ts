/** What a discussion has beside plain messages, by the kits that show it. Pure. */
import type { Conversation } from "../conversation";
import type { Comment, Node, Thread } from "../wire";
import type { Kits } from "./kits";

/** Longer discussions are folded. */
export const LONG = 20;
/** In lower windows all of a discussion scrolls together, in pixels. */
export const LOW = 480;

export function contentsOf(thread: Thread, conversation: Conversation): Partial<Record<keyof Kits, unknown>> {
  const { comments, actions, changes, status, viewer } = thread;
  const showing = isMarked(thread, conversation);
  const kinds = thread.waiting_since || actions?.[0] || changes?.[0] || comments.some(isOtherKind);
  const isForSomething = thread.goal || thread.sponsor || thread.due_at || thread.steps.asked;
  return {
    details: comments.some(hasDetails),
    files: comments.some((each) => each.attachments?.[0]),
    folding: thread.comment_count > LONG,
    kinds,
    news: thread.seq > viewer.read_seq || comments.at(-1)?.author !== conversation.me,
    settled: !viewer.can.includes("comment"), // nor is that what one may where it is over
    showing,
    subject: thread.field || isForSomething || kinds || status !== "open" || showing, // they speak of values and days too
  };
}

/** Whether its head says who sees it: not where that is simply the house, and nobody else is there. */
export const isMarked = ({ visibility }: Thread, { people }: Conversation): boolean =>
  visibility !== "internal" || Object.values(people).some((each) => each.guest);

/** Whether there is more in it than who wrote which paragraphs when. */
export function hasDetails(comment: Comment): unknown {
  const { kind, edited_at, withdrawn_at, quote_id, reactions, seen_by, nodes } = comment;
  return (
    kind === "question" || edited_at || withdrawn_at || quote_id || reactions[0] || seen_by[0] || !nodes?.every(isPlain)
  );
}

const isOtherKind = ({ answer_id, decision, removed }: Comment) => answer_id || decision || removed;

const isPlain = (node: Node): boolean => {
  if (!Array.isArray(node)) return true;
  const [tag, , ...inside] = node;
  return /^(p|br)$/.test(tag) && inside.every(isPlain);
};
