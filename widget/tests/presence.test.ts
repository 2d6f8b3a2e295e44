// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Listener } from "../src/live";
import { companyAt } from "../src/parts/presence/company";
import { seatOf } from "../src/parts/presence/seat";
import type { Session } from "../src/session";
import { Signal } from "../src/signal";

const RECORD = "order:1";
const PLACE = { record: RECORD, field: "a" };
const said: unknown[] = [];
let session: Session;
let listener: Listener | undefined;
let connected: Signal<boolean>;
const leave: (() => void)[] = [];

const person = (id: string) => ({ id, name: id, guest: false, field: null });
const typing = (id: string, thread_id = "thr_1") => ({ typing: { record: RECORD, thread_id, person: person(id) } });
const present = (...ids: string[]) => ({ presence: { record: RECORD, people: ids.map(person) } });
const hidden = (isHidden: boolean) => {
  vi.spyOn(document, "hidden", "get").mockReturnValue(isHidden);
  document.dispatchEvent(new Event("visibilitychange"));
};

beforeEach(() => {
  vi.useFakeTimers();
  said.length = 0;
  connected = new Signal(true);
  const live = {
    connected,
    join: (_: string, given: Listener) => {
      listener = given;
      return () => {
        listener = undefined;
      };
    },
    follow: () => undefined,
    say: (frame: unknown) => said.push(frame),
  };
  session = { live, client: { person: "me" } } as unknown as Session;
});
afterEach(() => {
  for (const each of leave.splice(0)) each();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function company() {
  const found = companyAt(session, RECORD);
  leave.push(found.enter());
  const names = () => found.people.value.map(({ id }) => id);
  const writers = () => found.writers.value.map(({ person, thread }) => `${person.id} ${thread}`);
  return { names, writers };
}

it("knows who else is there, and nobody once the connection is gone", () => {
  const { names } = company();
  listener?.whisper?.(present("ada", "me", "bo"));
  expect(names()).toEqual(["ada", "bo"]);
  connected.set(false);
  expect(names()).toEqual([]);
});

it("knows who writes until five seconds of silence", () => {
  const { writers } = company();
  listener?.whisper?.(typing("ada"));
  vi.advanceTimersByTime(3_000);
  listener?.whisper?.(typing("bo"));
  listener?.whisper?.(typing("ada", "thr_2"));
  vi.advanceTimersByTime(1_999);
  expect(writers()).toEqual(["ada thr_1", "bo thr_1", "ada thr_2"]);
  listener?.whisper?.(typing("bo"));
  expect(writers()).toEqual(["ada thr_1", "bo thr_1", "ada thr_2"]);
  vi.advanceTimersByTime(1);
  expect(writers()).toEqual(["bo thr_1", "ada thr_2"]);
  vi.advanceTimersByTime(3_000);
  expect(writers()).toEqual(["bo thr_1"]);
  vi.advanceTimersByTime(2_000);
  expect(writers()).toEqual([]);
});

it("lets nobody write any more whose message came, or who went", () => {
  const { writers } = company();
  listener?.whisper?.(present("ada", "bo"));
  for (const each of [typing("ada"), typing("bo"), typing("guest")]) listener?.whisper?.(each);
  const frame = { type: "comment.posted", thread_id: "thr_1", actor: person("ada") };
  listener?.frame?.(frame as never);
  expect(writers()).toEqual(["bo thr_1", "guest thr_1"]);
  listener?.whisper?.(present("ada"));
  expect(writers()).toEqual(["guest thr_1"]);
});

it("listens once, however many parts show it, and no more when none does", () => {
  const found = companyAt(session, RECORD);
  const [first, second] = [found.enter(), found.enter()];
  first();
  expect(listener).toBeDefined();
  second();
  expect(listener).toBeUndefined();
});

it("says where one is, that one moved, and that one went, once each", () => {
  const seat = seatOf(session);
  const end = seat.take(PLACE);
  vi.advanceTimersByTime(10_000);
  const other = seat.take({ record: RECORD, field: "b" });
  end();
  vi.advanceTimersByTime(10_000);
  other();
  vi.advanceTimersByTime(10_000);
  expect(said).toEqual([{ present: PLACE }, { present: { ...PLACE, field: "b" } }, { present: null }]);
});

it("says nothing of a place that was left at once for another like it", () => {
  const seat = seatOf(session);
  const end = seat.take(PLACE);
  vi.advanceTimersByTime(500);
  end();
  leave.push(seat.take({ ...PLACE }));
  vi.advanceTimersByTime(500);
  expect(said).toEqual([{ present: PLACE }]);
});

it("is nowhere while the page is hidden", () => {
  leave.push(seatOf(session).take(PLACE));
  vi.advanceTimersByTime(500);
  hidden(true);
  vi.advanceTimersByTime(500);
  hidden(false);
  vi.advanceTimersByTime(500);
  expect(said).toEqual([{ present: PLACE }, { present: null }, { present: PLACE }]);
});

it("says that the page is hidden though it never said where one is: that was said before it came", () => {
  const seat = seatOf(session);
  const end = seat.take(PLACE);
  hidden(true);
  vi.advanceTimersByTime(500);
  expect(said).toEqual([{ present: null }]);
  end();
  vi.advanceTimersByTime(500);
  leave.push(seat.take(PLACE));
  vi.advanceTimersByTime(500);
  expect(said).toEqual([{ present: null }, { present: null }]);
});

it("is nowhere once nobody touched the page for five minutes, until somebody does", () => {
  leave.push(seatOf(session).take(PLACE));
  vi.advanceTimersByTime(200_000);
  dispatchEvent(new Event("pointermove"));
  vi.advanceTimersByTime(299_999);
  expect(said).toEqual([{ present: PLACE }]);
  vi.advanceTimersByTime(501);
  expect(said).toEqual([{ present: PLACE }, { present: null }]);
  vi.advanceTimersByTime(900_000);
  dispatchEvent(new Event("keydown"));
  vi.advanceTimersByTime(500);
  expect(said).toEqual([{ present: PLACE }, { present: null }, { present: PLACE }]);
});

it("says it again on a new connection, once the record is listened to there", () => {
  company();
  leave.push(seatOf(session).take(PLACE));
  vi.advanceTimersByTime(500);
  connected.set(false);
  hidden(false);
  vi.advanceTimersByTime(500);
  connected.set(true);
  listener?.whisper?.({ subscribed: { record: RECORD, cursor: "c" } });
  vi.advanceTimersByTime(500);
  expect(said).toEqual([{ present: PLACE }, { present: PLACE }]);
});

it("says at most every three seconds that one writes in a discussion", () => {
  const seat = seatOf(session);
  for (let at = 0; at < 70; at++) {
    seat.write("thr_1");
    vi.advanceTimersByTime(100);
  }
  seat.write("thr_2");
  expect(said.map((each) => (each as ReturnType<typeof typing>).typing.thread_id)).toEqual([
    "thr_1",
    "thr_1",
    "thr_1",
    "thr_2",
  ]);
});
