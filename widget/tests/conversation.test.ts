import { describe, expect, it } from "vitest";
import { advance } from "../src/advance";
import { reacted, withComment, withThread } from "../src/changes";
import { type Conversation, opened } from "../src/conversation";
import { withEarlier } from "../src/parts/folding/earlier";
import type { Answer, Comment, Frame, Thread } from "../src/wire";

const viewer = { unread: 0, watching: "mentions" as const, can: ["read", "comment"], read_seq: 2 };
const comment = (seq: number, more: Partial<Comment> = {}): Comment => ({
  id: `cmt_${seq}`,
  thread_id: "thr_1",
  kind: "comment",
  author: "tomasz",
  body: `said ${seq}`,
  nodes: [`said ${seq}`],
  quote_id: null,
  reactions: [],
  seen_by: [],
  value_then: null,
  posted_at: "2026-11-24T09:00:00.000Z",
  edited_at: null,
  withdrawn_at: null,
  seq,
  version: 1,
  ...more,
});
const thread = (more: Partial<Thread> = {}): Thread => ({
  id: "thr_1",
  record: "opportunity:7",
  field: "q3/vt-400",
  title: null,
  status: "open",
  visibility: "internal",
  goal: null,
  sponsor: null,
  due_at: null,
  steps: { asked: true, answered: false, decided: false, actions_done: 0, actions: 0 },
  value_then: { value: 1 },
  value_now: { value: 1 },
  outcome: null,
  opened_by: "ines",
  opened_at: "",
  last_activity_at: "",
  comment_count: 1,
  participants: [],
  seq: 2,
  version: 1,
  viewer,
  comments: [comment(2, { author: "ines" })],
  ...more,
});
const start = (more: Partial<Answer> = {}): Conversation =>
  opened(
    {
      record: { record: "opportunity:7", fields: {}, version: 1 },
      threads: [thread()],
      people: {},
      viewer: { person_id: "ines", can: ["comment"] },
      cursor: "",
      next: null,
      ...more,
    },
    null,
  );
const frame = (type: string, seq: number, data: Partial<Frame["data"]> = {}, thread_id = "thr_1"): Frame => {
  const { viewer: _, comments: __, ...told } = thread({ id: thread_id, seq: 99 });
  const timestamp = "2026-11-24T09:00:00.000Z";
  return { type, timestamp, record: "opportunity:7", thread_id, actor: null, seq, data: { thread: told, ...data } };
};
const only = (conversation: Conversation) => conversation.threads[0] as Thread;

