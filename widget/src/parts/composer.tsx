/** Where people write. The field is there at once; what minds it comes at the first touch, and finds what was typed. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Icon as Drawing } from "../icons";
import { isDrafted, jot } from "../kept";
import { Signal } from "../signal";
import type { Field } from "../wire";
import type { Word } from "../words/en";
import type { Writing, Written } from "./acting/writing";
import { Button, Icon } from "./bits";
import { useHere, useSignal } from "./here";
import { comment, down, question } from "./icons";
import { useActing } from "./kits";
import { Menu } from "./menu";
import type { Talk } from "./talk";

const KINDS: Record<string, Drawing> = { comment, question };
const IDLE = new Signal<Written | null>(null);

interface Props {
  /** The thread that is written to; null begins one. */
  threadId: string | null;
  value: Field | null;
  /** The discussion that is answered in. */
  talk?: Talk;
  /** The field's name, its hint, and what the button says. */
  says: [name: Word, hint: Word, send: Word, sendLong?: Word];
  send: (writing: Writing) => void;
}

export function Composer({ threadId, value, talk, says, send }: Props) {
  const here = useHere();
  const { say, store, session } = here;
  const acting = useActing();
  const field = useRef<HTMLTextAreaElement>(null);
  const [isFocused, setFocused] = useState(false);
  const writing = useMemo(() => acting && new acting.Writing(here, threadId), [acting, threadId]);
  const state = useSignal<Written | null>(writing?.state ?? IDLE);
  const first = threadId ? "comment" : "question";
  const kind = state?.kind ?? first;
  const person = session.client.person ?? "";
  const { record, field: path } = store.state.value.conversation ?? {};
  const place = threadId ?? `${record?.record}#${path ?? ""}`;
  useEffect(() => {
    if (isDrafted(person, place)) here.touched.set(true);
  }, [threadId]);
  useEffect(() => writing?.mind(field.current as HTMLTextAreaElement), [writing]);
  const go = () => {
    if (writing?.state.value.isReady) send(writing);
  };
  const [name, hint, action, actionLong] = says;
  return (
    <div class="ap-composer" part="composer" data-focus={isFocused ? "" : undefined}>
      {acting && writing && <acting.Above writing={writing} value={value} talk={talk} />}
      <textarea
        class="ap-input"
        rows={1}
        dir="auto"
        ref={field}
        aria-label={say(name)}
        placeholder={say(kind === "action" ? "action_line" : hint)}
        onInput={(event) => writing ?? jot(person, place, { body: event.currentTarget.value, kind: first })}
        onKeyDown={(event) => writing?.key(event, go, talk)}
        onFocus={() => {
          setFocused(true);
          here.touched.set(true);
        }}
        onBlur={() => setFocused(false)}
      />
      {acting && writing && <acting.Below writing={writing} />}
      <div class="ap-composer-foot">
        <Menu
          label={say("kind", { kind: say(kind) })}
          icon={(acting?.KINDS ?? KINDS)[kind] ?? comment}
          choices={(acts) => acts.kindChoices(here, writing)}
        >
          {say(kind)}
          <Icon of={down} s={12} />
        </Menu>
        {acting && writing && <acting.Mentioning writing={writing} field={field} />}
        {acting && writing && <acting.Attaching writing={writing} field={field} />}
        <span class="ap-grow" />
        {acting && writing && <acting.Saved writing={writing} />}
        <Button
          v="primary"
          part="button-primary"
          label={actionLong && say(actionLong)}
          aria-disabled={!state?.isReady}
          onClick={go}
        >
          {say(kind === "action" ? "add_action" : action)}
        </Button>
      </div>
    </div>
  );
}
