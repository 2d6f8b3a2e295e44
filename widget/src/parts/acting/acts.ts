/**
 * What people do with messages and discussions.
 *
 * Law: it shows at once; when the service refuses, it shows as it was, and why is said.
 */
import { reacted, seen, withChanged, withComment, withThread, withViewer } from "../../changes";
import type { Problem } from "../../client";
import { copy } from "../../copying";
import { clockOf } from "../../later";
import { type Letter, outboxOf } from "../../outbox";
import type { Comment, Field, People, Thread, Visibility, Watching } from "../../wire";
import type { Here } from "../here";
import { EMOJI, has } from "../news/emoji";
import type { Talk } from "../talk";
import { reason } from "./reason";
import { addTask } from "./settling";
import type { Writing } from "./writing";

export type Method = "PUT" | "POST" | "DELETE";

/** The last change that was sent of each comment. */
const underway = new Map<string, Promise<unknown>>();

export function see(here: Here, talk: Talk, comment: Comment): void {
  const me = talk.conversation.me ?? "";
  const isOn = !comment.seen_by.includes(me);
  const work = change(here, comment, (now) => seen(now, me, isOn), isOn ? "PUT" : "DELETE", "/seen");
  attempt(here, talk, work);
  offerUndo(here, talk, isOn && here.say("seen_done"), comment, see);
}

export function react(here: Here, talk: Talk, comment: Comment, emoji: string): void {
  const me = talk.conversation.me ?? "";
  const isOn = !has(comment, emoji, me);
  const path = `/reactions/${encodeURIComponent(emoji)}`;
  const step = (now: Comment) => reacted(now, emoji, me, isOn);
  attempt(here, talk, change(here, comment, step, isOn ? "PUT" : "DELETE", path));
  const undo = (there: Here, then: Talk, now: Comment) => react(there, then, now, emoji);
  offerUndo(here, talk, isOn && emoji === EMOJI.agree && here.say("agree_done"), comment, undo);
}

export function withdraw(here: Here, talk: Talk, comment: Comment): void {
  const step = (now: Comment) => ({ ...now, withdrawn_at: new Date().toISOString(), nodes: [] });
  attempt(here, talk, change(here, comment, step, "DELETE", ""));
  talk.change({ deleted: [...(talk.doing.deleted ?? []), comment.id] });
  focusOn(here, comment);
}

/** Takes away what somebody else wrote. Throws `Problem`. */
export async function remove(here: Here, talk: Talk, comment: Comment, reason: string): Promise<void> {
  const gone = { withdrawn_at: new Date().toISOString(), nodes: [], removed: { by: talk.conversation.me, reason } };
  await change(here, comment, (now) => ({ ...now, ...gone }), "DELETE", "", undefined, reason ? { reason } : {});
  talk.change({ deleted: [...(talk.doing.deleted ?? []), comment.id] });
  focusOn(here, comment);
}

export function restore(here: Here, talk: Talk, comment: Comment): void {
  attempt(
    here,
    talk,
    change(here, comment, (now) => now, "POST", "/restore"),
  );
  focusOn(here, comment);
}

/** Takes a message's new text. Returns null or, where it says no longer what `known` says, what it is now. Throws `Problem`. */
export async function edit(here: Here, known: Comment, body: string): Promise<Comment | null> {
  const { session, store } = here;
  const path = `/v1/comments/${known.id}`;
  const take = (told: Comment) => store.change((now) => withComment(now, told));
  try {
    take(await session.client.send<Comment>("PATCH", path, { body }, {}, known.version));
    return null;
  } catch (raised) {
    const { status, document } = raised as Problem;
    if (status !== 412) throw raised;
    const now = document.current as Comment;
    take(now);
    if (now.body === body) return null;
    return now.body === known.body ? edit(here, now, body) : now;
  }
}

export function watch(here: Here, talk: Talk, level: Watching): void {
  const { thread } = talk;
  const end = here.store.hope((now) => withViewer(now, thread.id, { watching: level }));
  attempt(here, talk, changeThread(here, thread, "PUT", "/watch", { level }).finally(end));
}

/** End a discussion with what it came to, in a line and perhaps a value. Throws `Problem`. */
export async function resolve(
  here: Here,
  { thread, change }: Talk,
  summary: string,
  value?: Field["value"],
): Promise<void> {
  await changeThread(here, thread, "PUT", "/resolution", { summary, value });
  change({ hasClosed: true });
  here.emit("apropos-resolved", { thread: thread.id, summary });
}

export function reopen(here: Here, { thread }: Talk, reason: string): Promise<void> {
  return changeThread(here, thread, "DELETE", "/resolution", undefined, reason ? { reason } : {});
}

export interface Sight {
  visibility: Visibility;
  members?: string[] | undefined;
  /** Who will newly see it, as the service said. */
  confirm?: string[] | undefined;
}

