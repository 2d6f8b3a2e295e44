/** What is said on a record with one thing more, or one that changed: by a frame or by what was done here. Pure. */
import type { Conversation } from "./conversation";
import type { Action, Comment, People, Person, Thread } from "./wire";

/** People with more of them; the same object where nobody is new and nothing is known anew. */
export function withPeople(people: People, more: People = {}): People {
  const isKnown = ([id, card]: [string, Person]) => JSON.stringify(card) === JSON.stringify(people[id]);
  return Object.entries(more).every(isKnown) ? people : { ...people, ...more };
}

/** With some of a thread changed. */
export function changed(
  now: Conversation,
  threadId: string,
  change: (thread: Thread) => Partial<Thread>,
): Conversation {
  return { ...now, threads: now.threads.map((each) => (each.id === threadId ? { ...each, ...change(each) } : each)) };
}

/** Comments with one more, or one that changed; an older version of it changes nothing. */
export function withOne(comments: Comment[], comment: Comment, mayAdd: boolean): Comment[] {
  const at = comments.findIndex((each) => each.id === comment.id);
  if (at >= 0) return comment.version < (comments[at]?.version ?? 0) ? comments : comments.with(at, comment);
  return mayAdd ? [...comments, comment].sort((one, other) => one.seq - other.seq) : comments;
}

/** Actions with one more, or one that changed. */
export function withAction(actions: Action[] = [], action: Action): Action[] {
  const at = actions.findIndex((each) => each.id === action.id);
  if (at < 0) return [...actions, action];
  return action.version < (actions[at]?.version ?? 0) ? actions : actions.with(at, action);
}
