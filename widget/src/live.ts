/**
 * One WebSocket for all records of a page: what happens there arrives here.
 *
 * Law: after a break it goes on from the last cursor it was told; where that cannot be, listeners are told to read anew.
 * Three failures in a row, or one connection that stays dumb, and all is heard by a detour until a socket holds.
 */
import type { Client } from "./client";
import type { Detour } from "./detour";
import { Signal } from "./signal";
import type { Frame, Heard, Tallies, Whisper } from "./wire";

const FAILURES = 3;
/** In milliseconds: silence before one asks whether anybody is there, and how long an answer may take; else it is no connection. */
const QUIET = 45_000;
const DUMB = 10_000;
/** What broke sooner failed. */
const STEADY = 10_000;
const FIRST = 500;
const LONGEST = 300_000;

type Timer = ReturnType<typeof setTimeout>;

export interface Listener {
  frame?(frame: Frame): void;
  /** Frames may have been missed: read anew. */
  anew?(): void;
  /** The record is not there to be seen any more: told to those who show what is said there, not only how much. */
  lost?(): void;
  /** Hear what does not last. */
  whisper?(word: Whisper): void;
}

export class Live {
  readonly connected = new Signal(false);
  /** How much waits for whoever looks, as the service said last. */
  readonly tallies = new Signal<Tallies | null>(null);
  #client: Client;
  #socket: WebSocket | null = null;
  #ready = false;
  #failures = 0;
  #since = 0;
  #again: Timer | undefined;
  #dumb: Timer | undefined;
  #fresh: Timer | undefined;
  #listeners = new Map<string, Set<Listener>>();
  #cursors = new Map<string, string>();
  #followed = new Set<string>();
  #personal = 0;
  /** After how many milliseconds to come again, where the service said so: it stops, and others come back too. */
  #wait = 0;
  #detour: Detour | undefined;

