/** One entry of the inbox: what it is about, why it is here, and what can be done with it in one click. */
import { useState } from "preact/hooks";
import { figure } from "../amounts";
import { dueDay } from "../due";
import { fullDate, personOf, plainly, when } from "../figures";
import { check, clock } from "../icons";
import { offered } from "../later";
import { shown } from "../nodes";
import { action, alert, at, decision, done, swap } from "../parts/acting/icons";
import { Button, Icon } from "../parts/bits";
import { comment, question } from "../parts/icons";
import { EMOJI } from "../parts/news/emoji";
import { eye, thanks } from "../parts/news/icons";
import { arrow } from "../parts/subject/icons";
import type { Entry, People, Reason } from "../wire";
import type { Acts } from "./acts";
import { snooze } from "./icons";
import { Later } from "./later";
import { Reply } from "./reply";
import type { Here } from "./view";

const HOUR = 3_600_000;
const SOON = 72 * HOUR;
const ICONS: Record<Reason["reason"], { icon: typeof done; kind: string }> = {
  asked: { icon: question, kind: "question" },
  assigned: { icon: action, kind: "action" },
  due: { icon: clock, kind: "action" },
  mention: { icon: at, kind: "comment" },
  answered: { icon: done, kind: "success" },
  came_of_it: { icon: done, kind: "success" },
  decided: { icon: decision, kind: "decision" },
  resolved: { icon: done, kind: "success" },
  reopened: { icon: comment, kind: "comment" },
  visibility: { icon: eye, kind: "comment" },
  reply: { icon: comment, kind: "comment" },
  reaction: { icon: thanks, kind: "comment" },
  later: { icon: snooze, kind: "comment" },
};

interface Props {
  entry: Entry;
  here: Here;
  people: People;
  acts: Acts;
  current: boolean;
  /** Whether it is where Tab comes in. */
  stop: boolean;
  selected: boolean;
  replying: boolean;
}

export function Row({ entry, here, people, acts, current, stop, selected, replying }: Props) {
  const { say, locale } = here;
  const { thread, unread } = entry;
  /** Whether the focus is in it: then Tab goes on to what can be done with it, also for who likes no letters. */
  const [isIn, setIn] = useState(false);
  const tabIndex = isIn ? 0 : -1;
  const why = entry.reasons[0];
  const { icon, kind } = ICONS[why?.reason ?? "reply"];
  const author = entry.comment?.author ?? why?.by;
  const names = { person: (id: string) => personOf(people, id).name, me: here.store.me };
  const lead = why && say(`because_${why.reason}`, { name: why.by ? personOf(people, why.by).name : say("this_page") });
  return (
    <li
      class="ap-item"
      data-id={thread.id}
      data-unread={unread ? "" : undefined}
      data-current={current ? "" : undefined}
      data-selected={selected ? "" : undefined}
      aria-current={current ? "true" : undefined}
      onFocusIn={() => setIn(true)}
      onFocusOut={() => setIn(false)}
    >
      <span class="ap-dot" data-on={unread ? "" : undefined}>
        {unread && <span class="ap-sr">{say("unread_mark")}</span>}
      </span>
      <span class="ap-item-k" data-k={kind}>
        <Icon of={icon} />
      </span>
      <button type="button" class="ap-item-t" tabIndex={stop ? 0 : -1} dir="auto" onClick={() => acts.open(entry)}>
        {titleOf(entry, people, say("this_value"))}
      </button>
      <time class="ap-item-time" dateTime={entry.at} title={fullDate(entry.at, locale)}>
        {when(entry.at, locale)}
      </time>
      <div class="ap-item-x" dir="auto">
        {entry.comment?.nodes?.length ? (
          <>
            <bdi>{author ? personOf(people, author).name : say("this_page")}</bdi>: {shown(entry.comment.nodes, names)}
          </>
        ) : (
          lead
        )}
      </div>
      <div class="ap-item-m">
        <Where entry={entry} tabIndex={tabIndex} />
        <Facts entry={entry} here={here} />
        <div class="ap-item-acts">
          <Tools {...{ entry, here, acts, tabIndex }} />
        </div>
      </div>
      {replying && <Reply entry={entry} here={here} acts={acts} name={author ? personOf(people, author).name : ""} />}
    </li>
  );
}

