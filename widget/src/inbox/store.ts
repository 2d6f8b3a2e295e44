/**
 * Somebody's inbox as it stands: read by the page, read anew when the service says that it changed.
 *
 * Law: what a person does shows at once; when the service refuses, it shows as it was and the refusal is thrown.
 */
import type { Problem } from "../client";
import { create } from "../outbox";
import type { Session } from "../session";
import { Signal } from "../signal";
import type { Comment, Entry, InboxAnswer, People, Shelf, Tallies, WaitingRequest } from "../wire";

export interface Inbox {
  phase: "loading" | "ready" | "failed" | "signed-out";
  problem: Problem | null;
  shelf: Shelf;
  entries: Entry[];
  /** Who waits to be let see something, above what is for the person. */
  requests: WaitingRequest[];
  people: People;
  counts: Tallies;
  next: string | null;
}

/** Return the caller's own action that brought an entry there. */
const actionOf = ({ reasons }: Entry) => reasons.find((each) => each.action_id)?.action_id;

/** Whether an entry is there for more than the caller's own action. */
const isMore = (entry: Entry) => entry.reasons.some((each) => each.action_id !== actionOf(entry));

const BATCH = 250;
const PAGE = "30";

export class InboxStore {
  readonly state: Signal<Inbox>;
  #session: Session;
  #leave: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts how changes begin and end: what was read before says nothing of them. */
  #steps = 0;
  #isClosed = false;

