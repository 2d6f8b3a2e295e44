// @vitest-environment happy-dom
/** How much of a discussion is drawn anew when something changes: counted, and seen by which nodes stay. */
import { render } from "preact";
import { beforeEach, expect, it, vi } from "vitest";
import { advance } from "../src/advance";
import { withChanged } from "../src/changes";
import type { Conversation } from "../src/conversation";
import { Feed } from "../src/parts/feed";
import { Folded } from "../src/parts/folding";
import { type Here, HereContext } from "../src/parts/here";
import { type Kits, useActing } from "../src/parts/kits";
import { type Talk, useTalk } from "../src/parts/talk";
import { Signal } from "../src/signal";
import type { Comment, Frame, Thread } from "../src/wire";

const MANY = 60;
const THREAD = "thr_1";
const BEGAN = Date.parse("2026-11-01T10:00:00Z");
const ADA = { id: "ada", name: "Ada", guest: false };

let place: HTMLElement;
let here: Here;
let now: Conversation;
let drawn: string[];
let talk: Talk;

/** A question, so that the kit of details draws its text and can be counted. */
function comment(seq: number, more: Partial<Comment> = {}): Comment {
  const given = { id: `cmt_${seq}`, seq, thread_id: THREAD, author: "ada", kind: "question", body: `Message ${seq}` };
  const rest = { nodes: [["p", {}, `Message ${seq}`]], posted_at: new Date(BEGAN + seq * 60_000).toISOString() };
  const nothing = { reactions: [], seen_by: [], quote_id: null, withdrawn_at: null, answer_id: null, version: 1 };
  return { ...given, ...rest, ...nothing, ...more } as unknown as Comment;
}

const COUNTING = {
  Text: ({ comment: { id, body } }: { comment: Comment }) => {
    drawn.push(id);
    return (
      <p>
        {body}
        <Acting />
      </p>
    );
  },
  called: () => undefined,
  Asks: () => null,
  Echo: () => null,
  Edited: () => null,
  Gone: () => null,
} as unknown as Kits["details"];

/** A part in a message that shows something once one can act. */
function Acting() {
  return useActing() ? <b>can act</b> : null;
}

beforeEach(() => {
  const comments = Array.from({ length: MANY }, (_, at) => comment(at + 1));
  const viewer = { unread: 0, watching: "mentions", can: [], read_seq: MANY };
  const thread = { id: THREAD, seq: MANY, status: "open", opened_at: comments[0]?.posted_at, comments, viewer };
  const threads = [{ ...thread, comment_count: MANY, field: null, value_now: null } as unknown as Thread];
  now = { record: { record: "order:1", fields: {} }, field: null, threads, people: { ada: ADA }, me: "me", can: [] };
  const language = { changed: new Signal(0) };
  here = {
    session: { language, client: { reachable: new Signal(true) } },
    kits: new Signal({ details: COUNTING }),
    asked: new Set(),
    marks: new Signal({}),
    locale: "en-GB",
    say: (word: string) => word,
    tell: () => undefined,
    store: { change: () => undefined },
  } as unknown as Here;
  place = document.createElement("main");
  document.body.replaceChildren(place);
  drawn = [];
  show();
});

function Shown({ conversation }: { conversation: Conversation }) {
  talk = useTalk(conversation.threads[0] as Thread, conversation, () => undefined);
  return <Feed talk={talk} scrolled={() => undefined} />;
}

/** Show what there is now, and return which messages were drawn for it, in order. */
function show(): string[] {
  drawn = [];
  render(
    <HereContext.Provider value={here}>
      <Shown conversation={now} />
    </HereContext.Provider>,
    place,
  );
  return drawn;
}

function hear(more: Partial<Comment>, people = { ada: { ...ADA } }): void {
  const { comments: _, viewer: __, ...told } = now.threads[0] as Thread;
  const said = comment(more.seq ?? MANY + 1, more);
  const type = more.version ? "comment.edited" : "comment.posted";
  const data = { thread: told, comment: said, people };
  now = advance(now, { type, thread_id: THREAD, seq: told.seq + 1, record: "order:1", data } as unknown as Frame);
}

const articles = () => [...place.querySelectorAll("article")];
const told = (id: string) => place.querySelector(`[data-id="${id}"]`)?.textContent;

it("draws all of it once, and none of it for nothing", () => {
  expect(drawn).toHaveLength(MANY);
  now = { ...now, threads: [...now.threads] };
  expect(show()).toEqual([]);
});

it("draws what somebody wrote, and what is not the last any more", () => {
  const before = articles();
  hear({});
  expect(show()).toEqual(["cmt_60", "cmt_61"]);
  expect(articles().slice(0, MANY)).toEqual(before);
});

it("draws the one that was changed, and the one that quotes it", () => {
  hear({ quote_id: "cmt_7" });
  show();
  hear({ seq: 7, version: 2, body: "Changed" });
  expect(show()).toEqual(["cmt_7", "cmt_61"]);
  expect(told("cmt_7")).toContain("Changed");
});

it("draws the one that somebody is about to change here", () => {
  now = withChanged(now, comment(3), (each) => ({ ...each, reactions: [{ emoji: "👍", people: ["me"], count: 1 }] }));
  expect(show()).toEqual(["cmt_3"]);
});

it("draws the one that is about to be edited, and the one that was deleted here", () => {
  talk.change({ editing: "cmt_5" });
  expect(show()).toEqual(["cmt_5"]);
  talk.change({ editing: undefined, deleted: ["cmt_8"] });
  expect(show()).toEqual(["cmt_5", "cmt_8"]);
});

it("lets what is in a message hear for itself of a kit that changes no message", async () => {
  here.kits.set({ ...here.kits.value, acting: { Waiting: () => null, Tools: () => null } as never });
  await vi.waitFor(() => expect(place.querySelectorAll("b")[1]?.textContent).toBeDefined());
  expect(drawn).toHaveLength(MANY);
});

it.each<[string, () => void]>([
  ["somebody's name", () => hear({}, { ada: { ...ADA, name: "Ada L." } })],
  ["the language", () => here.session.language.changed.set(1)],
  ["what one may do", () => (now = { ...now, can: ["comment"] })],
  ["whether it is over", () => changeThread({ status: "resolved" })],
  ["the value that it is about", () => changeThread({ value_now: { value: 3 } })],
  ["what is there to draw it", () => here.kits.set({ ...here.kits.value, files: { Files: () => null } as never })],
])("draws all of it anew when this changes: %s", (_, change) => {
  change();
  expect(show().length).toBeGreaterThanOrEqual(MANY);
});

it("keeps the nodes of what shows when more of the past comes between", async () => {
  here.kits.set({ ...here.kits.value, folding: { Folded } as never });
  show();
  const shown = articles();
  expect(shown).toHaveLength(4);
  drawn = [];
  place.querySelector<HTMLElement>(".ap-fold")?.click();
  await vi.waitFor(() => expect(articles()).toHaveLength(54));
  expect(articles().filter((each) => shown.includes(each))).toEqual(shown);
  expect(drawn).toEqual(Array.from({ length: 50 }, (_, at) => `cmt_${at + 8}`));
});

function changeThread(change: Partial<Thread>): void {
  now = { ...now, threads: [{ ...(now.threads[0] as Thread), ...change }] };
}
