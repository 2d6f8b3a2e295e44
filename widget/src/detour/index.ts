/**
 * How a page hears what happens while no WebSocket holds, as behind a proxy that breaks them: what is said on a record
 * by a stream, all else by looking now and then; and where streams are held back, all of it by looking.
 *
 * Law: it tells what a socket would tell, from the same cursors on, so going over and coming back loses nothing.
 */
import type { Client } from "../client";
import type { Listener } from "../live";
import type { Heard, InboxAnswer } from "../wire";
import { type Ended, listen } from "./stream";

/** Of the six connections that a browser has to one address, requests need most. */
const STREAMS = 2;
/** A stream that ends sooner failed; after so many failures in a row it is tried again only later. All in milliseconds. */
const STEADY = 20_000;
const FAILURES = 3;
const PAUSE = 1_000;
const LATER = 120_000;
/** Between two looks. */
const LOOK = 15_000;
const BATCH = 250;

/** What the page listens to. */
export interface Way {
  client: Client;
  listeners: ReadonlyMap<string, ReadonlySet<Listener>>;
  cursors: ReadonlyMap<string, string>;
  /** How many want to know how much waits for whoever looks. */
  personal: () => number;
  hear: (frame: Heard) => void;
}

export class Detour {
  #way: Way;
  #streams = new Map<string, AbortController>();
  /** Records whose stream was seen to tell. */
  #told = new Set<string>();
  #counted = "";
  #turning: ReturnType<typeof setTimeout> | undefined;
  #looking = setInterval(() => this.#look(), LOOK);
  #quit = new AbortController();

  constructor(way: Way) {
    this.#way = way;
    const { signal } = this.#quit;
    document.addEventListener("visibilitychange", () => this.#look(), { signal });
    addEventListener("online", () => this.#begin(), { signal });
    this.#begin();
  }

  /** Go on with what is listened to by now. */
  turn(): void {
    this.#turning ??= setTimeout(() => {
      this.#turning = undefined;
      this.#settle();
    }, BATCH);
  }

  end(): void {
    clearTimeout(this.#turning);
    clearInterval(this.#looking);
    this.#quit.abort();
    this.#leave([...this.#streams.keys()]);
  }

  #begin(): void {
    this.#leave([...this.#streams.keys()]);
    this.turn();
    this.#look();
  }

  /** Have a stream for each record whose discussions show, as far as there are connections: the last ones come first. */
  #settle(): void {
    const { listeners } = this.#way;
    const shown = [...listeners].filter(([, all]) => [...all].some((each) => each.lost)).map(([record]) => record);
    const wanted = shown.slice(-STREAMS);
    this.#leave([...this.#streams.keys()].filter((record) => !wanted.includes(record)));
    for (const record of wanted) {
      if (this.#streams.has(record)) continue;
      const stream = new AbortController();
      this.#streams.set(record, stream);
      this.#follow(record, stream.signal);
    }
  }

  #leave(records: string[]): void {
    for (const record of records) {
      this.#streams.get(record)?.abort();
      this.#streams.delete(record);
      this.#told.delete(record);
    }
  }

  /** Hear a record until it is not to be heard any more. */
  async #follow(record: string, signal: AbortSignal): Promise<void> {
    const { client, cursors, hear } = this.#way;
    const heard = (frame: Heard) => {
      if (signal.aborted) return;
      this.#told.add(record);
      hear(frame);
    };
    let ended: Ended | undefined;
    for (let failures = 0; !signal.aborted; ) {
      const fresh = ended?.why === "token";
      const began = Date.now();
      ended = await listen({ client, record, after: cursors.get(record), fresh, signal, hear: heard });
      if (signal.aborted) return;
      this.#told.delete(record);
      if (ended.why === "gone") {
        hear({ error: { record, code: "not_found" } });
        return;
      }
      failures = Date.now() - began > STEADY ? 1 : failures + 1;
      await pause(ended.retry || (failures < FAILURES ? PAUSE : LATER), signal);
    }
  }

  /** Let those look who are not told, while somebody looks at the page. */
  #look(): void {
    if (document.hidden || !navigator.onLine) return;
    for (const [record, listeners] of this.#way.listeners)
      if (!this.#told.has(record)) for (const each of [...listeners]) each.anew?.();
    if (this.#way.personal() > 0) this.#count();
  }

  async #count(): Promise<void> {
    const { client, hear } = this.#way;
    const found = await client.get<InboxAnswer>("/v1/inbox", { limit: "1" }).catch(() => null);
    if (!found) return;
    const { counts, data } = found.data;
    const counted = JSON.stringify([counts, data[0]?.at]);
    if (counted !== this.#counted) hear({ counts });
    this.#counted = counted;
  }
}

/** Wait so many milliseconds, or until it is over. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
