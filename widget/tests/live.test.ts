// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Client } from "../src/client";
import { Live } from "../src/live";

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

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Socket);
  Socket.all = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const client = { endpoint: "https://apropos.example", token: async () => "t", remaining: 60_000 } as unknown as Client;
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
