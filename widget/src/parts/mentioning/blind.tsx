/**
 * Who is mentioned and cannot see it: said before anything is sent, with the ways on.
 *
 * Law: what was written stays, whatever is chosen; who could not be asked about is left to the service to refuse.
 */
import { useEffect, useState } from "preact/hooks";
import type { Problem } from "../../client";
import { newId } from "../../ids";
import type { Person } from "../../wire";
import { reason } from "../acting/reason";
import type { Writing } from "../acting/writing";
import { Button, Icon } from "../bits";
import { type Here, useHere, useSignal } from "../here";

const LOCK = [
  "M4.6 7h6.8a1.4 1.4 0 0 1 1.4 1.4v3.8a1.4 1.4 0 0 1-1.4 1.4H4.6a1.4 1.4 0 0 1-1.4-1.4V8.4A1.4 1.4 0 0 1 4.6 7zM5.4 7V5.2a2.6 2.6 0 0 1 5.2 0V7",
] as const;

export function Blind({ writing }: { writing: Writing }) {
  const here = useHere();
  const state = useSignal(writing.state);
  const blind = useSignal(writing.blind);
  const named = Object.entries(state.picked ?? {}).filter(([name]) => state.body.includes(`@${name}`));
  const ids = named.map(([, id]) => id).filter((id) => !id.startsWith("group:"));
  useEffect(() => {
    for (const id of ids) canSee(here, writing, id).then((sees) => writing.hide(id, !sees));
  }, [ids.join()]);
  return named
    .filter(([, id]) => blind.includes(id))
    .map(([name, id]) => <Hidden key={id} name={name} id={id} writing={writing} />);
}

function Hidden({ name, id, writing }: { name: string; id: string; writing: Writing }) {
  const here = useHere();
  const { say } = here;
  const [answer, setAnswer] = useState<string | null>(null);
  useEffect(() => here.alert(say("cannot_see", { name })), []);
  const ask = () => {
    const what = writing.thread ? { thread_id: writing.thread } : { record: place(here) };
    here.session.client.send("POST", "/v1/access/requests", { id: newId("ask"), person_id: id, ...what }).then(
      () => setAnswer(say("access_asked", { name })),
      (problem: Problem) => setAnswer(say("not_done", { reason: reason(here, problem) })),
    );
  };
  useEffect(() => {
    if (answer) here.tell(answer);
  }, [answer]);
  return (
    <div class="ap-extra">
      <div class="ap-extra-row">
        <Icon of={LOCK as never} s={14} />
        <span class="ap-grow">{answer ?? say("cannot_see", { name })}</span>
        <Button onClick={() => writing.unmention(name)}>{say("unmention", { name })}</Button>
        {!answer && (
          <Button v="link" onClick={ask}>
            {say("ask_for_access")}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Whether somebody can see what is written here; yes where nobody answers. */
async function canSee(here: Here, writing: Writing, id: string): Promise<boolean> {
  const where = writing.thread ? { thread: writing.thread } : { record: place(here) };
  const answer = await here.session.client.get<{ data: Person[] }>("/v1/people", { ...where, id }).catch(() => null);
  return !answer || answer.data.data.some((each) => each.id === id);
}

function place(here: Here): string | undefined {
  return here.store.state.value.conversation?.record.record;
}
