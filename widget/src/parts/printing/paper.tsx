/** What stands on the paper: purpose, people, value, every message that is here, and by whom it was printed when. */
import type { ComponentChild } from "preact";
import { fullDate, listed, personOf } from "../../figures";
import type { Comment } from "../../wire";
import { titleOf } from "../header";
import { useHere, useSignal } from "../here";
import { Message } from "../message";
import type { Line, Talk } from "../talk";
import { missing } from "./whole";

export function Paper({ talk }: { talk: Talk }) {
  const here = useHere();
  const { say, locale, label } = here;
  const { kinds, settled, showing, subject } = useSignal(here.kits);
  const { thread, conversation } = talk;
  const { record, field, people, me } = conversation;
  const name = (id: string) => personOf(people, id).name;
  const place = [record.title ?? record.record, field && (record.fields[field]?.label ?? label ?? field)];
  const others = { around: {}, isCurrent: false, isEntered: false, isFresh: false, isLast: false };
  const message = (comment: Comment, below?: ComponentChild) => <Message {...others} {...{ comment, talk, below }} />;
  const show = (line: Line) => {
    const { comment } = line;
    if (!comment) return kinds && <kinds.Beside line={line} talk={talk} />;
    return kinds ? <kinds.Said {...others} {...{ comment, talk, message }} /> : message(comment);
  };
  const lines: Line[] = kinds?.lines(thread) ?? thread.comments.map((comment) => ({ at: comment.posted_at, comment }));
  const left = missing(thread);
  return (
    <div class="ap-panel">
      <div class="ap-purpose">
        <p dir="auto">{place.filter(Boolean).join(" · ")}</p>
        <h2 dir="auto">{titleOf(thread, here)}</h2>
        {subject && <subject.Purpose {...{ thread, conversation, showing }} />}
        <p>{say("took_part", { people: listed(thread.participants.map(name), locale) })}</p>
      </div>
      {subject && thread.field && <subject.Value then={thread.value_then} now={thread.value_now} />}
      {settled && <settled.Top talk={talk} />}
      <div class="ap-feed">
        {left > 0 && <div class="ap-rule">{say("unprinted", { count: left })}</div>}
        {lines.map(show)}
      </div>
      <p class="ap-printed">
        {say("printed", { id: thread.id, name: me ? name(me) : "", time: fullDate(new Date().toISOString(), locale) })}
      </p>
    </div>
  );
}
