/** Where one writes: into a discussion or, where none is open at that place, to begin one. */
import { useState } from "preact/hooks";
import type { Conversation } from "../conversation";
import { titleOf } from "../parts/header";
import { useHere } from "../parts/here";
import { useActing, useKit } from "../parts/kits";
import { Begun, placeOf } from "../parts/unsent/begun";
import { discussedAt } from "./discussed";
import { Into } from "./into";
import { Offline, type PartProps } from "./stand";

export function Composing({ conversation, state, isOffline, said }: PartProps) {
  const here = useHere();
  const { say } = here;
  const [isNew, setNew] = useState(false);
  const named = said("thread") !== null;
  const found = named ? conversation.threads[0] : discussedAt(conversation);
  const thread = isNew || (!named && found?.status !== "open") ? undefined : found;
  if (!conversation.can.some((act) => act === "comment" || act === "reopen"))
    return (
      <>
        <p class="ap-alone-word">{say("only_read")}</p>
        <Begun place={thread?.id ?? placeOf(conversation)} />
      </>
    );
  return (
    <div role="group" aria-label={thread ? titleOf(thread, here) : say("start_here")}>
      <Offline {...{ isOffline, state }} />
      {thread ? (
        <Into key={thread.id} thread={thread} conversation={conversation} startNew={() => setNew(true)} />
      ) : (
        <Beginning conversation={conversation} started={() => setNew(false)} />
      )}
    </div>
  );
}

interface BeginningProps {
  conversation: Conversation;
  started: (thread: string) => void;
}

/** A composer of its own that begins a discussion. */
export function Beginning({ conversation, started }: BeginningProps) {
  const acting = useActing();
  const places = useKit("places", true);
  return (
    <>
      {acting && <acting.Beginning conversation={conversation} />}
      {places && <places.OneLine conversation={conversation} started={started} />}
    </>
  );
}