/** What a discussion is called: its goal, its title, the value it is about, or how the newest message begins. */
function titleOf({ thread, comment, record }: Entry, people: People, value: string): string {
  const label = thread.field && (record.fields[thread.field]?.label ?? thread.field);
  const first = (comment && plainly(comment, people).split("\n")[0]) || value;
  return thread.goal ?? thread.title ?? label ?? (first.length > 90 ? `${first.slice(0, 88).trimEnd()}…` : first);
}

function Where({ entry: { record, thread }, tabIndex }: { entry: Entry; tabIndex: number }) {
  const label = thread.field && (record.fields[thread.field]?.label ?? thread.field);
  const place = [record.title ?? record.record, label].filter(Boolean).join(" · ");
  return record.url ? (
    <a class="ap-item-where" href={`${record.url.split("#")[0]}#apropos=${thread.id}`} tabIndex={tabIndex}>
      <bdi>{place}</bdi>
    </a>
  ) : (
    <bdi>{place}</bdi>
  );
}

function Facts({ entry, here: { say, locale } }: { entry: Entry; here: Here }) {
  const { thread, due_at, waiting_since, snoozed_until } = entry;
  const { value_then: then, value_now: now } = thread;
  const text = (value: typeof then) => (value ? figure(value, locale, say("yes"), say("no")) : say("value_unset"));
  const left = due_at ? Date.parse(due_at) - Date.now() : 0;
  const waited = waiting_since ? Date.now() - Date.parse(waiting_since) : 0;
  const days = waited >= 48 * HOUR;
  return (
    <>
      {then && now && then.value !== now.value && (
        <span class="ap-chip">
          <Icon of={swap} s={12} />
          {text(then)}
          <Icon of={arrow} s={12} flip />
          {text(now)}
        </span>
      )}
      {due_at && (
        <span class="ap-chip" data-t={left < 0 ? "danger" : left < SOON ? "warning" : undefined}>
          <Icon of={left < 0 ? alert : clock} s={12} />
          {say(left < 0 ? "due_late" : "due", { date: dueDay(due_at, locale) })}
        </span>
      )}
      {waited > HOUR && (
        <span class="ap-chip">
          <Icon of={clock} s={12} />
          {say(days ? "no_reply_days" : "no_reply_hours", { count: Math.floor(waited / (days ? 24 * HOUR : HOUR)) })}
        </span>
      )}
      {snoozed_until && (
        <span class="ap-chip">
          <Icon of={snooze} s={12} />
          {say("back_on", { date: dueDay(snoozed_until, locale) })}
        </span>
      )}
    </>
  );
}

interface ToolsProps extends Pick<Props, "entry" | "here" | "acts"> {
  tabIndex: number;
}

function Tools({ entry, here, acts, tabIndex }: ToolsProps) {
  const { say } = here;
  if (entry.done_at || entry.snoozed_until)
    return (
      <Button tabIndex={tabIndex} onClick={() => acts.back(entry)}>
        {say("bring_back")}
      </Button>
    );
  const first = entry.reasons[0]?.reason;
  const owes = entry.reasons.some((each) => each.action_id && (each.reason === "assigned" || each.reason === "due"));
  const pick = offered(here, snooze, (until) => acts.later(entry, until));
  return (
    <>
      {owes && (
        <Button icon={check} tabIndex={tabIndex} onClick={() => acts.act(entry)}>
          {say("done")}
        </Button>
      )}
      {entry.comment && (first === "came_of_it" || first === "answered") && (
        <Button icon={thanks} tabIndex={tabIndex} onClick={() => acts.react(entry, EMOJI.thanks)}>
          {say("thanks")}
        </Button>
      )}
      {entry.unread && (
        <Button icon={eye} tabIndex={tabIndex} onClick={() => acts.see([entry])}>
          {say("seen")}
        </Button>
      )}
      <Later tabIndex={tabIndex} label={say("later")} choices={pick} />
      <Button v="quiet" icon={done} label={say("put_away")} tabIndex={tabIndex} onClick={() => acts.done(entry)} />
    </>
  );
}
