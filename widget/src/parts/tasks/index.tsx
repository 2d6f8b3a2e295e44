/** Adds something to do: one line; who and until when are there when wanted. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "../../client";
import { personOf, plainly } from "../../figures";
import { newId } from "../../ids";
import { reason } from "../acting/reason";
import { addTask } from "../acting/settling";
import { Button } from "../bits";
import { useHere } from "../here";
import type { Talk } from "../talk";

export { default as css } from "virtual:sheet/tasks";
export { tasks as words } from "../../words/en/tasks";

const LONGEST = 500;

interface Props {
  talk: Talk;
  end: () => void;
}

/** Begins with the first line of the message that it comes from, if it comes from one. */
export function TaskForm({ talk, end }: Props) {
  const here = useHere();
  const { say } = here;
  const { thread, conversation, doing } = talk;
  const { me, people } = conversation;
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isSending, setSending] = useState(false);
  /** What was sent last, so that sending it again adds it once. */
  const sent = useRef({ id: newId("act"), said: "" });
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const field = form.current?.querySelector("input") as HTMLInputElement;
    field.value = plainly(doing.source, people, LONGEST - 1).split("\n")[0] as string;
    field.focus();
  }, []);
  const offered = [...new Set([...(me ? [me] : []), ...thread.participants])];
  const go = (event: Event) => {
    event.preventDefault();
    const given = new FormData(form.current as HTMLFormElement);
    const said = (name: string) => String(given.get(name) ?? "").trim() || undefined;
    const text = said("text");
    if (!text || isSending) return;
    const task = { text, assignee: said("assignee"), due_at: said("due"), comment_id: doing.source?.id };
    const all = JSON.stringify(task);
    if (sent.current.said !== all) sent.current = { id: newId("act"), said: all };
    setSending(true);
    addTask(here, talk, { id: sent.current.id, ...task }).then(end, (raised) => {
      setProblem(raised);
      setSending(false);
    });
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    end();
  };
  return (
    <form class="ap-closing" ref={form} onKeyDown={key}>
      <label class="ap-field">
        <span class="ap-label">{say("action_line")}</span>
        <input name="text" dir="auto" maxLength={LONGEST} />
      </label>
      <div class="ap-form-2">
        <label class="ap-field">
          <span class="ap-label">{say("assignee")}</span>
          <select class="ap-select" name="assignee">
            <option value="">{say("nobody_yet")}</option>
            {offered.map((id) => (
              <option key={id} value={id}>
                {id === me ? say("you_capital") : personOf(people, id).name}
              </option>
            ))}
          </select>
        </label>
        <label class="ap-field">
          <span class="ap-label">{say("due_day")}</span>
          <input name="due" type="date" />
        </label>
      </div>
      {problem && <div class="ap-fail">{reason(here, problem)}</div>}
      <div class="ap-row">
        <Button v="quiet" onClick={end}>
          {say("cancel")}
        </Button>
        <Button v="primary" type="submit" aria-disabled={isSending} onClick={go}>
          {say(isSending ? "sending" : "add_action")}
        </Button>
      </div>
    </form>
  );
}
