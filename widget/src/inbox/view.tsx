/** The inbox on screen: views on one side, what waits in the middle, the open discussion beside it. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "../client";
import { dueDay } from "../due";
import { reason } from "../parts/acting/reason";
import { Button } from "../parts/bits";
import { useSignal } from "../parts/here";
import { LiveRegions, type Region } from "../parts/regions";
import type { Session } from "../session";
import type { Entry, Thread } from "../wire";
import type { Language } from "../words";
import type { Acts } from "./acts";
import { Beside, Cut, Empty, Failed } from "./blank";
import { useFocus } from "./focus";
import { search } from "./icons";
import { KeyHelp, Keys } from "./keyhelp";
import { useKeys } from "./keys";
import { Requests } from "./requests";
import { Row } from "./row";
import { grouped, inOrder } from "./rows";
import { Search } from "./search";
import { Shelves, shelfName } from "./shelves";
import type { InboxStore } from "./store";
import { useSwipe } from "./swipe";

export type Emit = (name: string, detail: unknown) => boolean;

export interface Here {
  store: InboxStore;
  session: Session;
  tell: (text: string, as?: Region) => void;
  say: Language["say"];
  locale: string;
  emit: Emit;
}

/** Something that was done and can be taken back for ten seconds. */
interface Undoable {
  text: string;
  undo?: () => Promise<void>;
}

const UNDO = 10_000;
const GROUPS = { move: "your_move", news: "news", outcome: "came_of_it" } as const;

