/** What stands around the field while somebody writes. */
import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { plainly } from "../../figures";
import type { Picked } from "../../mentions";
import type { Field } from "../../wire";
import { Button, Icon } from "../bits";
import { useHere, useSignal } from "../here";
import { close, comment, question } from "../icons";
import { useKit } from "../kits";
import { authorOf, type Talk } from "../talk";
import { action, at, clip, decision, swap } from "./icons";
import { Mentions } from "./mentions";
import type { Writing } from "./writing";

export const KINDS = { comment, question, decision, action };

/** What was pasted, dropped or picked. */
export interface Given {
  files: File[];
  text?: string;
  isTable?: boolean;
}

interface AboveProps {
  writing: Writing;
  value: Field | null;
  talk: Talk | undefined;
}

interface FieldProps {
  writing: Writing;
  field: RefObject<HTMLTextAreaElement | null>;
}

/** What stands around the field and among what is under it. */
export function around({ writing, field, value, talk }: AboveProps & FieldProps) {
  return {
    above: <Above writing={writing} value={value} talk={talk} />,
    below: <Below writing={writing} />,
    tools: (
      <>
        <Mentioning writing={writing} field={field} />
        <Attaching writing={writing} field={field} />
      </>
    ),
    saved: <Saved writing={writing} />,
  };
}

/** Beside the kind: which there are, after a slash, and who is mentioned. */
function Mentioning({ writing, field }: FieldProps) {
  const picked = (found: Picked) => writing.mention(found);
  return <Mentions field={field} thread={writing.thread} icon={at} writing={writing} picked={picked} />;
}

/** Beside that: files, picked here or pasted into the field. */
function Attaching({ writing, field }: FieldProps) {
  const here = useHere();
  const { say } = here;
  const { kind } = useSignal(writing.state);
  const input = useRef<HTMLInputElement>(null);
  const [given, give] = useState<Given | null>(null);
  const kit = useKit("files", given !== null);
  useEffect(() => {
    const composer = field.current?.closest<HTMLElement>(".ap-composer") as HTMLElement;
    const take = (event: Event, data: DataTransfer | null) => {
      const isTable = /<table/i.test(data?.getData("text/html") ?? "");
      if (!data || !(data.files[0] || isTable)) return;
      event.preventDefault();
      give({ files: [...data.files], text: data.getData("text/plain"), isTable });
    };
    const quit = new AbortController();
    composer.addEventListener("paste", (event) => take(event, event.clipboardData), quit);
    composer.addEventListener("drop", (event) => take(event, event.dataTransfer), quit);
    composer.addEventListener(
      "dragover",
      (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault(),
      quit,
    );
    return () => quit.abort();
  }, []);
  useEffect(() => {
    if (kit && given) kit.take(here, writing, given);
  }, [kit, given]);
  if (kind === "action") return null;
  return (
    <>
      <Button v="quiet" icon={clip} label={say("attach")} onClick={() => input.current?.click()} />
      <input
        type="file"
        multiple
        hidden
        tabIndex={-1}
        aria-hidden="true"
        ref={input}
        onChange={(event) => {
          give({ files: [...(event.currentTarget.files ?? [])] });
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}

/** Over the field: that the value changed meanwhile, and the message that is answered. */
function Above({ writing, value, talk }: AboveProps) {
  const here = useHere();
  const { say } = here;
  const subject = useKit("subject", value !== null);
  const { body } = useSignal(writing.state);
  if (body && writing.began === undefined) writing.began = value;
  const hasChanged = body !== "" && writing.began?.value !== value?.value;
  const figured = (field: Field | null) => subject?.figured(here, field) ?? "";
  const facts = { label: value?.label ?? say("this_value"), value: figured(value) };
  const quoting = talk?.doing.quoting;
  useEffect(() => {
    if (hasChanged) here.tell(say("value_alert", facts), "alert");
  }, [hasChanged]);
  return (
    <>
      {hasChanged && (
        <div class="ap-composer-head">
          <span class="ap-chip" data-t="warning">
            <Icon of={swap} s={12} />
            {say("value_now", facts)}
          </span>
          <span class="ap-muted ap-num">{say("value_was", { value: figured(writing.began ?? null) })}</span>
        </div>
      )}
      {talk && quoting && (
        <div class="ap-quote">
          <span>
            {`${say("reply_to", { name: authorOf(here, talk.conversation, quoting.author).name })}: ${plainly(quoting, talk.conversation.people)}`}
          </span>
          <Button v="quiet" icon={close} label={say("no_quote")} onClick={() => talk.change({ quoting: undefined })} />
        </div>
      )}
    </>
  );
}

/** Under the field: the files that go with it, and what keeps it from being sent. */
function Below({ writing }: { writing: Writing }) {
  const { excess, kind, picked } = useSignal(writing.state);
  const mentioning = useKit("mentioning", kind !== "action" && Object.keys(picked ?? {}).length > 0);
  const hasFiles = useSignal(writing.uploads).length > 0;
  const files = useKit("files", hasFiles);
  return (
    <>
      {hasFiles && files && <files.Uploads writing={writing} />}
      {mentioning && kind !== "action" && <mentioning.Blind writing={writing} />}
      {excess && (
        <div class="ap-extra">
          <div class="ap-fail">{excess}</div>
        </div>
      )}
    </>
  );
}

function Saved({ writing }: { writing: Writing }) {
  const { isSaved, kind } = useSignal(writing.state);
  const { say } = useHere();
  if (!isSaved) return null;
  return (
    <span class="ap-muted ap-draft">
      {say(writing.drafts.lasting ? "draft_saved" : "drafts_short")}{" "}
      <Button v="link" onClick={() => writing.clear(kind)}>
        {say("discard")}
      </Button>
    </span>
  );
}
