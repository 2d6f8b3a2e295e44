/**
 * How what is said on a record changes as frames arrive. Pure.
 *
 * Law: a reading and the frames after its cursor make the later reading; a frame told twice changes nothing.
 */
import { withAction, withOne, withPeople } from "./amend";
import type { Conversation } from "./conversation";
import type { Change, Comment, Frame, Subject, Thread, Viewer } from "./wire";

/** The conversation after `frame`. */
export function advance(now: Conversation, frame: Frame): Conversation {
  if (frame.type.startsWith("record.")) return frame.data.record ? withRecord(now, frame, frame.data.record) : now;
  const known = now.threads.find((thread) => thread.id === frame.thread_id);
  if (known ? frame.seq <= known.seq : frame.type !== "thread.opened") return now;
  const told = frame.data.thread;
  if (!told) return known ? { ...now, threads: now.threads.filter((thread) => thread !== known) } : now;
  if (!known && !isInside(told.field, now.field)) return now;
  const before = known ?? { viewer: NEVER_SEEN, comments: [], highlights: [], actions: [], changes: [] };
  const { comment, answer, action } = frame.data;
  const said = comment ? withOne(before.comments, comment, !known || isNew(frame)) : before.comments;
  const comments = answer ? withOne(said, answer, false) : said;
  const earlier = [comment, answer].filter((each) => each && !comments.some(({ id }) => id === each.id)) as Comment[];
  const thread: Thread = {
    ...told,
    seq: frame.seq,
    comments,
    highlights: earlier.reduce((have, one) => withOne(have, one, true), before.highlights ?? []),
    actions: action ? withAction(before.actions, action) : before.actions,
    changes: before.changes,
    viewer: { ...viewerAfter(before.viewer, frame, now.me), can: canDo(now, told) },
  };
  const threads = known ? now.threads.map((each) => (each === known ? thread : each)) : [thread, ...now.threads];
  return { ...now, threads: threads.sort(newestFirst), people: withPeople(now.people, frame.data.people) };
}

function withRecord(now: Conversation, frame: Frame, record: Subject): Conversation {
  if ((record.version ?? 0) < (now.record.version ?? 0)) return now;
  const threads = now.threads.map((thread) => ({
    ...thread,
    record: record.record,
    value_now: thread.field ? (record.fields[thread.field] ?? null) : thread.value_now,
    changes: withLine(thread.changes ?? [], frame, frame.data.changes?.[thread.field ?? ""]),
  }));
  return { ...now, record, threads };
}

/** What became of a value, with one more line: the last 50 are kept. */
function withLine(lines: Change[], frame: Frame, change?: Pick<Change, "before" | "after">): Change[] {
  if (!change || lines.some((each) => each.at === frame.timestamp && each.after?.value === change.after?.value))
    return lines;
  return [...lines, { at: frame.timestamp, by: frame.actor?.id ?? null, ...change }].slice(-50);
}

function viewerAfter(viewer: Viewer, frame: Frame, me: string | null): Viewer {
  const { comment, person_id, level, again } = frame.data;
  if (frame.type === "watch.changed" && person_id === me && level) return { ...viewer, watching: level };
  const by = WAITS[frame.type];
  if (!comment || !by || again) return viewer;
  if (comment.author === me) return isNew(frame) && viewer.unread === 0 ? { ...viewer, read_seq: comment.seq } : viewer;
  return comment.seq > viewer.read_seq ? { ...viewer, unread: Math.max(0, viewer.unread + by) } : viewer;
}

/** What may be done with a thread as it stands, by somebody who may do `can` with its record. */
function canDo({ can, me }: Conversation, told: Omit<Thread, "comments" | "viewer">): string[] {
  const writes = can.includes("comment") || can.includes("reopen");
  const narrows = can.includes("widen") || (writes && me && [told.opened_by, told.sponsor].includes(me));
  return can
    .filter((act) => !CHANGING.includes(act))
    .concat(writes ? (told.status === "open" ? WHILE_OPEN : "reopen") : [], narrows ? "narrow" : []);
}

const WAITS: Record<string, number> = { "comment.posted": 1, "comment.restored": 1, "comment.withdrawn": -1 };
const WHILE_OPEN = ["comment", "change", "resolve", "archive"];
const CHANGING = [...WHILE_OPEN, "reopen", "narrow", "internal"];
const NEVER_SEEN: Viewer = { unread: 0, watching: "mentions", can: [], read_seq: 0 };
const isNew = (frame: Frame) => frame.type === "comment.posted";
const newestFirst = (one: Thread, other: Thread) =>
  one.opened_at === other.opened_at ? (one.id < other.id ? 1 : -1) : one.opened_at < other.opened_at ? 1 : -1;
const isInside = (field: string | null, wanted: string | null) =>
  !wanted || field === wanted || !!field?.startsWith(`${wanted}/`);
