/** A question to somebody: the composer of the discussion that is open there, or the beginning of one, with their name in it. */
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Conversation } from "../conversation";
import { Drafts } from "../drafts";
import type { Writing } from "../parts/acting/writing";
import { Button } from "../parts/bits";
import { useHere } from "../parts/here";
import { type Kits, useActing, useKit } from "../parts/kits";
import { placeOf } from "../parts/unsent/begun";
import type { Person } from "../wire";
import { Beginning } from "./composing";
import { discussedAt } from "./discussed";
import { Into } from "./into";

interface Props {
  person: Person;
  conversation: Conversation;
  /** Hears which discussion the question arrived in. */
  sent: (person: Person, thread: string) => void;
  end: (person: Person) => void;
}

export function Asking({ conversation, person, sent, end }: Props) {
  const here = useHere();
  const { session, say } = here;
  const acting = useActing();
  const found = discussedAt(conversation);
  const thread = found?.status === "open" ? found : undefined;
  const { record } = conversation;
  const places = useKit("places", !thread);
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => form.current?.querySelector("textarea")?.focus(), [places]);
  useMemo(() => {
    const drafts = new Drafts(thread?.id ?? placeOf(conversation), session.client.person ?? "");
    drafts.draft = mentioning(drafts, person);
  }, [person.id]);
  const send = (acts: Kits["acting"], writing: Writing) => {
    const { thread: into, sent: arrival } = acts.post(here, {
      ...writing.letter,
      record: record.record,
      quote_id: null,
    });
    writing.clear("comment");
    arrival.then((hasArrived) => hasArrived && sent(person, into));
  };
  return (
    <div role="group" ref={form} aria-label={say("ask_person", { name: person.name })}>
      {thread ? (
        <Into {...{ thread, conversation, send }} startNew={() => end(person)} />
      ) : (
        <Beginning conversation={conversation} started={(begun) => sent(person, begun)} />
      )}
      <div class="ap-quick">
        <span class="ap-grow" />
        {acting && (
          <Button v="quiet" onClick={() => end(person)}>
            {say("cancel")}
          </Button>
        )}
      </div>
    </div>
  );
}

/** What was written there already, with the mention of somebody. */
function mentioning({ draft }: Drafts, { id, name }: Person) {
  const body = draft?.body.includes(`@${name}`) ? draft.body : `${draft?.body ?? ""} @${name} `.trimStart();
  return { body, kind: "question" as const, picked: { ...draft?.picked, [name]: id } };
}
