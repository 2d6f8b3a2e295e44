/** Short forms inside a discussion: an outcome, a reason to go on. */
import type { ComponentChild, ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "../../client";
import type { Comment } from "../../wire";
import { Button } from "../bits";
import { useHere } from "../here";
import { useKit } from "../kits";
import type { Talk } from "../talk";
import { remove, reopen, restore } from "./acts";
import { reason } from "./reason";

interface MessageProps {
  talk: Talk;
  comment: Comment;
}

/** Brings back what was deleted here a moment ago. */
export function Undelete({ talk, comment }: MessageProps) {
  const here = useHere();
  if (!talk.doing.deleted?.includes(comment.id)) return null;
  return (
    <Button v="link" onClick={() => restore(here, talk, comment)}>
      {here.say("undo")}
    </Button>
  );
}

/** Another text for a message, where its text stands; that shows until the form is there. */
export function Editing({ talk, comment, text }: MessageProps & { text: ComponentChild }) {
  const editing = useKit("editing", true);
  return editing ? <editing.EditForm talk={talk} comment={comment} /> : text;
}

/** Asks for what it takes before a discussion is closed or goes on, or something to do is added. */
export function Asking({ talk }: { talk: Talk }) {
  const here = useHere();
  const { say } = here;
  const { asking, source } = talk.doing;
  const tasks = useKit("tasks", asking === "action");
  const showing = useKit("showing", asking === "visibility");
  const settled = useKit("settled", asking === "resolve");
  const end = () => talk.change({ asking: undefined, source: undefined });
  if (asking === "visibility") return showing && <showing.Showing talk={talk} end={end} />;
  if (asking === "resolve") return settled && <settled.Closing talk={talk} end={end} />;
  if (asking === "action") return tasks && <tasks.TaskForm talk={talk} end={end} />;
  if (asking === "remove" && source)
    return (
      <LineForm
        label={say("remove_line")}
        action={say("remove")}
        run={(line) => remove(here, talk, source, line)}
        end={end}
      />
    );
  return (
    <LineForm label={say("reopen_line")} action={say("reopen")} run={(line) => reopen(here, talk, line)} end={end} />
  );
}

interface LineProps {
  label: string;
  action: string;
  required?: boolean;
  run: (line: string) => Promise<void>;
  end: () => void;
  /** What else is asked for. */
  children?: ComponentChildren;
}

/**
 * Asks for one line; it may stay empty unless it is `required`.
 * Trap: a sandboxed frame submits no form; Enter in a field presses the button there too, so the button is what acts.
 */
export function LineForm({ label, action, required, run, end, children }: LineProps) {
  const here = useHere();
  const [problem, setProblem] = useState<Problem | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const go = async (event: Event) => {
    event.preventDefault();
    const line = field.current?.value.trim() ?? "";
    if (required && !line) return field.current?.focus();
    await run(line).then(end, setProblem);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    end();
  };
  return (
    <form class="ap-closing" onKeyDown={key}>
      <label class="ap-field">
        <span class="ap-label">{label}</span>
        <input dir="auto" maxLength={required ? 500 : 2000} aria-required={required} ref={field} />
      </label>
      {children}
      {problem && <div class="ap-fail">{reason(here, problem)}</div>}
      <div class="ap-row">
        <Button v="quiet" onClick={end}>
          {here.say("cancel")}
        </Button>
        <Button v="primary" type="submit" onClick={go}>
          {action}
        </Button>
      </div>
    </form>
  );
}
