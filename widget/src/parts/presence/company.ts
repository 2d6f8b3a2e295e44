/**
 * Who else is at a record, and who writes in its discussions: what the socket whispers.
 *
 * Law: nothing of it reaches a store. It is forgotten with the connection, and writing after five seconds of silence.
 */
import type { Session } from "../../session";
import { Signal } from "../../signal";
import type { Frame, Person, Present, Whisper } from "../../wire";
import { seatOf } from "./seat";

const SILENCE = 5_000;

export interface Writer {
  thread: string;
  person: Person;
  until: number;
}

export class Company {
  /** Everybody there but whoever looks, as the service said last. */
  readonly people = new Signal<Present[]>([]);
  readonly writers = new Signal<Writer[]>([]);
  #session: Session;
  #record: string;
  #parts = 0;
  #leave: () => void = () => undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(session: Session, record: string) {
    this.#session = session;
    this.#record = record;
  }

  /** Hear of them until the returned function is called. */
  enter(): () => void {
    if (this.#parts++ === 0) this.#listen();
    return () => {
      if (--this.#parts === 0) this.#leave();
    };
  }

  #listen(): void {
    const { live } = this.#session;
    const leave = live.join(this.#record, {
      frame: (frame) => this.#said(frame),
      whisper: (word) => this.#hear(word),
    });
    const cut = live.connected.on(() => this.#forget());
    live.follow(this.#record);
    this.#leave = () => {
      leave();
      cut();
      this.#forget();
    };
  }

  #hear({ presence, typing, subscribed }: Whisper): void {
    if (subscribed) seatOf(this.#session).again();
    if (presence) this.#see(presence.people.filter((each) => each.id !== this.#session.client.person));
    if (!typing) return;
    const writer = { thread: typing.thread_id, person: typing.person, until: Date.now() + SILENCE };
    const writers = this.writers.value;
    const at = writers.findIndex((each) => isSame(each, writer.thread, writer.person.id));
    this.#write(at < 0 ? [...writers, writer] : writers.with(at, writer)); // nobody changes places with every word
  }

  /** Who went writes no more. */
  #see(people: Present[]): void {
    const isHere = (id: string) => people.some((each) => each.id === id);
    const gone = this.people.value.filter(({ id }) => !isHere(id)).map(({ id }) => id);
    this.people.set(people);
    this.#write(this.writers.value.filter(({ person }) => !gone.includes(person.id)));
  }

  /** What was being written has come. */
  #said({ type, thread_id, actor }: Frame): void {
    if (type === "comment.posted" && thread_id && actor)
      this.#write(this.writers.value.filter((each) => !isSame(each, thread_id, actor.id)));
  }

  #write(writers: Writer[]): void {
    const now = Date.now();
    const still = writers.filter(({ until }) => until > now);
    clearTimeout(this.#timer);
    if (still.length > 0 || this.writers.value.length > 0) this.writers.set(still);
    const next = Math.min(...still.map(({ until }) => until));
    if (still.length > 0) this.#timer = setTimeout(() => this.#write(this.writers.value), next - now);
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.people.set([]);
    this.writers.set([]);
  }
}

function isSame({ thread, person }: Writer, other: string, id: string): boolean {
  return thread === other && person.id === id;
}

const companies = new WeakMap<Session, Map<string, Company>>();

/** The page's one company at a record. */
export function companyAt(session: Session, record: string): Company {
  const all = companies.get(session) ?? new Map<string, Company>();
  companies.set(session, all);
  const company = all.get(record) ?? new Company(session, record);
  all.set(record, company);
  return company;
}
