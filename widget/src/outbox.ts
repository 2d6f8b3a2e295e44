/**
 * Messages on their way, of all records: on screen at once, kept until the service has them.
 *
 * Law: a message leaves only when the service answered that it is there; its id is ours, so sending it again is safe,
 * also by another window. What somebody wrote goes out under that person's token and no other.
 */
import { type Client, Problem } from "./client";
import { keep } from "./drafts";
import { newId } from "./ids";
import { keyOf, type Outgoing, underway } from "./kept";
import { Signal } from "./signal";
import type { Comment, People, Thread } from "./wire";

export interface Arrival {
  comment?: Comment;
  thread?: Thread & { people: People };
}

/** What somebody wants to send; with `thread_id` null it begins a discussion on the record's `field`. */
export type Letter = Pick<
  Outgoing,
  "record" | "thread_id" | "field" | "body" | "kind" | "quote_id" | "attachments" | "purpose"
>;

export class Outbox {
  /** What arrived last. */
  readonly arrived = new Signal<Arrival>({});
  /** How many of those that had waited arrived together last. */
  readonly resumed = new Signal({ count: 0 });
  #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  get messages(): Signal<Outgoing[]> {
    return this.#client.underway;
  }

  /** Send it. Returns the thread it goes to; `sent` resolves when it arrived or could not. */
  send(letter: Letter): { thread: string; sent: Promise<boolean> } {
    const opens = letter.thread_id ?? newId("thr");
    const mine = { id: newId("cmt"), by: this.#client.person ?? "", posted_at: new Date().toISOString() };
    const message: Outgoing = { ...letter, ...mine, opens, state: "sending" };
    this.messages.set([...this.messages.value, message]);
    return { thread: opens, sent: this.#deliver(message) };
  }

  retry(id: string): Promise<boolean> {
    const message = this.messages.value.find((each) => each.id === id);
    return message ? this.#deliver(message) : Promise.resolve(false);
  }

  discard(id: string): void {
    for (const { by } of this.messages.value.filter((each) => each.id === id)) keep(keyOf("outgoing", by, id), null);
    this.messages.set(this.messages.value.filter((each) => each.id !== id));
  }

  /** Send, in order, all of whoever looks that waits here or that the browser kept. */
  async resume(): Promise<void> {
    const { person } = this.#client;
    const mine = this.messages.value.filter((each) => each.by === person);
    const found = read(person ?? "").filter(({ id }) => mine.every((each) => each.id !== id));
    this.messages.set([...found, ...mine]);
    let count = 0;
    for (const message of this.messages.value.filter((each) => each.state === "waiting")) {
      if (this.#client.person === person && (await this.#deliver(message))) count++;
    }
    if (count) this.resumed.set({ count });
  }

  async #deliver(message: Outgoing): Promise<boolean> {
    this.#mark(message, { state: navigator.onLine ? "sending" : "waiting", problem: undefined });
    if (!navigator.onLine) return false;
    try {
      this.arrived.set(await this.#post(message));
      this.discard(message.id);
      return true;
    } catch (raised) {
      const problem = { ...(raised as Problem) };
      const state = problem.status === 0 && !navigator.onLine ? "waiting" : "failed";
      this.#mark(message, { state, problem });
      return false;
    }
  }

  async #post({ id, record, thread_id, opens, field, body, kind, ...rest }: Outgoing): Promise<Arrival> {
    const { quote_id, attachments, purpose } = rest;
    const files = attachments?.length ? { attachments } : {};
    if (thread_id) {
      const comment = { id, body, kind, ...(quote_id ? { quote_id } : {}), ...files };
      return { comment: await create(this.#client, `/v1/threads/${thread_id}/comments`, comment) };
    }
    const about = { record, ...(field ? { field } : {}), ...purpose };
    const thread = { id: opens, comment_id: id, body, kind, ...files, ...about };
    return { thread: await create(this.#client, "/v1/threads", thread) };
  }

  #mark({ id, by }: Outgoing, change: Partial<Outgoing>): void {
    const marked = this.messages.value.map((each) => (each.id === id ? { ...each, ...change } : each));
    for (const each of marked) if (each.id === id) keep(keyOf("outgoing", by, id), each);
    this.messages.set(marked);
  }
}

/** Create what `draft` names by an id of ours. Throws `Problem`, also where what answered does not know that id: a login page, a proxy. */
export async function create<T extends { id: string }>(
  client: Client,
  path: string,
  draft: { id: string },
): Promise<T> {
  const told = await client.send<T>("POST", path, draft);
  if (told.id !== draft.id) throw new Problem(0, "unreachable");
  return told;
}

/** What the browser kept of `person`, the oldest first. What was being sent when its page went, or refused until a sign-in, waits again. */
function read(person: string): Outgoing[] {
  const one = (key: string): Outgoing[] => {
    try {
      const message: Outgoing = JSON.parse(localStorage.getItem(key) as string);
      const waits = message.state === "sending" || message.problem?.status === 401;
      return [waits ? { ...message, state: "waiting" } : message];
    } catch {
      return [];
    }
  };
  const all = underway(person).flatMap(one);
  return all.sort((first, second) => (first.posted_at < second.posted_at ? -1 : 1));
}

const outboxes = new WeakMap<Client, Outbox>();

/** The page's outbox: one for all that it shows. */
export function outboxOf(client: Client): Outbox {
  const outbox = outboxes.get(client) ?? new Outbox(client);
  outboxes.set(client, outbox);
  return outbox;
}
