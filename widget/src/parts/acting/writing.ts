/** What somebody writes in one composer: kept as it is typed, handed over when it is sent. */
import { type Draft, type DraftKind, Drafts } from "../../drafts";
import { newId } from "../../ids";
import { likesOf, sends } from "../../liking";
import { written as coded, type Picked, sought } from "../../mentions";
import { Signal } from "../../signal";
import type { Upload } from "../../upload";
import type { Comment, Field } from "../../wire";
import type { Here } from "../here";
import { fetchKit } from "../kits";
import type { Talk } from "../talk";

const PAUSE = 400;
const MINE = 15 * 60_000;
const LIMIT = { comment: 10_000, question: 10_000, decision: 10_000, action: 500 };
/** What to type after a slash for which kind. */
export const LETTERS = { c: "comment", q: "question", d: "decision", a: "action" } as const;

export interface Written extends Draft {
  isSaved: boolean;
  /** What keeps it from being sent, where it is too long. */
  excess: string;
  isReady: boolean;
}

/** A key or a press that came before this was there, and what was written then. */
export type Early = [pressed: KeyboardEvent | MouseEvent, text: string];

export class Writing {
  readonly state: Signal<Written>;
  readonly drafts: Drafts;
  /** Where it is typed, once somebody minds it. */
  field: HTMLTextAreaElement | null = null;
  /** The files that go with it. */
  readonly uploads = new Signal<Upload[]>([]);
  /** Who is mentioned and cannot see it, by id. */
  readonly blind = new Signal<string[]>([]);
  /** The discussion that is written in; null where one begins. */
  readonly thread: string | null;
  /** The id of what is to be done, so that pressing twice adds it once. */
  task = newId("act");
  /** What the record said when the first letter was typed; undefined while there is none. */
  began: Field | null | undefined;
  /** Whether it was said that this draft is kept. */
  #isTold = false;
  #here: Here;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `place` is where its draft is kept. */
  constructor(here: Here, thread: string | null, place: string) {
    this.#here = here;
    likesOf(here.session);
    this.thread = thread;
    here.drafts = this.drafts = new Drafts(place, here.session.client.person ?? "");
    const first: Draft = { body: "", kind: thread ? "comment" : "question" };
    this.state = new Signal(this.#written({ ...first, ...this.drafts.draft }));
    const again = () => this.state.set({ ...this.state.value, ...this.#written(this.state.value) });
    this.uploads.on(again);
    this.blind.on(again);
  }

  /** What is to be sent. */
  get letter() {
    const { body, kind, picked } = this.state.value;
    const field = this.#here.store.state.value.conversation?.field ?? null;
    const said = kind === "action" ? "comment" : kind;
    const there = this.uploads.value.filter((each) => each.state === "there");
    const text = body.trim() ? coded(body, picked ?? {}) : there.map((each) => each.name).join("\n");
    return { thread_id: this.thread, field, body: text, kind: said, attachments: there.map((each) => each.id) };
  }

  /**
   * Mind what is typed in `field`; what was typed before stays, else the kept draft comes. Ends by keeping it.
   * What was sent too `early` for it is sent, each time what stood there then and was not sent; what was typed since stays.
   */
  mind(field: HTMLTextAreaElement, early: Early[], send: () => void, talk?: Talk): () => void {
    const typed = () => {
      fetchKit("presence", this.#here); // others may see that somebody writes though they are not seen themselves
      this.#typed(field.value);
    };
    const [last] = early.at(-1) ?? [];
    if (field.value) this.#catchUp(field.value, early, send);
    field.value = this.state.value.body;
    this.field = field;
    if (last && !this.#sends(last) && this.#here.root.activeElement === field) this.does(last, send, talk);
    const quit = new AbortController();
    field.addEventListener("input", typed, quit);
    return () => {
      quit.abort();
      this.#save();
    };
  }

  /** Whether this can be of that kind: something to do needs a discussion that it comes from. */
  takes(kind: DraftKind): boolean {
    return kind !== "action" || this.thread !== null;
  }

  choose(kind: DraftKind): void {
    this.#keep({ ...this.state.value, kind });
    this.field?.focus();
  }

  /** Who is mentioned by a name that stands in the text. */
  mention(picked: Picked): void {
    this.state.value.picked = { ...this.state.value.picked, ...picked };
  }

  /** Take note that somebody who is mentioned cannot see it, or can. */
  hide(id: string, isBlind: boolean): void {
    if (this.blind.value.includes(id) === isBlind) return;
    const others = this.blind.value.filter((each) => each !== id);
    this.blind.set(isBlind ? [...others, id] : others);
  }

  /** Let a name stand as it is written, mentioning nobody. */
  unmention(name: string): void {
    const { [name]: _, ...picked } = this.state.value.picked ?? {};
    this.#keep({ ...this.state.value, picked });
    this.field?.focus();
  }

  /** Begin anew; with `sent`, unless something else was written meanwhile. */
  clear(kind: DraftKind, sent = this.state.value.body): void {
    if (sent !== this.state.value.body) return;
    clearTimeout(this.#timer);
    this.drafts.draft = null;
    this.#begin();
    this.uploads.set([]);
    this.#show({ body: "", kind });
    this.field?.focus();
  }

  does(event: KeyboardEvent | MouseEvent, send: () => void, talk?: Talk): void {
    const { key, isComposing } = event as KeyboardEvent; // a press has neither
    if (isComposing || event.defaultPrevented) return;
    if (this.#sends(event)) this.#send(send);
    else if (key === "ArrowUp" && !this.state.value.body && talk) this.#editLast(talk);
    else if (key === "Escape") this.#leave();
    else return;
    event.preventDefault();
  }

  /** Whether it is the button, or the keys that press it. */
  #sends(event: KeyboardEvent | MouseEvent): boolean {
    return !("key" in event) || sends(event, this.#here.session);
  }

  #send(send: () => void): void {
    const { say, tell } = this.#here;
    const { isReady, excess } = this.state.value;
    if (isReady) send();
    else if (excess) tell(say("not_sent_because", { reason: excess }), "alert");
  }

  #catchUp(text: string, early: Early[], send: () => void): void {
    let sent = "";
    const since = (all: string) => (sent && all.startsWith(sent) ? all.slice(sent.length).trimStart() : all);
    for (const [pressed, then] of early) {
      if (!this.#sends(pressed)) continue;
      this.#typed(since(then));
      this.#send(send);
      if (!this.state.value.body) sent = then;
    }
    this.#typed(since(text));
  }

  #typed(body: string): void {
    this.task = newId("act");
    const { kind, picked } = this.state.value;
    const slash = /^\/([cqda])\s/.exec(body);
    const asked = LETTERS[slash?.[1] as keyof typeof LETTERS];
    const isAsked = slash && this.takes(asked);
    this.#keep({ body: isAsked ? body.slice(slash[0].length) : body, kind: isAsked ? asked : kind, picked });
  }

  #keep(draft: Draft): void {
    if (!draft.body) this.#begin();
    this.#show(draft);
    this.#save();
    this.#timer = setTimeout(() => {
      const isSaved = draft.body !== "";
      this.state.set({ ...this.state.value, isSaved });
      if (isSaved && !this.#isTold && !this.#isSeeking) this.#tellSaved();
    }, PAUSE);
  }

  /** Whether somebody is looked for: then who was found is said. */
  get #isSeeking(): boolean {
    return !!this.field && sought(this.field.value, this.field.selectionStart) !== null;
  }

  #tellSaved(): void {
    this.#isTold = true;
    this.#here.tell(this.#here.say("draft_saved"));
  }

  #begin(): void {
    this.began = undefined;
    this.#isTold = false;
  }

