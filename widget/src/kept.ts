/**
 * Under which names the browser keeps what somebody wrote, and whether there is something.
 *
 * Law: each message on its way has a name of its own, so two windows of one person never write over each other.
 */
import type { Problem } from "./client";
import type { Comment } from "./wire";

/** A message on its way. With `thread_id` null it opens the discussion `opens` on the record's `field`. */
export interface Outgoing {
  id: string;
  /** Whose it is. */
  by: string;
  record: string;
  thread_id: string | null;
  opens: string;
  field: string | null;
  body: string;
  kind: Comment["kind"];
  posted_at: string;
  quote_id: string | null;
  attachments?: string[] | undefined;
  /** What a new discussion is for, as the service takes it. */
  purpose?: Record<string, unknown> | undefined;
  state: "sending" | "waiting" | "failed";
  problem?: Pick<Problem, "status" | "code" | "wait" | "reference" | "document"> | undefined;
}

/** `place` is where a draft is written, or the id of a message on its way. */
export const keyOf = (what: "draft" | "outgoing", person: string, place: string) =>
  `apropos:${what}:${JSON.stringify([person, place])}`;

/** What `work` finds in the browser's storage; nothing in a frame that has none. */
export function stored<Found>(work: (all: Storage) => Found): Found | undefined {
  try {
    return work(localStorage);
  } catch {
    return undefined;
  }
}

/** The names of all that is on its way from `person`. */
export function underway(person: string): string[] {
  const prefix = keyOf("outgoing", person, "").slice(0, -2);
  return stored((all) => Object.keys(all).filter((key) => key.startsWith(prefix))) ?? [];
}

export function isDrafted(person: string, place: string): boolean {
  return !!stored((all) => all.getItem(keyOf("draft", person, place)));
}

/** Keep what is typed before that which minds it is there; without storage it stays in the field alone. */
export function jot(person: string, place: string, draft: Pick<Outgoing, "body" | "kind">): void {
  stored((all) => all.setItem(keyOf("draft", person, place), JSON.stringify(draft)));
}
