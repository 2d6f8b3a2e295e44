/**
 * Who is mentioned and cannot see it: said before anything is sent, or when it was refused, with the ways on.
 *
 * Law: what was written stays, whatever is chosen; who could not be asked about is left to the service to refuse.
 */
import { useEffect, useState } from "preact/hooks";
import type { Problem } from "../../client";
import { newId } from "../../ids";
import type { Hidden, Person } from "../../wire";
import { lock } from "../acting/icons";
import { reason } from "../acting/reason";
import type { Writing } from "../acting/writing";
import { Button, Icon } from "../bits";
import { type Here, useHere, useSignal } from "../here";

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
    .map(([name, id]) => (
      <Unseeing key={id} name={name} id={id} thread={writing.thread} unmention={(one) => writing.unmention(one)} />
    ));
}

interface Ways {
  thread: string | null;
  unmention?: ((name: string) => void) | undefined;
}

/** Whom the service refused to mention: what was sent waits for what is chosen here. */
export function Refused({ people, ...ways }: Ways & { people: Hidden[] }) {
  return people.map((each) => <Unseeing key={each.id} {...each} {...ways} />);
}

function Unseeing({ name, id, thread, unmention }: Hidden & Ways) {
  const here = useHere();
  const { say } = here;
  const [answer, setAnswer] = useState<string | null>(null);
  useEffect(() => here.tell(say("cannot_see", { name }), "alert"), []);
  const ask = () => {
    const what = thread ? { thread_id: thread } : { record: place(here) };
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
        <Icon of={lock} s={14} />
        <span class="ap-grow">{answer ?? say("cannot_see", { name })}</span>
        {unmention && <Button onClick={() => unmention(name)}>{say("unmention", { name })}</Button>}
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
