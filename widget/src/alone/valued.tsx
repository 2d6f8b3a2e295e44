/** What the record said when its discussion began, and says now. */
import { useHere } from "../parts/here";
import { useKit } from "../parts/kits";
import { discussedAt } from "./discussed";
import { Offline, type PartProps } from "./stand";

export function Valued({ conversation, state, isOffline }: PartProps) {
  const { say } = useHere();
  const { record, field } = conversation;
  const subject = useKit("subject", true);
  const thread = discussedAt(conversation);
  const now = (field && record.fields[field]) || thread?.value_now || null;
  const then = thread?.value_then ?? null;
  return (
    <>
      <Offline {...{ isOffline, state }} />
      {subject &&
        (now || then ? <subject.Value then={then} now={now} /> : <p class="ap-alone-word">{say("value_unset")}</p>)}
    </>
  );
}
