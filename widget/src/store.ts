/**
 * One place of discussion as it stands: read once, kept current by frames, changed by what people do here.
 *
 * Law: a frame that comes while we read is not lost; what was read and the frames after it make what is shown.
 */
import type { Problem } from "./client";
import { type Conversation, opened } from "./conversation";
import type { Session } from "./session";
import { Signal } from "./signal";
import type { Answer, Frame } from "./wire";

/** A thread by its id, or all threads on a record or one of its fields. */
export type Source = { thread: string } | { record: string; field: string | null };

export interface State {
  phase: "loading" | "ready" | "missing" | "failed" | "signed-out";
  problem: Problem | null;
  conversation: Conversation | null;
  /** When this was true, in milliseconds. */
  asOf: number;
}

const advancing = () => import("./advance");

type Step = (now: Conversation) => Conversation;

export class Store {
  readonly state = new Signal<State>({ phase: "loading", problem: null, conversation: null, asOf: 0 });
  #session: Session;
  #source: Source;
  #etag: string | null = null;
  /** How to stop hearing of the record, by each name that it was read under. */
  #heard = new Map<string, () => void>();
  #early: Frame[] | null = null;
  #isClosed = false;
  /** What the service said, and what people here did since that it has not answered. */
  #told: Conversation | null = null;
  #hoped = new Set<Step>();

  constructor(session: Session, source: Source) {
    this.#session = session;
    this.#source = source;
    this.load();
  }

  /** Read it, or read it anew. */
  async load(): Promise<void> {
    this.#early ??= [];
    try {
      if ("record" in this.#source) this.#listen(this.#source.record);
      const read = await this.#read();
      const early = this.#early ?? [];
      const conversation = read && early[0] ? early.reduce((await advancing()).advance, read) : read;
      if (!this.#isClosed) this.#show({ phase: "ready", problem: null, asOf: Date.now() }, conversation);
    } catch (raised) {
      this.#fail(raised as Problem);
    } finally {
      this.#early = null;
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const leave of this.#heard.values()) leave();
  }

  /** Take what the service said. */
  change(step: Step): void {
    if (this.#told) this.#show({ asOf: Date.now() }, step(this.#told));
  }

  /** Show something as done, whatever comes meanwhile, until the returned function is called. */
  hope(step: Step): () => void {
    this.#hoped.add(step);
    this.#show({});
    return () => {
      this.#hoped.delete(step);
      this.#show({});
    };
  }

  async #read(): Promise<Conversation | null> {
    const { client, live } = this.#session;
    if ("record" in this.#source) {
      const { record, field } = this.#source;
      const query = { record, field: field ?? undefined, render: "nodes" };
      const { data, etag, same } = await client.get<Answer>("/v1/conversation", query, this.#etag);
      this.#etag = etag;
      if (same) return this.#told;
      this.#listen(data.record.record); // renamed or merged, it is told under its name of now
      live.follow(record, data.cursor);
      return opened(data, field);
    }
    return (await import("./single")).single(client, this.#source.thread, (record) => {
      const isFirst = this.#heard.size === 0;
      this.#listen(record);
      if (isFirst) live.follow(record);
    });
  }

  #listen(record: string): void {
    if (this.#heard.has(record)) return;
    const leave = this.#session.live.join(record, {
      frame: (frame) => this.#hear(frame),
      anew: () => this.load(),
      // no frame tells that one may do something else than when it was read
      whisper: (word) =>
        this.#etag && word.subscribed && `${word.subscribed.can}` !== `${this.#told?.can}` && this.load(),
      lost: () => this.#show({ phase: "missing" }, null),
    });
    this.#heard.set(record, leave);
  }

  /** What it takes to follow is fetched when there is something; where it cannot be had, all is read anew. */
  #hear(frame: Frame): void {
    if ("thread" in this.#source && frame.thread_id && frame.thread_id !== this.#source.thread) return;
    this.#early?.push(frame);
    advancing().then(
      ({ advance }) => this.change((now) => advance(now, frame)),
      () => this.load(),
    );
  }

  /** What cannot be seen is gone at once; else what is shown stays. */
  #fail(problem: Problem): void {
    const { status } = problem;
    const isGone = status === 404 || status === 403;
    const kept = isGone ? null : this.#told;
    const phase = isGone ? "missing" : kept ? "ready" : status === 401 ? "signed-out" : "failed";
    this.#show({ phase, problem }, kept);
  }

  #show(change: Partial<State>, told = this.#told): void {
    this.#told = told;
    const conversation = told && [...this.#hoped].reduce((now, step) => step(now), told);
    this.state.set({ ...this.state.value, ...change, conversation });
  }
}
