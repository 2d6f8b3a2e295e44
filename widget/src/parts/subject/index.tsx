/** What a discussion is about: the recorded value, then and now, and what it is for. */
import type { Conversation } from "../../conversation";
import { dueDay } from "../../due";
import { fullDate, personOf } from "../../figures";
import type { Comment, Thread } from "../../wire";
import { Avatar, Icon } from "../bits";
import { isMarked } from "../contents";
import { useHere } from "../here";
import type { Kits } from "../kits";
import { figured } from "./figured";
import { calendar } from "./icons";
import { Track } from "./track";

export { default as css } from "virtual:sheet/subject";
export { subject as words } from "../../words/en/subject";
export { figured } from "./figured";
export { Value } from "./value";

interface PurposeProps {
  thread: Thread;
  conversation: Conversation;
  showing: Kits["showing"] | undefined;
}

/** Under the title: who sponsors it, until when, who sees it, and how far it has come. */
export function Purpose({ thread, conversation, showing }: PurposeProps) {
  const { say, locale } = useHere();
  const { sponsor, due_at, status, steps } = thread;
  const isLate = status === "open" && due_at !== null && Date.parse(due_at) < Date.now();
  const name = sponsor && personOf(conversation.people, sponsor).name;
  const marks = showing && isMarked(thread, conversation);
  return (
    <>
      {(name || due_at || marks) && (
        <div class="ap-purpose-meta">
          {name && (
            <span>
              <Avatar id={sponsor as string} name={name} small />
              {say("sponsors", { name })}
            </span>
          )}
          {due_at && (
            <span
              class={isLate ? "ap-chip" : undefined}
              data-t={isLate ? "danger" : undefined}
              title={fullDate(due_at, locale)}
            >
              <Icon of={calendar} s={14} />
              {say(isLate ? "due_late" : "due", { date: dueDay(due_at, locale) })}
            </span>
          )}
          {marks && <showing.Mark thread={thread} conversation={conversation} />}
        </div>
      )}
      {(thread.goal || steps.asked) && <Track thread={thread} />}
    </>
  );
}

/** In a message's head: what the record said when it was written, where it says something else now. */
export function At({ comment: { value_then }, thread }: { comment: Comment; thread: Thread }) {
  const here = useHere();
  const { say } = here;
  if (!value_then || value_then.value === thread.value_now?.value) return null;
  const facts = { value: figured(here, value_then) };
  return (
    <span class="ap-at" title={say("at_value_title", facts)}>
      {say("at_value", facts)}
    </span>
  );
}
