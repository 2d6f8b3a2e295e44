// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Client } from "../src/client";
import { Detour, type Way } from "../src/detour";
import { Events } from "../src/detour/events";
import type { Listener } from "../src/live";

const RECORD = "order:a b";
const event = (kind: string, data: unknown, id = "") =>
  `event: ${kind}\n${id ? `id: ${id}\n` : ""}data: ${JSON.stringify(data)}\n\n`;
const posted = { type: "comment.posted", record: RECORD, seq: 2 };

/** One stream as the service would write it, piece by piece. */
class Written {
  static all: Written[] = [];
  readonly url: URL;
  readonly token: string;
  readonly isOver: () => boolean;
  #pieces!: ReadableStreamDefaultController<Uint8Array>;
  constructor(url: string, { headers, signal }: RequestInit, settle: (answer: Response) => void) {
    this.url = new URL(url);
    this.token = new Headers(headers).get("Authorization") ?? "";
    this.isOver = () => signal?.aborted ?? false;
    const body = new ReadableStream<Uint8Array>({
      start: (pieces) => {
        this.#pieces = pieces;
      },
    });
    signal?.addEventListener("abort", () => this.#pieces.error(new Error("aborted")));
    Written.all.push(this);
    settle(new Response(body));
  }
  write(text: string) {
    this.#pieces.enqueue(new TextEncoder().encode(text));
  }
  end() {
    this.#pieces.close();
  }
}

let isHeldBack = false;
let status = 200;
let unread = 0;
let detour: Detour | undefined;
const cursors = new Map<string, string>();
const listeners = new Map<string, Set<Listener>>();
const hear = vi.fn();
const client = {
  endpoint: "https://apropos.example",
  token: async (fresh: boolean) => (fresh ? "new" : "old"),
  get: async () => ({ data: { counts: { unread }, data: [] } }),
} as unknown as Client;

/** Somebody who shows what is said on a record, or only how much. */
function listens(record: string, shows = true) {
  const listener = { frame: vi.fn(), anew: vi.fn() };
  listeners.set(record, new Set([shows ? { ...listener, lost: vi.fn() } : listener]));
  return listener;
}

async function begun(more: Partial<Way> = {}) {
  detour = new Detour({ client, listeners, cursors, personal: () => 0, hear, ...more });
  await vi.advanceTimersByTimeAsync(250);
  return Written.all.at(-1) as Written;
}

beforeEach(() => {
  vi.useFakeTimers();
  [isHeldBack, status, unread, Written.all] = [false, 200, 0, []];
  cursors.clear();
  listeners.clear();
  hear.mockReset();
  vi.stubGlobal("fetch", (url: string, request: RequestInit) => {
    if (status !== 200) return Promise.resolve(new Response("", { status }));
    return new Promise<Response>((resolve, reject) => {
      request.signal?.addEventListener("abort", () => reject(new Error("aborted")));
      new Written(url, request, isHeldBack ? () => undefined : resolve);
    });
  });
});
afterEach(() => {
  detour?.end();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("takes events out of whatever pieces they come in", () => {
  const text = `: beat\r\n\r\n${event("subscribed", { cursor: "ü" }, "c1")}retry: 1500\n\ndata: 1\ndata: 2\n\n`;
  for (const size of [1, 3, 7, text.length]) {
    const events = new Events();
    const found = (text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? []).flatMap((piece) => events.take(piece));
    expect(found).toEqual([
      { kind: "subscribed", id: "c1", data: '{"cursor":"ü"}' },
      { kind: "message", data: "1\n2" },
    ]);
    expect(events.retry).toBe(1500);
  }
});

it("hears on a stream what a socket would tell, from the same cursor on", async () => {
  listens(RECORD);
  cursors.set(RECORD, "c 1");
  const stream = await begun();
  stream.write(event("subscribed", { record: RECORD, cursor: "c 1" }, "c 1"));
  stream.write(event("comment.posted", posted, "c 2").slice(0, 30));
  stream.write(event("comment.posted", posted, "c 2").slice(30));
  await vi.advanceTimersByTimeAsync(0);

  expect([stream.url.searchParams.get("record"), stream.url.searchParams.get("after")]).toEqual([RECORD, "c 1"]);
  expect(hear.mock.calls).toEqual([
    [{ subscribed: { record: RECORD, cursor: "c 1" } }],
    [{ event: posted, cursor: "c 2" }],
  ]);
});

it("looks at what no stream tells, and not at what one does", async () => {
  const [shown, counted] = [listens(RECORD), listens("order:2", false)];
  const stream = await begun();
  expect([shown.anew, counted.anew].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  stream.write(event("subscribed", { record: RECORD, cursor: "c" }, "c"));
  await vi.advanceTimersByTimeAsync(15_000);
  expect([shown.anew, counted.anew].map(({ mock }) => mock.calls.length)).toEqual([1, 2]);
  expect(Written.all).toHaveLength(1);
});

it("looks while streams are held back, and tries them now and then", async () => {
  isHeldBack = true;
  const { anew } = listens(RECORD);
  await begun();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(Written.all).toHaveLength(3);
  expect(anew).toHaveBeenCalledTimes(5);
  isHeldBack = false;
  await vi.advanceTimersByTimeAsync(87_000);
  Written.all.at(-1)?.write(event("subscribed", { record: RECORD, cursor: "c" }, "c"));
  await vi.advanceTimersByTimeAsync(0);
  expect(hear).toHaveBeenCalledOnce();
});

it("goes on after what it heard when a stream is cut, or silent for too long", async () => {
  listens(RECORD);
  const stream = await begun();
  stream.write(event("comment.posted", posted, "c 2"));
  await vi.advanceTimersByTimeAsync(0);
  cursors.set(RECORD, "c 2");
  stream.end();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(Written.all).toHaveLength(2);
  expect(Written.all.at(-1)?.url.searchParams.get("after")).toBe("c 2");
  Written.all.at(-1)?.write(": beat\n\n");
  await vi.advanceTimersByTimeAsync(41_000);
  expect(Written.all).toHaveLength(3);
});

it("comes again when a service that stops said to", async () => {
  listens(RECORD);
  const stream = await begun();
  stream.write("retry: 4321\n\n");
  stream.end();
  await vi.advanceTimersByTimeAsync(4_320);
  expect(Written.all).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(Written.all).toHaveLength(2);
});

it("takes a new token where the old one ran out", async () => {
  listens(RECORD);
  const stream = await begun();
  stream.write(event("error", { code: "unauthenticated" }));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(Written.all.map(({ token }) => token)).toEqual(["Bearer old", "Bearer new"]);
});

it("says once that there is nothing to see", async () => {
  status = 404;
  listens(RECORD);
  await begun();
  await vi.advanceTimersByTimeAsync(200_000);
  expect(hear.mock.calls).toEqual([[{ error: { record: RECORD, code: "not_found" } }]]);
});

it("says once that there is nothing to see any more", async () => {
  listens(RECORD);
  const stream = await begun();
  stream.write(event("error", { code: "not_found", record: RECORD }));
  await vi.advanceTimersByTimeAsync(200_000);
  expect(hear.mock.calls).toEqual([[{ error: { record: RECORD, code: "not_found" } }]]);
  expect(Written.all).toHaveLength(1);
});

it("keeps connections free: it has streams for the last two records that show", async () => {
  for (const name of ["order:1", "order:2", "order:3"]) listens(name);
  await begun();
  expect(Written.all.map(({ url }) => url.searchParams.get("record"))).toEqual(["order:2", "order:3"]);
  listeners.delete("order:3");
  detour?.turn();
  await vi.advanceTimersByTimeAsync(250);
  expect(Written.all.map(({ url, isOver }) => [url.searchParams.get("record"), isOver()])).toEqual([
    ["order:2", false],
    ["order:3", true],
    ["order:1", false],
  ]);
});

it("counts what waits for whoever looks, and says it when it changed", async () => {
  await begun({ personal: () => 1 });
  await vi.advanceTimersByTimeAsync(30_000);
  unread = 1;
  await vi.advanceTimersByTimeAsync(15_000);
  expect(hear.mock.calls).toEqual([[{ counts: { unread: 0 } }], [{ counts: { unread: 1 } }]]);
});

it("leaves nothing behind", async () => {
  const { anew } = listens(RECORD);
  const stream = await begun();
  detour?.end();
  await vi.advanceTimersByTimeAsync(600_000);
  expect([stream.isOver(), Written.all.length, anew.mock.calls.length]).toEqual([true, 1, 1]);
});
