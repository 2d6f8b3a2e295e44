/** What is said on a record. Pure; how it changes as frames arrive is in `advance`. */
import type { Answer, People, Subject, Thread } from "./wire";

export interface Conversation {
  record: Subject;
  field: string | null;
  threads: Thread[];
  people: People;
  me: string | null;
  can: string[];
}

/** The conversation that the service answered with; `field` is what it was asked about. */
export function opened(answer: Answer, field: string | null): Conversation {
  const { record, threads, people, viewer } = answer;
  return { record, field, threads, people, me: viewer.person_id, can: viewer.can };
}
