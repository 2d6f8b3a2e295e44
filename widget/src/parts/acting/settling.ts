/** What brings a discussion to an end: an answer accepted, a decision that stands, things done. */
import { voted, withTask } from "../../changes";
import { create } from "../../outbox";
import type { Action, Comment, Kind } from "../../wire";
import type { Here } from "../here";
import type { Talk } from "../talk";
import { attempt, change } from "./acts";

/** Say which comment answers a question; with null, that none does after all. */
export function accept(here: Here, talk: Talk, question: Comment, answer: Comment | null): void {
  const by = answer && talk.conversation.me;
  const step = (now: Comment) => ({ ...now, answer_id: answer?.id ?? null, accepted_by: by });
  const body = answer ? { comment_id: answer.id } : undefined;
  attempt(here, talk, change(here, question, step, answer ? "PUT" : "DELETE", "/answer", body));
}

/** Agree to a decision, name a problem (`text` says which), or take that back. Throws `Problem`. */
export function vote(
  here: Here,
  { conversation }: Talk,
  comment: Comment,
  given: "agree" | "problem" | null,
  text?: string,
) {
  const step = (now: Comment) => voted(now, conversation.me ?? "", given, text);
  const body = given ? { vote: given, text } : undefined;
  return change(here, comment, step, given ? "PUT" : "DELETE", "/vote", body);
}

/** Let a proposed decision stand. */
export function record(here: Here, talk: Talk, comment: Comment): void {
  attempt(
    here,
    talk,
    change(here, comment, (now) => now, "PUT", "/record", {}),
  );
}

/** Make another kind of a message. */
export function turn(here: Here, talk: Talk, comment: Comment, kind: Kind): void {
  attempt(
    here,
    talk,
    change(here, comment, (now) => now, "POST", "/turn-into", { kind }),
  );
}

export interface Task {
  id: string;
  text: string;
  assignee?: string | undefined;
  /** A day, such as `2026-11-27`. */
  due_at?: string | undefined;
  comment_id?: string | undefined;
}

/** Add something to do; twice with the same id is once. Throws `Problem`. */
export async function addTask({ store, session }: Here, { thread }: Talk, task: Task): Promise<void> {
  const action = await create<Action>(session.client, `/v1/threads/${thread.id}/actions`, task);
  store.change((now) => withTask(now, action));
}

/** Say that something is done, dropped for a reason, or open again. Throws `Problem`. */
export async function changeTask({ store, session }: Here, action: Action, patch: Partial<Action>): Promise<void> {
  const end = store.hope((now) => withTask(now, { ...action, ...patch }));
  try {
    const told = await session.client.send<Action>("PATCH", `/v1/actions/${action.id}`, patch, {}, action.version);
    store.change((now) => withTask(now, told));
  } finally {
    end();
  }
}