  constructor(session: Session, shelf: Shelf) {
    this.#session = session;
    this.state = new Signal<Inbox>({
      phase: "loading",
      problem: null,
      shelf,
      entries: [],
      requests: [],
      people: {},
      counts: {},
      next: null,
    });
    this.#leave = session.live.attend((counts) => {
      if (counts) this.#set({ counts });
      this.#soon();
    });
    this.load();
  }

  get me(): string | null {
    return this.#session.client.person;
  }

  /** Read the first page, or read it anew; once more where something was changed meanwhile. */
  async load(): Promise<void> {
    const { shelf } = this.state.value;
    const steps = this.#steps;
    try {
      const { data, requests, next, counts, people } = await this.#page(shelf);
      if (steps !== this.#steps) this.#soon();
      else if (shelf === this.state.value.shelf)
        this.#set({ phase: "ready", problem: null, entries: data, requests, next, counts, people });
    } catch (raised) {
      const problem = raised as Problem;
      const phase = this.state.value.phase === "ready" ? "ready" : problem.status === 401 ? "signed-out" : "failed";
      this.#set({ phase, problem });
    }
  }

  /** Add the next page. */
  async more(): Promise<void> {
    const { shelf, next, entries } = this.state.value;
    if (!next) return;
    const read = await this.#page(shelf, next);
    const known = new Set(read.data.map((each) => each.thread.id));
    const kept = entries.filter((each) => !known.has(each.thread.id));
    const people = { ...this.state.value.people, ...read.people };
    this.#set({ entries: [...kept, ...read.data], next: read.next, people });
  }

  turnTo(shelf: Shelf): void {
    if (shelf === this.state.value.shelf) return;
    this.#set({ shelf, phase: "loading", entries: [], requests: [], next: null });
    this.load();
  }

  /** Take note that entries were read, and tell the authors of what they point to that it was seen. */
  async see(entries: Entry[]): Promise<void> {
    const ids = entries.map((each) => each.thread.id);
    await this.#atOnce(ids, { unread: false }, async () => {
      await this.#session.client.send("POST", "/v1/inbox/read", { thread_ids: ids }, { render: undefined });
      for (const comment of this.#theirs(entries)) await this.#mark(comment, "/seen").catch(() => undefined);
    });
  }

  /** Take back that entries were read, and that what they point to was seen, unless it had been before. */
  async unsee(entries: Entry[]): Promise<void> {
    const ids = entries.map((each) => each.thread.id);
    await this.#atOnce(ids, { unread: true }, async () => {
      await this.#session.client.send("POST", "/v1/inbox/unread", { thread_ids: ids }, { render: undefined });
      for (const comment of this.#theirs(entries))
        if (!comment.seen_by.includes(this.me ?? ""))
          await this.#mark(comment, "/seen", "DELETE").catch(() => undefined);
    });
  }

  /** Put an emoji on what an entry points to. */
  async react(entry: Entry, emoji: string): Promise<void> {
    if (entry.comment) await this.#mark(entry.comment, `/reactions/${encodeURIComponent(emoji)}`);
    await this.see([entry]);
  }

  /** Put an entry off until a time; with null, bring it back. */
  snooze(entry: Entry, until: Date | null): Promise<void> {
    return this.#away(entry, "PUT", "/snooze", { until: until?.toISOString() ?? null });
  }

  done(entry: Entry): Promise<void> {
    return this.#away(entry, "PUT", "/done");
  }

  undo(entry: Entry): Promise<void> {
    return this.#away(entry, "DELETE", "/done");
  }

  /** Put a request for access away, for everybody. */
  async dismiss({ request }: WaitingRequest): Promise<void> {
    const before = this.state.value.requests;
    this.#set({ requests: before.filter((each) => each.request !== request) });
    try {
      const path = `/v1/access/requests/${request.id}`;
      await this.#session.client.send("DELETE", path, undefined, { render: undefined });
      await this.load();
    } catch (raised) {
      this.#set({ requests: before });
      throw raised;
    }
  }

  /** Mark the caller's own action of an entry as done; with it goes the entry, which is put away where it is here for more. */
  act(entry: Entry): Promise<void> {
    return this.#without(entry, async () => {
      await this.#carry(entry, "done");
      if (isMore(entry)) await this.#put(entry, "PUT", "/done");
    });
  }

  /** Take that back. */
  async unact(entry: Entry): Promise<void> {
    await this.#carry(entry, "open");
    await (isMore(entry) ? this.undo(entry) : this.load());
  }

  /** Answer in its discussion; twice with the same id is once. */
  async reply(entry: Entry, id: string, body: string): Promise<void> {
    const draft = { id, body, kind: "comment" };
    await create(this.#session.client, `/v1/threads/${entry.thread.id}/comments`, draft);
    await this.see([entry]);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#leave();
  }

  #soon(): void {
    clearTimeout(this.#timer);
    if (!this.#isClosed) this.#timer = setTimeout(() => this.load(), BATCH);
  }

  async #page(shelf: Shelf, cursor?: string): Promise<InboxAnswer> {
    const query = { filter: shelf, limit: PAGE, cursor, render: "nodes" };
    return (await this.#session.client.get<InboxAnswer>("/v1/inbox", query)).data;
  }

  /** Return what others wrote that entries point to. */
  #theirs(entries: Entry[]): Comment[] {
    return entries.flatMap(({ comment }) => (comment && comment.author !== this.me ? [comment] : []));
  }

  #mark(comment: Comment, path: string, method: "PUT" | "DELETE" = "PUT"): Promise<Comment> {
    return this.#session.client.send<Comment>(method, `/v1/comments/${comment.id}${path}`);
  }

  #carry(entry: Entry, state: "open" | "done"): Promise<unknown> {
    return this.#session.client.send("PATCH", `/v1/actions/${actionOf(entry)}`, { state });
  }

  #put(entry: Entry, method: "PUT" | "DELETE", path: string, body?: unknown): Promise<unknown> {
    return this.#session.client.send(method, `/v1/inbox/${entry.thread.id}${path}`, body, { render: undefined });
  }

  #away(entry: Entry, method: "PUT" | "DELETE", path: string, body?: unknown): Promise<void> {
    return this.#without(entry, async () => {
      await this.#put(entry, method, path, body);
      await this.load();
    });
  }

  /** Take an entry from this shelf at once; it comes back where the service refuses the work. */
  async #without(entry: Entry, work: () => Promise<void>): Promise<void> {
    const { entries } = this.state.value;
    await this.#change(
      entries.filter((each) => each !== entry),
      work,
    );
  }

  async #atOnce(threadIds: string[], change: Partial<Entry>, work: () => Promise<void>): Promise<void> {
    const changed = (each: Entry) => (threadIds.includes(each.thread.id) ? { ...each, ...change } : each);
    await this.#change(this.state.value.entries.map(changed), work);
  }

  /** Show these entries while `work` is done; what was there comes back where the service refuses. */
  async #change(entries: Entry[], work: () => Promise<void>): Promise<void> {
    const before = this.state.value.entries;
    this.#set({ entries });
    this.#steps++;
    try {
      await work();
    } catch (raised) {
      this.#set({ entries: before });
      throw raised;
    } finally {
      this.#steps++;
    }
  }

  #set(change: Partial<Inbox>): void {
    this.state.set({ ...this.state.value, ...change });
  }
}
