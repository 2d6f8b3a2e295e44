/** What a conversation becomes by what people do here and what the service answers to it. Pure. */
import { changed, withAction, withOne, withPeople } from "./amend";
import type { Conversation } from "./conversation";
import type { Action, Comment, People, Thread, Viewer } from "./wire";

/** With what the service answered about a comment; a new one takes its place in order. */
export function withComment(now: Conversation, comment: Comment): Conversation {
  return changed(now, comment.thread_id, (thread) => ({ comments: withOne(thread.comments, comment, true) }));
}

/** With `change` made to one comment, as it is now. */
export function withChanged(
  now: Conversation,
  { id, thread_id }: Comment,
  change: (comment: Comment) => Comment,
): Conversation {
  return changed(now, thread_id, ({ comments }) => ({
    comments: comments.map((each) => (each.id === id ? change(each) : each)),
  }));
}

/** With what the service answered about a thread. Its `seq` stays: frames that are on their way still count. */
export function withThread(now: Conversation, told: Thread, people: People = {}): Conversation {
  const known = now.threads.some((thread) => thread.id === told.id);
  const all = { ...now, people: withPeople(now.people, people) };
  if (!known) return { ...all, threads: [told, ...now.threads] };
  return changed(all, told.id, ({ comments, actions, changes, seq }) => ({ ...told, comments, actions, changes, seq }));
}

/** With a changed view of whoever looks. */
export function withViewer(now: Conversation, threadId: string, viewer: Partial<Viewer>): Conversation {
  return changed(now, threadId, (thread) => ({ viewer: { ...thread.viewer, ...viewer } }));
}

/** With what the service answered about an action. */
export function withTask(now: Conversation, action: Action): Conversation {
  return changed(now, action.thread_id, ({ actions }) => ({ actions: withAction(actions, action) }));
}

/** With a file gone from the comment that had it. */
export function withoutFile(now: Conversation, id: string): Conversation {
  const without = (comment: Comment): Comment =>
    comment.attachments?.some((each) => each.id === id)
      ? { ...comment, attachments: comment.attachments.filter((each) => each.id !== id) }
      : comment;
  return { ...now, threads: now.threads.map((each) => ({ ...each, comments: each.comments.map(without) })) };
}

/** The comment with `person`'s emoji put on or taken off. */
export function reacted(comment: Comment, emoji: string, person: string, on: boolean): Comment {
  const before = comment.reactions.find((each) => each.emoji === emoji)?.people ?? [];
  const people = on ? [...before.filter((each) => each !== person), person] : before.filter((each) => each !== person);
  const rest = comment.reactions.map((each) => (each.emoji === emoji ? { emoji, people, count: people.length } : each));
  const reactions = before.length ? rest : [...rest, { emoji, people, count: people.length }];
  return { ...comment, reactions: reactions.filter((each) => each.count) };
}

/** The comment with or without `person` among those who said that they saw it. */
export function seen(comment: Comment, person: string, on: boolean): Comment {
  const others = comment.seen_by.filter((each) => each !== person);
  return { ...comment, seen_by: on ? [...others, person] : others };
}

/** The decision with `person`'s vote, or without it. */
export function voted(comment: Comment, person: string, vote: "agree" | "problem" | null, text = ""): Comment {
  const { decision } = comment;
  if (!decision) return comment;
  const agree = decision.agree.filter((each) => each !== person);
  const problems = decision.problems.filter((each) => each.person !== person);
  if (vote === "agree") agree.push(person);
  if (vote === "problem") problems.push({ person, text, at: new Date().toISOString() });
  return { ...comment, decision: { ...decision, agree, problems } };
}