/** Change who sees a discussion. Throws `Problem`, also to say who would newly see it. */
export function show(here: Here, { thread }: Talk, sight: Sight): Promise<void> {
  return changeThread(here, thread, "PUT", "/visibility", sight);
}

export function archive(here: Here, talk: Talk): void {
  attempt(here, talk, changeThread(here, talk.thread, "PUT", "/archive"));
}

/** Send what was written in a discussion. */
export function send(here: Here, talk: Talk, writing: Writing): void {
  const { kind, body } = writing.state.value;
  if (kind === "action") {
    attempt(
      here,
      talk,
      addTask(here, talk, { id: writing.task, text: body.trim() }).then(() => writing.clear("comment", body)),
    );
    return;
  }
  post(here, { ...writing.letter, record: talk.thread.record, quote_id: talk.doing.quoting?.id ?? null });
  writing.clear("comment");
  talk.change({ quoting: undefined });
}

/** Send a letter, and tell of it. Returns the thread it goes to, and whether it arrived. */
export function post(here: Here, letter: Letter) {
  const posted = outboxOf(here.session.client).send(letter);
  report(here, posted.thread, posted.sent);
  return posted;
}

/** Say what became of something that is sent to a thread. */
export async function report(here: Here, thread: string, sent: Promise<boolean>): Promise<void> {
  if (await sent) {
    here.tell(here.say("sent"));
    here.emit("apropos-posted", { thread });
  } else if (navigator.onLine) here.tell(here.say("not_sent_alert"), "alert");
}

/** Put the focus on a message, once it stands there. */
export function focusOn({ root }: Here, { id }: Pick<Comment, "id">): void {
  setTimeout(() => root.querySelector<HTMLElement>(`[data-id="${id}"]`)?.focus());
}

export function copyLink(here: Here, talk: Talk): void {
  const link = `${here.session.client.endpoint}/t/${talk.thread.id}`;
  const text = here.say("link_copied");
  copy(link, () => {
    talk.change({ done: { text } });
    here.tell(text);
  });
}

export function attempt(here: Here, talk: Talk, work: Promise<unknown>): void {
  talk.change({ problem: undefined });
  work.catch((problem: Problem) => {
    talk.change({ problem, done: undefined });
    here.tell(here.say("not_done", { reason: reason(here, problem) }), "alert");
  });
}

/** Change a comment by what the service answers at `path`, one change after the other; until then it shows as `step` says. */
export async function change(
  { store, session }: Here,
  comment: Comment,
  step: (now: Comment) => Comment,
  method: Method,
  path: string,
  body?: unknown,
  query = {},
): Promise<void> {
  const { id } = comment;
  const end = store.hope((now) => withChanged(now, comment, step));
  const send = () => session.client.send<Comment>(method, `/v1/comments/${id}${path}`, body, query);
  const sent = (underway.get(id) ?? Promise.resolve()).then(send, send);
  underway.set(id, sent);
  try {
    const told = await sent;
    store.change((now) => withComment(now, told));
  } finally {
    end();
  }
}

async function changeThread(
  { store, session }: Here,
  { id, record }: Thread,
  method: Method,
  path: string,
  body?: unknown,
  query = {},
): Promise<void> {
  type Told = Thread & { people: People };
  const told = await session.client.send<Told>(method, `/v1/threads/${id}${path}`, body, query);
  store.change((now) => withThread(now, told, told.people));
  session.counts.refresh(record);
}

/** Leave oneself alone with a discussion until then; undone, one is asked back after that has been said. */
export function putOff(here: Here, talk: Talk, until: Date): void {
  const { client } = here.session;
  const put = (at: Date | null) => client.send("PUT", `/v1/inbox/${talk.thread.id}/snooze`, { until: at });
  const sent = put(until);
  attempt(here, talk, sent);
  const text = here.say("snoozed", { date: clockOf(until, here.locale) });
  talk.change({
    done: {
      text,
      undo: () =>
        attempt(
          here,
          talk,
          sent.then(() => put(null)),
        ),
    },
  });
  here.tell(text);
}

/** For ten seconds, say what was done with a way to undo it; pressing again undoes it too. */
function offerUndo(
  here: Here,
  talk: Talk,
  text: string | false,
  { id }: Comment,
  undo: (here: Here, talk: Talk, comment: Comment) => void,
): void {
  const now = () => {
    const thread = here.store.state.value.conversation?.threads.find((each) => each.id === talk.thread.id);
    const comment = thread?.comments.find((each) => each.id === id);
    if (thread && comment) undo(here, { ...talk, thread }, comment);
  };
  talk.change({ done: text ? { text, undo: now } : undefined });
  if (text) here.tell(text);
}