describe("a conversation", () => {
  it("takes a new comment, and counts it as unread when somebody else wrote it", () => {
    const after = advance(start(), frame("comment.posted", 3, { comment: comment(3) }));
    expect(only(after).comments.map((each) => each.id)).toEqual(["cmt_2", "cmt_3"]);
    expect(only(after)).toMatchObject({ seq: 3, viewer: { unread: 1 } });
    const mine = advance(start(), frame("comment.posted", 3, { comment: comment(3, { author: "ines" }) }));
    expect(only(mine).viewer.unread).toBe(0);
  });

  it("is not changed by a frame told twice", () => {
    const once = advance(start(), frame("comment.posted", 3, { comment: comment(3) }));
    expect(advance(once, frame("comment.posted", 3, { comment: comment(3) }))).toBe(once);
    expect(advance(once, frame("comment.edited", 2, { comment: comment(2, { body: "old" }) }))).toBe(once);
  });

  it("has a message once, whether the answer or the frame comes first", () => {
    const told = frame("comment.posted", 3, { comment: comment(3) });
    const answerFirst = advance(withComment(start(), comment(3)), told);
    const frameFirst = withComment(advance(start(), told), comment(3));
    expect(only(answerFirst).comments).toEqual(only(frameFirst).comments);
    expect(only(frameFirst).comments).toHaveLength(2);
  });

  it("still hears what was on its way when an answer about the thread came", () => {
    const resolved = withThread(start(), thread({ status: "resolved", seq: 9 }));
    expect(only(resolved)).toMatchObject({ status: "resolved", seq: 2 });
    expect(only(advance(resolved, frame("comment.posted", 3, { comment: comment(3) }))).comments).toHaveLength(2);
  });

  it("ignores changes to comments that were not loaded", () => {
    const after = advance(start(), frame("comment.edited", 3, { comment: comment(1) }));
    expect(only(after).comments.map((each) => each.id)).toEqual(["cmt_2"]);
  });

  it("keeps the newer of two versions", () => {
    const newer = withComment(start(), comment(2, { version: 3, body: "third" }));
    expect(only(withComment(newer, comment(2, { version: 2, body: "second" }))).comments[0]?.body).toBe("third");
  });

  it("unfolds earlier comments in order and once", () => {
    const after = withEarlier(start(), "thr_1", [comment(0), comment(1), comment(2)], {});
    expect(only(after).comments.map((each) => each.seq)).toEqual([0, 1, 2]);
  });

  it("takes a discussion that begins here, and none that begins on another field", () => {
    const begun = frame("thread.opened", 1, { comment: comment(2, { thread_id: "thr_2" }) }, "thr_2");
    expect(advance(start(), begun).threads.map((each) => each.id)).toEqual(["thr_2", "thr_1"]);
    expect(advance({ ...start(), field: "q4" }, begun).threads).toHaveLength(1);
    expect(advance({ ...start(), field: "q3" }, begun).threads).toHaveLength(2);
  });

  it("counts the message that began a discussion once", () => {
    const first = comment(2, { id: "cmt_first", thread_id: "thr_2" });
    const begun = advance(start(), frame("thread.opened", 1, { comment: first }, "thr_2"));
    const said = advance(begun, frame("comment.posted", 2, { comment: first }, "thr_2"));
    expect(only(said)).toMatchObject({ id: "thr_2", seq: 2, viewer: { unread: 1 } });
    expect(only(said).comments).toHaveLength(1);
  });

  it("forgets a discussion that was erased", () => {
    expect(advance(start(), frame("thread.changed", 3, { thread: null })).threads).toEqual([]);
  });

  it("shows the record's new value in its discussions", () => {
    const record = { record: "opportunity:7", fields: { "q3/vt-400": { value: 2 } }, version: 2 };
    const after = advance(start(), { ...frame("record.described", 1), thread_id: null, data: { record } });
    expect(only(after).value_now).toEqual({ value: 2 });
    expect(
      advance(after, { ...frame("record.described", 1), data: { record: { ...record, fields: {}, version: 1 } } }),
    ).toBe(after);
  });

  it("waits less when somebody takes back what was not read", () => {
    const posted = advance(start(), frame("comment.posted", 3, { comment: comment(3) }));
    const gone = comment(3, { withdrawn_at: "2026-11-24T09:01:00.000Z", version: 2 });
    expect(only(advance(posted, frame("comment.withdrawn", 4, { comment: gone }))).viewer.unread).toBe(0);
    const again = frame("comment.withdrawn", 4, { comment: gone, again: true });
    expect(only(advance(posted, again)).viewer.unread).toBe(1);
  });

  it("follows what I watch in another window, not what others watch", () => {
    const mine = frame("watch.changed", 3, { person_id: "ines", level: "all" });
    const others = frame("watch.changed", 3, { person_id: "tomasz", level: "none" });
    expect(only(advance(start(), mine)).viewer.watching).toBe("all");
    expect(only(advance(start(), others)).viewer.watching).toBe("mentions");
  });
});

describe("a reaction", () => {
  it("is put on once and taken off whole", () => {
    const once = reacted(comment(2), "👍", "ines", true);
    expect(reacted(once, "👍", "ines", true).reactions).toEqual([{ emoji: "👍", people: ["ines"], count: 1 }]);
    expect(reacted(once, "👍", "ines", false).reactions).toEqual([]);
  });
});
