/** Begins a discussion with one line. */
import { useState } from "preact/hooks";
import type { Conversation } from "../../conversation";
import { mark } from "../../icons";
import type { State } from "../../store";
import type { Writing } from "../acting/writing";
import { Icon } from "../bits";
import { Composer } from "../composer";
import { OfflineNote } from "../discussion";
import { Bar, Heading, Value } from "../header";
import { useHere, useSignal } from "../here";
import { useActing, useKit } from "../kits";
import type { Intent } from "../purpose/intent";

interface Props {
  conversation: Conversation;
  state: State;
  isOffline: boolean;
  takesFocus: boolean;
  back: (() => void) | undefined;
  started: (threadId: string) => void;
}

export function Start({ conversation, state, isOffline, takesFocus, back, started }: Props) {
  const here = useHere();
  const { say } = here;
  const acting = useActing();
  const { record, field, can } = conversation;
  const writes = can.includes("comment");
  const purpose = useKit("purpose", writes);
  const presence = useKit("presence", useSignal(here.session.live.connected));
  const [intent, setIntent] = useState<Intent>({});
  const send = (writing: Writing) => {
    if (!acting) return;
    const about = { record: record.record, quote_id: null, purpose: purpose?.asked(intent) };
    const { thread, sent } = acting.post(here, { ...writing.letter, ...about });
    writing.clear("question");
    sent.then((hasArrived) => {
      if (hasArrived) here.emit("apropos-started", { thread });
      if (hasArrived || !navigator.onLine) started(thread);
    });
  };
  return (
    <div class="ap-panel">
      <Bar conversation={conversation} back={back}>
        {presence && <presence.People conversation={conversation} field={field} />}
      </Bar>
      {isOffline && <OfflineNote asOf={state.asOf} />}
      <Value then={null} now={(field && record.fields[field]) || null} />
      <div class="ap-scroll">
        {acting && <acting.Beginning conversation={conversation} />}
        <div class="ap-blank">
          <Icon of={mark} />
          <Heading at="h2" focused={takesFocus}>
            {say(field ? "blank" : "blank_record")}
          </Heading>
          <p>{say(writes ? "blank_long" : "nothing_yet")}</p>
          {purpose && <purpose.Purposes conversation={conversation} intent={intent} change={setIntent} />}
        </div>
      </div>
      {writes && (
        <Composer
          threadId={null}
          value={(field && record.fields[field]) || null}
          says={["write_first", "start_hint", "start", "send_start"]}
          send={send}
        />
      )}
    </div>
  );
}
