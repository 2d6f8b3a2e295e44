// @vitest-environment happy-dom
import { expect, it, vi } from "vitest";
import type { Listener } from "../src/live";
import type { Session } from "../src/session";
import { Store } from "../src/store";

const RECORD = "invoice:1";

function reading(can: string[]) {
  const viewer = { person_id: "ada", can };
  return {
    record: { record: RECORD, fields: {}, version: 1 },
    threads: [],
    people: {},
    viewer,
    cursor: "c",
    next: null,
  };
}

it("reads anew where something else may be done than when it was read, and not where it may not", async () => {
  const joined: Listener[] = [];
  const answers = [["read"], ["read", "comment"]];
  const get = vi.fn(async () => ({ data: reading(answers[get.mock.calls.length - 1] ?? []), etag: "e", same: false }));
  const live = { join: (_: string, listener: Listener) => joined.push(listener), follow: vi.fn() };
  const store = new Store({ client: { get }, live } as unknown as Session, { record: RECORD, field: null });
  const say = (can: string[]) => joined[0]?.whisper?.({ subscribed: { record: RECORD, cursor: "c", can } });
  const may = () => store.state.value.conversation?.can;

  await vi.waitFor(() => expect(may()).toEqual(["read"]));
  say(["read"]);
  expect(get).toHaveBeenCalledOnce();
  say(["read", "comment"]);
  await vi.waitFor(() => expect(may()).toEqual(["read", "comment"]));
  expect(get).toHaveBeenCalledTimes(2);
});
