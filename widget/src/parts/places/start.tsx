/** Begins a discussion with one line. */
import { useState } from "preact/hooks";
import type { Conversation } from "../../conversation";
import { mark } from "../../icons";
import type { State } from "../../store";
import type { Writing } from "../acting/writing";
import { Icon } from "../bits";
import { Composer } from "../composer";
import { OfflineNote } from "../discussion";
import { Bar, Heading } from "../header";
import { useHere } from "../here";
import { type Kits, useActing, useKit } from "../kits";
import { useOthers } from "../others";
import type { Intent } from "../purpose/intent";
import { Begun, placeOf } from "../unsent/begun";

interface Props {
  conversation: Conversation;
  state: State;
  isOffline: boolean;
  takesFocus: boolean;
  back: (() => void) | undefined;
  started: (threadId: string) => void;
  /** The template that fills it, by its name; else the record's first. */
  template?: string | null;
}

type Send = (acts: Kits["acting"], writing: Writing) => void;

/** The composer that begins a discussion; what it is for is not asked. */
export function OneLine({ conversation, started }: Pick<Props, "conversation" | "started">) {
  const begin = useBeginning(conversation, started);
  return <First conversation={conversation} send={(acts, writing) => begin(acts, writing)} />;
}

function First({ conversation, send }: Pick<Props, "conversation"> & { send: Send }) {
  const { record, field } = conversation;
  return (
    <Composer
      threadId={null}
      value={(field && record.fields[field]) || null}
      says={["write_first", "start_hint", "start", "send_start"]}
      send={send}
    />
  );
}

/** How a discussion at `conversation`'s place is begun by what somebody wrote; `started` hears which. */
function useBeginning({ record }: Conversation, started: (threadId: string) => void) {
  const here = useHere();
  return (acts: Kits["acting"], writing: Writing, purpose?: Record<string, unknown>) => {
    const about = { record: record.record, quote_id: null, purpose };
    const { thread, sent } = acts.post(here, { ...writing.letter, ...about });
    writing.clear("question");
    sent.then((hasArrived) => {
      if (hasArrived) here.emit("apropos-started", { thread });
      if (hasArrived || !navigator.onLine) started(thread);
    });
  };
}

export function Start({ conversation, state, isOffline, takesFocus, back, started, template }: Props) {
  const here = useHere();
  const { say } = here;
  const acting = useActing();
  const { record, field, can } = conversation;
  const writes = can.includes("comment");
  const purpose = useKit("purpose", writes);
  const subject = useKit("subject", true);
  const presence = useOthers({ record: record.record, field });
  const [intent, setIntent] = useState<Intent>({});
  const begin = useBeginning(conversation, started);
  return (
    <div class="ap-panel">
      <Bar conversation={conversation} back={back}>
        {presence && <presence.People conversation={conversation} field={field} />}
      </Bar>
      {isOffline && <OfflineNote asOf={state.asOf} />}
      {subject && <subject.Value then={null} now={(field && record.fields[field]) || null} />}
      <div class="ap-scroll">
        {acting && <acting.Beginning conversation={conversation} />}
        <div class="ap-blank">
          <Icon of={mark} />
          <Heading at="h2" focused={takesFocus}>
            {say(field ? "blank" : "blank_record")}
          </Heading>
          <p>{say(writes ? "blank_long" : "nothing_yet")}</p>
          {!writes && <p>{say("only_read")}</p>}
          {purpose && <purpose.Purposes {...{ conversation, intent, template }} change={setIntent} />}
        </div>
      </div>
      {writes ? (
        <First conversation={conversation} send={(acts, writing) => begin(acts, writing, purpose?.asked(intent))} />
      ) : (
        <Begun place={placeOf(conversation)} />
      )}
    </div>
  );
}
