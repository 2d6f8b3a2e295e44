/**
 * What the service told pages, recorded by `tests/laws/test_replay.py`, played again: a reading and the frames after
 * it make the later reading.
 *
 * APROPOS_KEEP_HISTORIES names a folder with more of them (`make histories`).
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { advance } from "../src/advance";
import { type Conversation, opened } from "../src/conversation";
import { caughtUp } from "../src/parts/news/reading";
import type { Answer, Comment, Frame, Thread } from "../src/wire";

type Step = { reading: Answer } | { frame: Frame } | { read: { thread_id: string; seq: number } };
interface Recording {
  /** Threads where the viewer chose how much to hear; of others, no frame tells. */
  chosen: string[];
  steps: Step[];
  later: Answer;
}

const LAST = 20;
const FIRST = 2;
const frames = new URL("../../tests/laws/frames/", import.meta.url).pathname;
const folders = [frames, process.env.APROPOS_KEEP_HISTORIES].filter((folder) => folder !== undefined);
const files = folders.flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`));

function recorded(file: string): Recording {
  return JSON.parse(readFileSync(file, "utf8"));
}

describe.each(files)("%s", (file) => {
  it("comes to the later reading", () => {
    const { chosen, steps, later } = recorded(file);
    const now = steps.reduce(play, null) as Conversation;
    expect(common(now, chosen)).toEqual(common(opened(later, null), chosen));
    expect(Object.keys(now.people)).toEqual(expect.arrayContaining(Object.keys(later.people)));
  });

  it("does not mind being told twice", () => {
    const { chosen, steps } = recorded(file);
    const once = steps.reduce(play, null) as Conversation;
    const twice = steps.reduce(
      (now, step) => ("frame" in step ? play(play(now, step), step) : play(now, step)),
      null as Conversation | null,
    );
    expect(common(twice as Conversation, chosen)).toEqual(common(once, chosen));
  });
});

function play(now: Conversation | null, step: Step): Conversation | null {
  if ("reading" in step) return opened(step.reading, null);
  if (!now) throw new Error("a recording begins with a reading");
  return "frame" in step ? advance(now, step.frame) : caughtUp(now, step.read.thread_id, step.read.seq);
}

/** What a page and a reading must have in common. */
function common(conversation: Conversation, chosen: string[]) {
  const { record, threads, me, can } = conversation;
  return { record: { ...record, id: null }, me, can, threads: threads.map((thread) => shown(thread, chosen)) };
}

function shown(thread: Thread, chosen: string[]) {
  const { comments, highlights = [], viewer, ...rest } = thread;
  const known = [...highlights, ...comments];
  const kept = new Set([
    ...known.filter((each) => each.answer_id || each.decision?.state === "recorded").map((each) => each.id),
    ...known.filter((each) => !each.withdrawn_at).map((each) => each.answer_id),
  ]);
  const earlier = [...highlights, ...comments.slice(0, -LAST)];
  const inSight = (each: Comment) => each.seq === FIRST || (kept.has(each.id) && !each.withdrawn_at);
  const can = viewer.can.toSorted();
  return {
    ...rest,
    comments: comments.slice(-LAST),
    highlights: earlier.filter(inSight),
    viewer: { ...viewer, can, watching: chosen.includes(thread.id) ? viewer.watching : null },
  };
}
