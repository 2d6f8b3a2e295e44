import { describe, expect, test } from "vitest";
import { grouped, inOrder } from "../src/inbox/rows";
import { laters } from "../src/later";
import type { Entry, Reason } from "../src/wire";

const entry = (id: string, ...reasons: Reason["reason"][]) =>
  ({ thread: { id }, reasons: reasons.map((reason) => ({ reason })), waiting_since: null }) as unknown as Entry;

describe("the inbox", () => {
  const all = [entry("a", "reply"), entry("b", "asked", "mention"), entry("c", "came_of_it"), entry("d", "due")];

  test("puts what is mine to do first and what came of it last", () => {
    expect(grouped(all, "for-you").map(({ name, entries }) => [name, entries.map((each) => each.thread.id)])).toEqual([
      ["move", ["b", "d"]],
      ["news", ["a"]],
      ["outcome", ["c"]],
    ]);
    expect(inOrder(all, "for-you").map((each) => each.thread.id)).toEqual(["b", "d", "a", "c"]);
  });

  test("leaves other shelves as the service ordered them, and says nothing of none", () => {
    expect(grouped(all, "followed")).toEqual([{ name: null, entries: all }]);
    expect(grouped([], "done")).toEqual([]);
  });

  test("offers later today only while that is today", () => {
    const names = (now: string) => laters(new Date(now)).map((each) => each.name);
    expect(names("2026-11-25T20:59:00")).toEqual(["later_today", "tomorrow", "next_week"]);
    expect(names("2026-11-25T21:09:00")).toEqual(["tomorrow", "next_week"]);
  });

  test.each([
    ["2026-11-25T10:00:00", "2026-11-30"],
    ["2026-11-29T10:00:00", "2026-11-30"],
    ["2026-11-30T10:00:00", "2026-12-07"],
  ])("next week, said on %s, is the Monday %s at nine", (now, monday) => {
    const until = laters(new Date(now)).find((each) => each.name === "next_week")?.until as Date;
    expect([until.getDay(), until.getHours()]).toEqual([1, 9]);
    expect(until.toDateString()).toBe(new Date(`${monday}T12:00:00`).toDateString());
  });
});
