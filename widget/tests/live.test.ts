// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Client } from "../src/client";
import { Live } from "../src/live";
import { Signal } from "../src/signal";

class Socket {
  static all: Socket[] = [];
  static get last(): Socket {
    return Socket.all.at(-1) as Socket;
  }
  said: string[] = [];
  onopen?: () => void;
  onmessage?: (message: { data: string }) => void;
  onclose?: () => void;
  constructor() {
    Socket.all.push(this);
  }
  send(frame: string) {
    this.said.push(frame);
  }
  close() {}
  hear(frame: unknown) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

const requests: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  vi.stubGlobal("WebSocket", Socket);
  vi.stubGlobal("fetch", async (url: string) => {
    requests.push(url);
    return new Response("", { status: 502 });
  });
  Socket.all = [];
  requests.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const reachable = new Signal(true);
const told = { endpoint: "https://apropos.example", token: async () => "t", remaining: 60_000, reachable };
const client = told as unknown as Client;
const RECORD = "invoice:1";

function listening() {
  const live = new Live(client);
  const listener = { frame: vi.fn(), anew: vi.fn(), lost: vi.fn(), whisper: vi.fn() };
  live.join(RECORD, listener);
  live.follow(RECORD, "cursor");
  Socket.last.hear({ authenticated: true });
  return { live, listener };
}

it("comes again when the service that stops said to, and not before", async () => {
  listening();
  Socket.last.hear({ retry: 4_321 });
  Socket.last.onclose?.();

  await vi.advanceTimersByTimeAsync(4_320);
  expect(Socket.all).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(Socket.all).toHaveLength(2);
});

it("knows by whatever it hears that the service is there, though something could not be fetched", () => {
  listening();
  reachable.set(false);
  Socket.last.hear({ pong: 1 });
  expect(reachable.value).toBe(true);
});

it("comes again soon after a break that nobody announced", async () => {
  new Live(client).follow(RECORD, "cursor");
  Socket.last.onclose?.();

  await vi.advanceTimersByTimeAsync(750);
  expect(Socket.all).toHaveLength(2);
});

it("tells what does not last to those who want it, and no store of it", () => {
  const { listener } = listening();
  const presence = { record: RECORD, people: [] };
  const typing = { record: RECORD, thread_id: "thr_1", person: {} };
  Socket.last.hear({ presence });
  Socket.last.hear({ typing });
  Socket.last.hear({ presence: { record: "invoice:2", people: [] } });

  expect(listener.whisper.mock.calls).toEqual([[{ presence }], [{ typing }]]);
  expect(listener.frame).not.toHaveBeenCalled();
  expect(listener.anew).not.toHaveBeenCalled();
});

it("listens again to what it is to read anew, and has it read once it does", () => {
  const { listener } = listening();
  Socket.last.hear({ resync: { record: RECORD } });
  expect(JSON.parse(Socket.last.said.at(-1) ?? "")).toEqual({ subscribe: [{ record: RECORD, after: null }] });
  expect(listener.anew).not.toHaveBeenCalled();
  Socket.last.hear({ subscribed: { record: RECORD, cursor: "later" } });
  expect(listener.anew).toHaveBeenCalledOnce();
});

it("asks whether anybody is there when it heard nothing for long, and comes again where nobody is", async () => {
  listening();
  await vi.advanceTimersByTimeAsync(44_999);
  expect(Socket.last.said).not.toContain('{"ping":1}');
  await vi.advanceTimersByTimeAsync(1);
  expect(Socket.last.said.at(-1)).toBe('{"ping":1}');
  Socket.last.hear({ pong: 1 });
  await vi.advanceTimersByTimeAsync(54_999);
  expect(Socket.all).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(501);
  expect(Socket.all).toHaveLength(2);
});

it("takes a connection that breaks each time soon after it began for one that fails", async () => {
  listening();
  for (const pause of [500, 1_000, 2_000, 4_000]) {
    const count = Socket.all.length;
    Socket.last.onclose?.();
    await vi.advanceTimersByTimeAsync(pause - 1);
    expect(Socket.all).toHaveLength(count);
    await vi.advanceTimersByTimeAsync(1);
    expect(Socket.all).toHaveLength(count + 1);
    Socket.last.hear({ authenticated: true });
  }
  await vi.advanceTimersByTimeAsync(10_001);
  Socket.last.onclose?.();
  await vi.advanceTimersByTimeAsync(500);
  expect(Socket.all).toHaveLength(6);
});

it("gives up a connection that stays dumb, and looks while it tries again", async () => {
  const live = new Live(client);
  const anew = vi.fn();
  live.join(RECORD, { frame: vi.fn(), anew });
  live.follow(RECORD, "cursor");
  Socket.last.onopen?.();
  await vi.advanceTimersByTimeAsync(9_999);
  expect(anew).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await vi.dynamicImportSettled();
  await vi.waitFor(() => expect(anew).toHaveBeenCalledTimes(1));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(Socket.all).toHaveLength(2);
});

it("goes a detour after three failures in a row, and leaves it when a socket holds", async () => {
  const live = new Live(client);
  const anew = vi.fn();
  live.join(RECORD, { frame: vi.fn(), anew, lost: vi.fn() });
  live.follow(RECORD, "c 1");
  for (const pause of [500, 1_000]) {
    Socket.last.onclose?.();
    await vi.advanceTimersByTimeAsync(pause);
  }
  expect(anew).not.toHaveBeenCalled();
  Socket.last.onclose?.();
  await vi.dynamicImportSettled();
  await vi.waitFor(() => expect(anew).toHaveBeenCalledTimes(1));
  await vi.advanceTimersByTimeAsync(250);
  expect(requests).toEqual(["https://apropos.example/v1/stream?record=invoice%3A1&after=c+1"]);

  await vi.advanceTimersByTimeAsync(1_750);
  Socket.last.hear({ authenticated: true });
  const asked = [requests.length, anew.mock.calls.length];
  await vi.advanceTimersByTimeAsync(40_000);
  expect([requests.length, anew.mock.calls.length]).toEqual(asked);
  expect(Socket.all).toHaveLength(4);
});

it("says that the service answers as soon as a socket holds, though nobody asked it anything", () => {
  const { live } = listening();
  live.connected.on((holds) => holds || reachable.set(false));
  Socket.last.onclose?.();
  expect(reachable.value).toBe(false);
  vi.advanceTimersByTime(1_000);
  expect(reachable.value).toBe(false);
  Socket.last.hear({ authenticated: true });
  expect(reachable.value).toBe(true);
});
