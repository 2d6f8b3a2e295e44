// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Client } from "../src/client";
import { Live } from "../src/live";

class Socket {
  static all: Socket[] = [];
  onopen?: () => void;
  onmessage?: (message: { data: string }) => void;
  onclose?: () => void;
  constructor() {
    Socket.all.push(this);
  }
  send() {}
  close() {}
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

it("comes again when the service that stops said to, and not before", async () => {
  new Live(client).follow("invoice:1", "cursor");
  const [first] = Socket.all;
  first?.onmessage?.({ data: JSON.stringify({ authenticated: true }) });
  first?.onmessage?.({ data: JSON.stringify({ retry: 4_321 }) });
  first?.onclose?.();

  await vi.advanceTimersByTimeAsync(4_320);
  expect(Socket.all).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(Socket.all).toHaveLength(2);
});

it("comes again soon after a break that nobody announced", async () => {
  new Live(client).follow("invoice:1", "cursor");
  Socket.all[0]?.onclose?.();

  await vi.advanceTimersByTimeAsync(750);
  expect(Socket.all).toHaveLength(2);
});
