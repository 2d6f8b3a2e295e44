/** All discussions on a record, or on a part of it: open ones first. */
import type { Conversation } from "../../conversation";
import { dueDay } from "../../due";
import { when } from "../../figures";
import { plus } from "../../icons";
import type { Thread } from "../../wire";
import { Button } from "../bits";
import { Bar, Heading, titleOf } from "../header";
import { useHere } from "../here";
import { useActing } from "../kits";
import { useOthers } from "../others";

interface Props {
  conversation: Conversation;
  choose: (threadId: string) => void;
  startNew: () => void;
  takesFocus: boolean;
}

export function List({ conversation, choose, startNew, takesFocus }: Props) {
  const { say } = useHere();
  const { threads, can } = conversation;
  const presence = useOthers({ record: conversation.record.record, field: conversation.field });
  const acting = useActing();
  const open = threads.filter((thread) => thread.status === "open");
  const others = threads.filter((thread) => thread.status !== "open");
  const row = (thread: Thread) => <Row key={thread.id} thread={thread} conversation={conversation} choose={choose} />;
  return (
    <div class="ap-panel">
      <Bar conversation={conversation}>
        {presence && <presence.People conversation={conversation} field={conversation.field} />}
      </Bar>
      <div class="ap-purpose">
        <Heading at="h2" focused={takesFocus}>
          {say("discussions", { count: threads.length })}
        </Heading>
      </div>
      <div class="ap-scroll">
        {acting && <acting.Beginning conversation={conversation} />}
        {open[0] && others[0] && <h3 class="ap-list-h">{say("open_ones")}</h3>}
        {open.map(row)}
        {others[0] && <h3 class="ap-list-h">{say("resolved_ones")}</h3>}
        {others.map(row)}
      </div>
      {can.includes("comment") && (
        <div class="ap-quick">
          <Button icon={plus} onClick={startNew}>
            {say("start_new")}
          </Button>
        </div>
      )}
    </div>
  );
}

interface RowProps {
  thread: Thread;
  conversation: Conversation;
  choose: (id: string) => void;
}

function Row({ thread, conversation, choose }: RowProps) {
  const here = useHere();
  const { say, locale } = here;
  const { field, due_at, viewer, status, comment_count, last_activity_at } = thread;
  const isLate = status === "open" && due_at !== null && Date.parse(due_at) < Date.now();
  const label = field && (conversation.record.fields[field]?.label ?? field);
  const facts = [label, say("messages_count", { count: comment_count }), when(last_activity_at, locale)];
  return (
    <button
      type="button"
      class="ap-list-row"
      data-unread={viewer.unread > 0 ? "" : undefined}
      onClick={() => choose(thread.id)}
    >
      <b dir="auto">{titleOf(begun(thread), here)}</b>
      <span>{facts.filter(Boolean).join(" · ")}</span>
      {viewer.unread > 0 ? (
        <span class="ap-chip" data-t="accent">
          {say("new", { count: viewer.unread })}
        </span>
      ) : (
        isLate && (
          <span class="ap-chip" data-t="danger">
            {say("due_late", { date: dueDay(due_at, locale) })}
          </span>
        )
      )}
    </button>
  );
}

/** With its first message, which is not among the last ones of a longer discussion. */
function begun(thread: Thread): Thread {
  return { ...thread, comments: [...(thread.highlights ?? []), ...thread.comments] };
}