  #save(): void {
    clearTimeout(this.#timer);
    const { body, kind, picked } = this.state.value;
    this.drafts.draft = { body, kind, picked };
  }

  #show(draft: Draft): void {
    if (this.field && this.field.value !== draft.body) this.field.value = draft.body;
    this.state.set(this.#written(draft));
  }

  #written(draft: Draft): Written {
    const { body, kind, picked } = draft;
    const [limit, count] = [LIMIT[kind], body.length];
    const uploads = this.uploads.value;
    const excess = count > limit ? this.#here.say("too_long", { limit, count }) : "";
    const waits = uploads.some((each) => each.state === "sending");
    const hasFiles = kind !== "action" && uploads.some((each) => each.state === "there");
    const isStanding = ([name, id]: [string, string]) => this.blind.value.includes(id) && body.includes(`@${name}`);
    const isBlind = kind !== "action" && Object.entries(picked ?? {}).some(isStanding);
    const isReady = (body.trim() !== "" || hasFiles) && !excess && !waits && !isBlind;
    return { ...draft, isSaved: false, excess, isReady };
  }

  /** Edit my last message, if it is not old. */
  #editLast({ thread, conversation, change }: Talk): void {
    const mine = (each: Comment) => each.author === conversation.me && !each.withdrawn_at;
    const last = thread.comments.findLast(mine);
    if (last && Date.now() - Date.parse(last.posted_at) < MINE) change({ editing: last.id, from: this.field });
  }

  /** Out of the field, to the messages. */
  #leave(): void {
    const { root } = this.#here;
    const message = root.querySelector<HTMLElement>("article[tabindex='0']");
    (message ?? root.querySelector<HTMLElement>("h2, h3"))?.focus();
  }
}
