/** The composer of a discussion: what is on its way, what became of it, and what stands in the composer's place. */
import type { Conversation } from "../conversation";
import type { Writing } from "../parts/acting/writing";
import { Composer } from "../parts/composer";
import { useHere, useSignal } from "../parts/here";
import { type Kits, useActing, useKit } from "../parts/kits";
import { useTalk } from "../parts/talk";
import type { Thread } from "../wire";

interface Props {
  thread: Thread;
  conversation: Conversation;
  startNew: () => void;
  /** Sends in place of the discussion's own way. */
  send?: (acts: Kits["acting"], writing: Writing) => void;
}

export function Into({ thread, conversation, startNew, send }: Props) {
  const here = useHere();
  const talk = useTalk(thread, conversation, startNew);
  const isOpen = thread.status === "open";
  const acting = useActing();
  const settled = useKit("settled", !isOpen);
  const presence = useKit("presence", useSignal(here.session.live.connected));
  return (
    <>
      <div class="ap-feed">{acting && <acting.Waiting talk={talk} toEnd={() => undefined} />}</div>
      {presence && <presence.Writers talk={talk} />}
      {acting && <acting.Notes talk={talk} />}
      {isOpen && !talk.doing.asking && (
        <Composer
          threadId={thread.id}
          value={thread.value_now}
          says={["write_reply", "reply_hint", "send"]}
          send={send ?? ((acts, writing) => acts.send(here, talk, writing))}
        />
      )}
      {!isOpen && !talk.doing.asking && settled && <settled.Foot talk={talk} />}
    </>
  );
}
