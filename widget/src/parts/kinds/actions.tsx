/** What is to be done: a list with a box each. */
import { useState } from "preact/hooks";
import { dueDay } from "../../due";
import { day, fullDate, personOf } from "../../figures";
import { clock, plus } from "../../icons";
import type { Action } from "../../wire";
import { action as tick } from "../acting/icons";
import { Avatar, Button, Icon } from "../bits";
import { useHere } from "../here";
import { close } from "../icons";
import { useActing, useKit } from "../kits";
import type { Talk } from "../talk";

const SOON = 3 * 24 * 3_600_000;

export function Actions({ talk }: { talk: Talk }) {
  const { say } = useHere();
  const { thread } = talk;
  const [isAdding, add] = useState(false);
  const tasks = useKit("tasks", isAdding);
  const actions = thread.actions ?? [];
  const kept = actions.filter((each) => each.state !== "dropped");
  const writes = talk.can("comment");
  return (
    <section class="ap-todo" aria-label={say("actions")}>
      <header>
        <Icon of={tick} />
        {say("actions")}
        <span class="ap-end ap-muted ap-num">
          {say("of", { done: kept.filter((each) => each.state === "done").length, count: kept.length })}
        </span>
        {writes && !isAdding && <Button v="quiet" icon={plus} label={say("add_action")} onClick={() => add(true)} />}
      </header>
      <ul>
        {actions.map((each) => (
          <Item key={each.id} action={each} talk={talk} />
        ))}
      </ul>
      {tasks && isAdding && <tasks.TaskForm talk={talk} end={() => add(false)} />}
    </section>
  );
}

function Item({ action, talk }: { action: Action; talk: Talk }) {
  const here = useHere();
  const { say } = here;
  const acting = useActing();
  const [isDropping, drop] = useState(false);
  const isDone = action.state === "done";
  const may = talk.can("comment") || talk.can("reopen");
  const change = (state: Action["state"]) =>
    here.act((acts) => acts.attempt(here, talk, acts.changeTask(here, action, { state })));
  if (isDropping && acting)
    return (
      <li>
        <acting.LineForm
          label={say("drop_line")}
          action={say("drop")}
          required
          run={(line) => acting.changeTask(here, action, { state: "dropped", reason: line })}
          end={() => drop(false)}
        />
      </li>
    );
  return (
    <li data-done={action.state === "open" ? undefined : ""} data-state={action.state}>
      <input
        type="checkbox"
        class="ap-check"
        aria-label={action.text}
        checked={isDone}
        disabled={!may || talk.thread.status === "archived"}
        onChange={() => change(action.state === "open" ? "done" : "open")}
      />
      <span class="ap-todo-text" dir="auto">
        {action.text}
      </span>
      {may && action.state === "open" ? (
        <Button v="quiet" icon={close} label={say("drop_action", { text: action.text })} onClick={() => drop(true)} />
      ) : (
        <span />
      )}
      <span class="ap-todo-meta">
        {action.assignee && <Who id={action.assignee} talk={talk} />}
        <When action={action} />
      </span>
    </li>
  );
}

function Who({ id, talk }: { id: string; talk: Talk }) {
  const { say } = useHere();
  const { people, me } = talk.conversation;
  const { name } = personOf(people, id);
  return (
    <span class="ap-who">
      <Avatar id={id} name={name} small />
      {id === me ? say("you_capital") : <bdi>{name}</bdi>}
    </span>
  );
}

function When({ action: { state, due_at, done_at, reason: why } }: { action: Action }) {
  const { say, locale } = useHere();
  if (state === "dropped") return <span dir="auto">{say("dropped", { reason: why ?? "" })}</span>;
  if (state === "done") return <span>{say("done_on", { date: done_at ? day(done_at, locale) : "" })}</span>;
  if (!due_at) return null;
  const left = Date.parse(due_at) - Date.now();
  return (
    <span
      class="ap-chip"
      data-t={left < 0 ? "danger" : left < SOON ? "warning" : undefined}
      title={fullDate(due_at, locale)}
    >
      <Icon of={clock} s={12} />
      {say(left < 0 ? "due_late" : "due", { date: dueDay(due_at, locale) })}
    </span>
  );
}
