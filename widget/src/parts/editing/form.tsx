/** Another text for a message. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "../../client";
import { personOf } from "../../figures";
import { spoken, written } from "../../mentions";
import type { Comment } from "../../wire";
import { edit, focusOn } from "../acting/acts";
import { Mentions, Named } from "../acting/mentions";
import { reason } from "../acting/reason";
import { Button } from "../bits";
import { scrollerOf } from "../feed";
import { useHere } from "../here";
import type { Talk } from "../talk";

interface Props {
  talk: Talk;
  comment: Comment;
}

/** Changes a message. What was typed stays until the service has it; a clash is told, and saving again overrules. */
export function EditForm({ talk, comment }: Props) {
  const here = useHere();
  const { say } = here;
  const { people } = talk.conversation;
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isSaving, setSaving] = useState(false);
  const [before] = useState(() => spoken(comment.body, (id) => personOf(people, id).name));
  const picked = useRef(before.picked);
  const field = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = field.current as HTMLTextAreaElement;
    element.focus();
    element.setSelectionRange(element.value.length, element.value.length);
    reveal(form.current as HTMLElement);
  }, []);
  const end = () => {
    talk.change({ editing: undefined });
    focusOn(here, comment);
  };
  const unmention = (name: string) => {
    delete picked.current[name];
    setProblem(null);
    field.current?.focus();
  };
  const save = async () => {
    const body = written(field.current?.value ?? "", picked.current);
    if (!body.trim() || isSaving) return;
    setSaving(true);
    try {
      if (body !== comment.body) await edit(here, comment, body, problem?.status === 412);
      end();
    } catch (raised) {
      setSaving(false);
      setProblem(raised as Problem);
      here.tell(reason(here, raised as Problem), "alert");
    }
  };
  const key = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === "Escape") end();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="ap-edit" ref={form}>
      <textarea class="ap-input" dir="auto" aria-label={say("edit_message")} ref={field} onKeyDown={key}>
        {before.text}
      </textarea>
      <Mentions field={field} thread={talk.thread.id} picked={(more) => Object.assign(picked.current, more)} />
      <Named problem={problem} thread={talk.thread.id} unmention={unmention} />
      {problem && <div class="ap-fail">{reason(here, problem)}</div>}
      <div class="ap-row">
        <Button v="quiet" onClick={end}>
          {say("cancel")}
        </Button>
        <Button v="primary" aria-disabled={isSaving} onClick={save}>
          {say(isSaving ? "sending" : "save")}
        </Button>
      </div>
    </div>
  );
}

/** Bring the end of `element` into view, moving nothing of the host's page. */
function reveal(element: HTMLElement): void {
  const scroll = scrollerOf(element.closest<HTMLElement>(".ap-scroll"));
  if (!scroll) return;
  const kept = Number.parseFloat(getComputedStyle(scroll).scrollPaddingBottom);
  const hidden = element.getBoundingClientRect().bottom - scroll.getBoundingClientRect().bottom + kept;
  if (hidden > 0) scroll.scrollBy({ top: hidden });
}
