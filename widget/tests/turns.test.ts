/** Work that comes many times at once. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { inTurn } from "../src/turns";

const LONG = 5;
const done: string[] = [];
const work = (name: string) => () => {
  done.push(name);
  vi.setSystemTime(Date.now() + LONG);
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(performance, "now").mockImplementation(() => Date.now());
  done.length = 0;
});
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

it("does at once what is alone", () => {
  inTurn(work("one"));
  expect(done).toEqual(["one"]);
});

it("does a little in a task and the rest in those after it, in its order, and leaves no timer", () => {
  for (const name of "abcdef") inTurn(work(name));
  expect(done.join("")).toBe("ab");
  vi.advanceTimersToNextTimer();
  expect(done.join("")).toBe("abcd");
  vi.runAllTimers();
  expect(done.join("")).toBe("abcdef");
  expect(vi.getTimerCount()).toBe(0);
});

it("does once what is asked for again before its turn", () => {
  const again = work("again");
  for (const each of [work("a"), work("b"), again, again]) inTurn(each);
  vi.runAllTimers();
  expect(done).toEqual(["a", "b", "again"]);
});

it("does in a later task what the work itself asks for while others wait", () => {
  const asks = () => {
    done.push("asks");
    inTurn(work("asked"));
  };
  for (const each of [work("a"), work("b"), asks, work("c")]) inTurn(each);
  vi.runAllTimers();
  expect(done).toEqual(["a", "b", "asks", "c", "asked"]);
});