export function View({ here, view }: { here: Here; view: "page" | "drawer" }) {
  const { store, say, tell } = here;
  const state = useSignal(store.state);
  const { shelf, counts, phase, next } = state;
  const [opened, setOpened] = useState<string | null>(null);
  const [replying, setReplying] = useState<string | null>(null);
  const [unreadOnly, setUnreadOnly] = useState(false);
  const [selected, setSelected] = useState(() => new Set<string>());
  const [help, setHelp] = useState(false);
  const [searching, setSearching] = useState(false);
  const [toast, setToast] = useState<Undoable | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const looking = useRef<HTMLButtonElement>(null);
  const entries = inOrder(unreadOnly ? state.entries.filter((each) => each.unread) : state.entries, shelf);

  useEffect(() => {
    const end = setTimeout(() => setToast(null), UNDO);
    return () => clearTimeout(end);
  }, [toast]);
  const told = (text: string, undo?: () => Promise<void>) => {
    setToast({ text, undo });
    tell(text);
  };
  const attempt = (work: Promise<unknown>, then?: () => void) =>
    work.then(then, (raised: Problem) => {
      const text = say("not_done", { reason: reason(here, raised) });
      setToast({ text });
      tell(text, "alert");
    });
  const show = ({ id, record, field }: Pick<Thread, "id" | "record" | "field">) => {
    setOpened(id);
    here.emit("apropos-open", { record, field, thread: id });
  };
  const leaveSearch = () => {
    setSearching(false);
    looking.current?.focus();
  };
  const acts: Acts = {
    open: ({ thread }: Entry) => show(thread),
    see: (some: Entry[]) => {
      const unread = some.filter((each) => each.unread);
      if (unread.length === 0) attempt(store.unsee(some));
      else attempt(store.see(unread), () => told(say("seen_all", { count: unread.length }), () => store.unsee(unread)));
    },
    react: (entry: Entry, emoji: string) => attempt(store.react(entry, emoji)),
    act: (entry: Entry) => attempt(store.act(entry), () => told(say("was_done"), () => store.unact(entry))),
    done: (entry: Entry) => attempt(store.done(entry), () => told(say("was_done"), () => store.undo(entry))),
    back: (entry: Entry) => attempt(entry.done_at ? store.undo(entry) : store.snooze(entry, null)),
    later: (entry: Entry, until: Date) =>
      attempt(store.snooze(entry, until), () => {
        const date = dueDay(until.toISOString(), here.locale);
        told(say("snoozed", { date }), () => store.snooze(entry, null));
      }),
    reply: (entry: Entry, id: string, body: string) =>
      store.reply(entry, id, body).then(() => {
        setReplying(null);
        told(say("sent"));
      }),
    ask: (entry: Entry | null) => setReplying(entry?.thread.id ?? null),
    select: (entry: Entry) =>
      setSelected((before) => {
        const after = new Set(before);
        if (!after.delete(entry.thread.id)) after.add(entry.thread.id);
        return after;
      }),
  };
  const chosen = entries.filter((each) => selected.has(each.thread.id));
  const { focused, left, turnTo } = useFocus({ entries, heading, list, store });
  const key = useKeys({
    session: here.session,
    entries,
    chosen,
    list,
    acts,
    turnTo: (to) => {
      setSearching(false);
      turnTo(to);
    },
    help: () => setHelp((before) => !before),
    search: () => setSearching(true),
  });
  useSwipe(list, !searching, (id) => acts.see(entries.filter((each) => each.thread.id === id)));
  const total = counts[shelf];

  return (
    <div class="ap-inbox" data-view={view} onKeyDown={key} onFocusIn={focused} onFocusOut={left}>
      <Shelves here={here} shelf={shelf} counts={counts} />
      <section class="ap-list" aria-label={say("inbox")}>
        <div class="ap-list-head">
          <h1 tabIndex={-1} ref={heading}>
            {say(shelfName(shelf))}
          </h1>
          {total !== undefined && <span class="ap-muted ap-num">{say("open_count", { count: total })}</span>}
          <span class="ap-grow" />
          {chosen.length > 0 && <span class="ap-muted">{say("selected", { count: chosen.length })}</span>}
          <Button
            v="quiet"
            icon={search}
            label={say("search")}
            aria-pressed={searching}
            to={looking}
            onClick={() => setSearching(!searching)}
          />
          <Button
            v="quiet"
            disabled={!entries.some((each) => each.unread)}
            onClick={() => acts.see(chosen.length > 0 ? chosen : entries.filter((each) => each.unread))}
          >
            {say("see_all")}
          </Button>
        </div>
        <Cut here={here} />
        {searching ? (
          <Search here={here} open={show} leave={leaveSearch} opened={opened} />
        ) : (
          <>
            <div class="ap-filters">
              <Button aria-pressed={unreadOnly} onClick={() => setUnreadOnly(!unreadOnly)}>
                {say("unread_only", { count: state.entries.filter((each) => each.unread).length })}
              </Button>
            </div>
            <div class="ap-inbox-scroll" ref={list}>
              <Requests
                requests={state.requests}
                people={state.people}
                here={here}
                open={show}
                dismiss={(each) => attempt(store.dismiss(each), () => told(say("request_dismissed")))}
              />
              {phase === "ready" && entries.length + state.requests.length === 0 && (
                <Empty {...{ say, counts, shelf }} />
              )}
              {(phase === "failed" || phase === "signed-out") && <Failed here={here} problem={state.problem} />}
              {grouped(entries, shelf).map(({ name, entries: some }) => (
                <section key={name} aria-label={name ? say(GROUPS[name]) : undefined}>
                  {name && <h2 class="ap-group">{say(GROUPS[name])}</h2>}
                  <ul>
                    {some.map((entry) => (
                      <Row
                        key={entry.thread.id}
                        entry={entry}
                        here={here}
                        people={state.people}
                        acts={acts}
                        current={entry.thread.id === opened}
                        stop={entries[0] === entry}
                        selected={selected.has(entry.thread.id)}
                        replying={entry.thread.id === replying}
                      />
                    ))}
                  </ul>
                </section>
              ))}
              {next && (
                <div class="ap-quick">
                  <Button onClick={() => attempt(store.more())}>{say("show_more")}</Button>
                </div>
              )}
            </div>
          </>
        )}
        {toast && (
          <div class="ap-toast" role="group">
            {toast.text}
            {toast.undo && (
              <Button v="link" onClick={() => attempt((toast.undo as () => Promise<void>)(), () => setToast(null))}>
                {say("undo")}
              </Button>
            )}
          </div>
        )}
        {view === "page" && <Keys say={say} all={() => setHelp(true)} />}
      </section>
      {view === "page" && <Beside opened={opened} say={say} />}
      {help && <KeyHelp here={here} close={() => setHelp(false)} />}
      <LiveRegions />
    </div>
  );
}
