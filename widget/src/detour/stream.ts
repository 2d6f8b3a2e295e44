/**
 * One record's stream of server-sent events, read with `fetch`: an EventSource cannot say who it is.
 *
 * Law: it ends as soon as it is silent for longer than the service ever is, and says whether anything came.
 */
import type { Client } from "../client";
import type { Heard } from "../wire";
import { Events } from "./events";

/** Within this, in milliseconds, a stream that nobody holds back has begun; and whoever is there says something each 15 s. */
const BEGIN = 8_000;
const SILENT = 40_000;

/** Why a stream ended: it wants another token, there is nothing to see, or it broke or was told to end. */
export interface Ended {
  why: "token" | "gone" | "broken";
  /** After how many milliseconds to come again, where the service said so. */
  retry: number;
}

export interface Wanted {
  client: Client;
  record: string;
  after: string | undefined;
  /** The last token was refused. */
  fresh: boolean;
  signal: AbortSignal;
  hear: (frame: Heard) => void;
}

/** Read a stream until it ends, however it does; `hear` gets what a socket would say. Never throws. */
export async function listen({ client, record, after, fresh, signal, hear }: Wanted): Promise<Ended> {
  const events = new Events();
  const quit = new AbortController();
  let timer = setTimeout(() => quit.abort(), BEGIN);
  const ended: Ended = { why: "broken", retry: 0 };
  const query = new URLSearchParams({ record, ...(after ? { after } : {}) });
  try {
    const headers = { Authorization: `Bearer ${await client.token(fresh)}` };
    const both = AbortSignal.any([signal, quit.signal]);
    const answer = await fetch(`${client.endpoint}/v1/stream?${query}`, { headers, signal: both, cache: "no-store" });
    if (!answer.ok) return { ...ended, why: refusal(answer.status) };
    const pieces = (answer.body as ReadableStream<BufferSource>).pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await pieces.read();
      if (done || signal.aborted) return { ...ended, retry: events.retry };
      clearTimeout(timer);
      timer = setTimeout(() => quit.abort(), SILENT);
      for (const { kind, id, data } of events.take(value)) {
        const said = JSON.parse(data);
        if (kind === "error") return { ...ended, why: said.code === "unauthenticated" ? "token" : "gone" };
        hear(kind === "resync" || kind === "subscribed" ? { [kind]: said } : { event: said, cursor: id });
      }
    }
  } catch {
    return ended; // no connection, cut off, or what came was no stream of ours
  } finally {
    clearTimeout(timer);
    quit.abort();
  }
}

function refusal(status: number): Ended["why"] {
  if (status === 401) return "token";
  return status === 404 || status === 403 ? "gone" : "broken";
}
