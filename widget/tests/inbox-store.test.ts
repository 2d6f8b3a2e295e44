import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { InboxStore } from "../src/inbox/store";
import type { Session } from "../src/session";
import type { Entry, InboxAnswer } from "../src/wire";

const entry = (unread: boolean) =>
  ({ thread: { id: "thr_1" }, reasons: [], comment: null, unread }) as unknown as Entry;
const page = (...data: Entry[]) => ({
  data: { data, requests: [], next: null, counts: {}, people: {} } as unknown as InboxAnswer,
});

/** A service that answers each look when it is told to. */
function service() {
  const looks: ((answer: { data: InboxAnswer }) => void)[] = [];
  const hear: (() => void)[] = [];
  const client = {
    person: "bo",
    get: vi.fn(() => new Promise<{ data: InboxAnswer }>((answer) => looks.push(answer))),
    send: vi.fn(() => Promise.resolve(null)),
  };
  const live = {
    attend: (listener: () => void) => {
      hear.push(listener);
      return () => hear.splice(0);
    },
  };
  const store = new InboxStore({ client, live } as unknown as Session, "for-you");
  const answer = async (given: { data: InboxAnswer }) => {
    looks.shift()?.(given);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { store, client, hear, looks, answer };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Look anew, and see the one entry before that is answered. */
async function overtaken() {
  const { store, hear, answer, ...rest } = service();
  await answer(page(entry(true)));
  hear[0]?.();
  await vi.advanceTimersByTimeAsync(250);
  await store.see(store.state.value.entries);
  return { store, answer, ...rest };
}

test("what was read before a change does not undo it, and is read once more", async () => {
  const { store, looks, answer } = await overtaken();
  await answer(page(entry(true)));
  expect(store.state.value.entries.map((each) => each.unread)).toEqual([false]);
  await vi.advanceTimersByTimeAsync(250);
  expect(looks).toHaveLength(1);
  await answer(page(entry(false)));
  expect(store.state.value.entries.map((each) => each.unread)).toEqual([false]);
});

test("nothing is read any more once it is closed", async () => {
  const { store, client, answer } = await overtaken();
  store.close();
  await answer(page(entry(true)));
  await vi.advanceTimersByTimeAsync(1000);
  expect(client.get).toHaveBeenCalledTimes(2);
});
