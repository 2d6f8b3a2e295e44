/** Where people write. The field is there at once; what minds it comes at the first touch, and finds what was typed. */
import { useEffect, useMemo, useRef } from "preact/hooks";
import { isDrafted, jot } from "../kept";
import { Signal } from "../signal";
import type { Field } from "../wire";
import type { Word } from "../words/en";
import type { Early, Writing, Written } from "./acting/writing";
import { Button, Icon } from "./bits";
import { useHere, useSignal } from "./here";
import { comment, down, question } from "./icons";
import { type Kits, useActing } from "./kits";
import { Menu } from "./menu";
import type { Talk } from "./talk";

const IDLE = new Signal<Written | null>(null);

interface Props {
  /** The thread that is written to; null begins one. */
  threadId: string | null;
  value: Field | null;
  /** The discussion that is answered in. */
  talk?: Talk;
  /** The field's name, its hint, and what the button says. */
  says: [name: Word, hint: Word, send: Word, sendLong?: Word];
  send: (acts: Kits["acting"], writing: Writing) => void;
}

export function Composer({ threadId, value, talk, says, send }: Props) {
  const here = useHere();
  const { say, store, session } = here;
  const acting = useActing();
  const field = useRef<HTMLTextAreaElement>(null);
  /** The keys and presses that came before what minds them. */
  const early = useRef<Early[]>([]);
  const person = session.client.person ?? "";
  const { record, field: path } = store.state.value.conversation ?? {};
  const place = threadId ?? `${record?.record}#${path ?? ""}`;
  const writing = useMemo(() => acting && new acting.Writing(here, threadId, place), [acting, threadId]);
  const state = useSignal<Written | null>(writing?.state ?? IDLE);
  const first = threadId ? "comment" : "question";
  const kind = state?.kind ?? first;
  useEffect(() => {
    if (isDrafted(person, place)) here.touch();
  }, [threadId]);
  const go = () => send(acting as Kits["acting"], writing as Writing);
  const does = (event: KeyboardEvent | MouseEvent) => {
    if (writing) writing.does(event, go, talk);
    else early.current.push([event, (field.current as HTMLTextAreaElement).value]);
  };
  useEffect(() => writing?.mind(field.current as HTMLTextAreaElement, early.current, go, talk), [writing]);
  const [name, hint, action, actionLong] = says;
  const around = writing && acting?.around({ writing, field, value, talk });
  return (
    <div class="ap-composer" part="composer">
      {around?.above}
      <textarea
        class="ap-input"
        rows={1}
        dir="auto"
        ref={field}
        aria-label={say(name)}
        placeholder={say(kind === "action" ? "action_line" : hint)}
        onInput={(event) => writing ?? jot(person, place, { body: event.currentTarget.value, kind: first })}
        onKeyDown={does}
        onFocus={here.touch}
      />
      {around?.below}
      <div class="ap-composer-foot">
        <Menu
          label={say("kind", { kind: say(kind) })}
          icon={acting?.KINDS[kind] ?? (threadId ? comment : question)}
          choices={(acts) => acts.kindChoices(here, writing)}
        >
          {say(kind)}
          <Icon of={down} s={12} />
        </Menu>
        {around?.tools}
        <span class="ap-grow" />
        {around?.saved}
        <Button
          v="primary"
          part="button-primary"
          label={actionLong && say(actionLong)}
          aria-disabled={!state?.isReady}
          onClick={does}
        >
          {say(kind === "action" ? "add_action" : action)}
        </Button>
      </div>
    </div>
  );
}
