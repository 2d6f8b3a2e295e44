/** Another text for a message. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "../../client";
import { personOf, when } from "../../figures";
import { sends } from "../../liking";
import { spoken, written } from "../../mentions";
import type { Comment } from "../../wire";
import { edit, focusOn } from "../acting/acts";
import { Mentions, Named } from "../acting/mentions";
import { reason } from "../acting/reason";
import { typed } from "../acting/typed";
import { Button } from "../bits";
import { scrollerOf } from "../feed";
import { useHere } from "../here";
import type { Talk } from "../talk";

interface Props {
  talk: Talk;
  comment: Comment;
}

/**
 * Changes a message.
 *
 * Law: what was typed stays until the service has it, and takes the place only of what its author was shown.
 */
export function EditForm({ talk, comment }: Props) {
  const here = useHere();
  const { say } = here;
  const { people } = talk.conversation;
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isSaving, setSaving] = useState(false);
  const textOf = ({ body }: Comment) => spoken(body, (id) => personOf(people, id).name);
  const [before] = useState(() => textOf(comment));
  /** What this takes the place of: the message as it was, or what it became on another device. */
  const [known, setKnown] = useState(comment);
  /** Whether it became something else, and whether that shows. */
  const [clash, setClash] = useState<"told" | "shown" | null>(null);
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
    const { from } = talk.doing;
    talk.change({ editing: undefined, from: undefined });
    if (from) from.focus();
    else focusOn(here, comment);
  };
  const showBoth = () => {
    setClash("shown");
    field.current?.focus();
  };
  const unmention = (name: string) => {
    delete picked.current[name];
    setProblem(null);
    field.current?.focus();
  };
  const save = async () => {
    const body = written(field.current?.value ?? "", picked.current);
    if (!body.trim() || isSaving) return;
    if (clash === "told") return showBoth();
    setSaving(true);
    try {
      const now = body === known.body ? null : await edit(here, known, body);
      if (!now) return end();
      setKnown(now);
      setClash(clash ?? "told");
      setProblem(null);
      here.tell(clashed(now), "alert");
    } catch (raised) {
      setProblem(raised as Problem);
      here.tell(reason(here, raised as Problem), "alert");
    }
    setSaving(false);
  };
  const clashed = ({ edited_at, posted_at }: Comment) =>
    say("clash", { time: when(edited_at ?? posted_at, here.locale) });
  const other = `other-${comment.id}`;
  const key = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === "Escape") end();
    else if (sends(event, here.session)) save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="ap-edit" ref={form}>
      {clash && (
        <div class="ap-fail">
          <span class="ap-grow">{clashed(known)}</span>
          {clash === "told" && <Button onClick={showBoth}>{say("show_both")}</Button>}
        </div>
      )}
      {clash === "shown" && (
        <div class="ap-field">
          <span class="ap-label">{say("other_text")}</span>
          <div class="ap-text" dir="auto" id={other}>
            {typed(textOf(known).text)}
          </div>
          <span class="ap-label">{say("your_text")}</span>
        </div>
      )}
      <textarea
        class="ap-input"
        dir="auto"
        aria-label={say("edit_message")}
        aria-describedby={clash === "shown" ? other : undefined}
        ref={field}
        onKeyDown={key}
      >
        {before.text}
      </textarea>
      <Mentions field={field} thread={talk.thread.id} picked={(more) => Object.assign(picked.current, more)} />
      <Named problem={problem} thread={talk.thread.id} unmention={unmention} />
      {problem && <div class="ap-fail">{reason(here, problem)}</div>}
      <div class="ap-row">
        <Button v="quiet" onClick={end}>
          {say(clash === "shown" ? "keep_other" : "cancel")}
        </Button>
        <Button v="primary" aria-disabled={isSaving} onClick={save}>
          {say(isSaving ? "sending" : clash === "shown" ? "save_yours" : "save")}
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
