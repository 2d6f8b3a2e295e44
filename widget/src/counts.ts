/**
 * Tallies for all pins and badges of a page: one request for whatever was asked within 100 ms.
 *
 * Law: a record that could not be counted has no tally, and who shows it shows nothing.
 */
import type { Client } from "./client";
import { inTurn } from "./turns";
import type { RecordTally, Tally } from "./wire";

/** What pins and badges show of a tally. */
export type Counted = Pick<Tally, "total" | "open" | "overdue" | "unread">;

const PAUSE = 100;
const MOST = 500;

export class Counts {
  #client: Client;
  #wanted = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #known = new Map<string, RecordTally>();
  #listeners = new Map<string, Set<() => void>>();

  constructor(client: Client) {
    this.#client = client;
  }

  /** Hear whenever the tally of `record` is known anew, until the returned function is called. */
  watch(record: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(record) ?? new Set();
    this.#listeners.set(record, listeners.add(listener));
    if (this.#known.has(record)) listener();
    else this.refresh(record);
    return () => {
      listeners.delete(listener);
      if (!listeners.size) this.#listeners.delete(record);
    };
  }

  /** Ask anew, if anybody shows it. */
  refresh(record: string): void {
    if (!this.#listeners.has(record)) return;
    this.#wanted.add(record);
    this.#timer ??= setTimeout(this.#ask, PAUSE);
  }

  /** The tally of a record or, with `field`, of all that is said on that field and inside it. */
  of(record: string, field: string | null): Counted | null {
    const whole = this.#known.get(record);
    if (!whole || !field) return whole ?? null;
    const sum: Counted = { total: 0, open: 0, overdue: 0, unread: 0 };
    for (const [path, tally] of Object.entries(whole.fields)) {
      if (path !== field && !path.startsWith(`${field}/`)) continue;
      for (const name of Object.keys(sum) as (keyof Counted)[]) sum[name] += tally[name];
    }
    return sum;
  }

  /** One request after the other: an earlier answer that came later would stand. */
  #ask = async (): Promise<void> => {
    while (this.#wanted.size) {
      const records = [...this.#wanted].slice(0, MOST);
      for (const record of records) this.#wanted.delete(record);
      const answer = await this.#client
        .send<{ data: Record<string, RecordTally> }>("POST", "/v1/counts", { records }, { render: undefined })
        .catch(() => null);
      for (const [record, tally] of Object.entries(answer?.data ?? {})) {
        if (JSON.stringify(tally) === JSON.stringify(this.#known.get(record))) continue;
        this.#known.set(record, tally);
        for (const listener of this.#listeners.get(record) ?? []) inTurn(listener);
      }
    }
    this.#timer = undefined;
  };
}