  constructor(client: Client) {
    this.#client = client;
    addEventListener("online", this.#connect);
    addEventListener("offline", () => {
      this.#client.reachable.set(false);
      this.#socket?.close();
    });
  }

  /** Hear of a record until the returned function is called. */
  join(record: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(record) ?? new Set();
    this.#listeners.set(record, listeners.add(listener));
    this.#detour?.turn();
    return () => {
      listeners.delete(listener);
      if (listeners.size || this.#listeners.get(record) !== listeners) return;
      this.#listeners.delete(record);
      this.#cursors.delete(record);
      this.#followed.delete(record);
      this.say({ unsubscribe: [record] });
      this.#detour?.turn();
    };
  }

  /** Hear how much waits for whoever looks, until the returned function is called. */
  attend(listener: (tallies: Tallies | null) => void): () => void {
    this.#personal++;
    const leave = this.tallies.on(listener);
    if (!this.#again) this.#connect();
    return () => {
      this.#personal--;
      leave();
    };
  }

  /** Go on with a record after `cursor`, which a reading of it gave; without one, from now, unless it is followed already. */
  follow(record: string, cursor?: string): void {
    if (cursor) this.#cursors.set(record, cursor);
    else if (this.#followed.has(record)) return;
    this.#followed.add(record);
    if (this.#ready) this.#subscribe([record]);
    else if (!this.#again) this.#connect();
  }

  /** Say something to the service; it is lost where no socket holds. */
  say(frame: unknown): void {
    if (this.#ready) this.#socket?.send(JSON.stringify(frame));
  }

  /** How many in the page have something to hear. */
  get #wanted(): number {
    return this.#followed.size + this.#personal;
  }

  #connect = (): void => {
    clearTimeout(this.#again);
    this.#again = undefined;
    if (this.#socket || !this.#wanted) return;
    const socket = new WebSocket(`${this.#client.endpoint.replace(/^http/, "ws")}/v1/live`);
    this.#socket = socket;
    const cut = () => {
      if (!this.#ready) this.#failures ||= FAILURES - 1;
      socket.close();
      this.#closed(socket); // the browser would wait for an answer first
    };
    const ask = () => {
      if (!this.#wanted) return socket.close();
      this.say({ ping: 1 });
      this.#mind(cut);
    };
    socket.onmessage = ({ data }) => {
      this.#client.reachable.set(true);
      this.#mind(ask, QUIET);
      this.#hear(JSON.parse(data));
    };
    socket.onclose = () => this.#closed(socket);
    this.#mind(cut);
    socket.onopen = () => this.#identify(this.#failures > 0);
  };

  /** Say who listens; without a token one that began ends, and one that holds goes on for as long as its last is good. */
  #identify(fresh: boolean): void {
    const socket = this.#socket;
    this.#client.token(fresh).then(
      (token) => socket?.send(JSON.stringify({ token })),
      () => this.#ready || socket?.close(),
    );
  }

  #closed(socket: WebSocket): void {
    if (this.#socket !== socket) return;
    if (this.#ready && Date.now() - this.#since > STEADY) this.#failures = 0;
    socket.onmessage = null;
    this.#socket = null;
    this.#ready = false;
    this.connected.set(false);
    clearTimeout(this.#fresh);
    clearTimeout(this.#dumb);
    if (++this.#failures >= FAILURES) this.#goRound();
    const pause = this.#wait || Math.min(FIRST * 2 ** (this.#failures - 1), LONGEST) * (0.5 + Math.random());
    this.#wait = 0;
    this.#again = setTimeout(this.#connect, pause);
  }

  #goRound(): void {
    const begin = ({ Detour }: typeof import("./detour")) => {
      if (this.#ready) return;
      this.#detour ??= new Detour({
        client: this.#client,
        listeners: this.#listeners,
        cursors: this.#cursors,
        personal: () => this.#personal,
        hear: (frame) => this.#hear(frame),
      });
    };
    // it comes from where nobody answers: then at the next failure
    import("./detour").then(begin, () => this.#client.reachable.set(false));
  }

  #hear(frame: Heard): void {
    const { authenticated, event, cursor, subscribed, resync, error, counts, retry = 0 } = frame;
    const word = frame.presence ?? frame.typing ?? subscribed;
    this.#wait = retry;
    if (counts) this.tallies.set(counts);
    if (word) this.#tell(word.record, (listener) => listener.whisper?.(frame));
    if (authenticated) this.#authenticated();
    else if (event?.record) {
      if (cursor) this.#cursors.set(event.record, cursor);
      this.#tell(event.record, (listener) => listener.frame?.(event));
      this.#tell(event.data.before ?? "", (listener) => listener.anew?.());
    } else if (subscribed) {
      if (!this.#cursors.has(subscribed.record)) this.#tell(subscribed.record, (listener) => listener.anew?.());
      this.#cursors.set(subscribed.record, subscribed.cursor);
    } else if (resync) {
      this.#cursors.delete(resync.record);
      if (this.#followed.has(resync.record)) this.#subscribe([resync.record]);
    } else if (error?.record) this.#tell(error.record, (listener) => listener.lost?.());
  }

  #authenticated(): void {
    clearTimeout(this.#fresh);
    const remaining = Math.min(Math.max(this.#client.remaining, 5_000), 2 ** 31 - 1);
    this.#fresh = setTimeout(() => this.#identify(true), remaining);
    if (this.#ready) return;
    this.#ready = true;
    this.#since = Date.now();
    this.#detour?.end();
    this.#detour = undefined;
    this.connected.set(true);
    if (this.#followed.size) this.#subscribe([...this.#followed]);
  }

  /** Do something after so long, unless something is heard before. */
  #mind(then: () => void, after = DUMB): void {
    clearTimeout(this.#dumb);
    this.#dumb = setTimeout(then, after);
  }

  #subscribe(records: string[]): void {
    this.say({ subscribe: records.map((record) => ({ record, after: this.#cursors.get(record) ?? null })) });
  }

  #tell(record: string, tell: (listener: Listener) => void): void {
    for (const listener of [...(this.#listeners.get(record) ?? [])]) tell(listener);
  }
}
