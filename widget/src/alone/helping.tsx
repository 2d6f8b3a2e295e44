/** People who can see the record, who takes part first, and a way to ask each. Until the service ranks whom to ask. */
import { useEffect, useState } from "preact/hooks";
import type { Conversation } from "../conversation";
import { check } from "../icons";
import { Avatar, Button } from "../parts/bits";
import { useHere } from "../parts/here";
import type { Person } from "../wire";
import { Asking } from "./asking";
import { Offline, type PartProps } from "./stand";

const USUAL = 5;
const MOST = 20;

export function Helping({ conversation, state, isOffline, said }: PartProps) {
  const { say, emit, root } = useHere();
  const limit = Math.min(Math.max(Number(said("limit")) || USUAL, 1), MOST);
  const [people, again] = usePeople(conversation, limit);
  const [asking, ask] = useState<Person | null>(null);
  const [asked, setAsked] = useState<string[]>([]);
  const writes = conversation.can.includes("comment");
  const end = ({ id }: Person) => {
    ask(null);
    root.querySelector<HTMLElement>(`[data-ask="${CSS.escape(id)}"]`)?.focus();
  };
  const sent = (person: Person, thread: string) => {
    setAsked([...asked, person.id]);
    end(person);
    emit("apropos-asked", { person: person.id, thread });
  };
  return (
    <section aria-label={say("who_helps")}>
      <h2 class="ap-list-h">{say("who_helps")}</h2>
      <Offline {...{ isOffline, state }} />
      {people === "failed" && (
        <p class="ap-alone-word">
          {say("people_failed")}{" "}
          <Button v="link" onClick={again}>
            {say("people_again")}
          </Button>
        </p>
      )}
      {Array.isArray(people) && people.length === 0 && <p class="ap-alone-word">{say("nobody_helps")}</p>}
      {Array.isArray(people) && (
        <ul class="ap-helpers">
          {people.map((person) => (
            <li class="ap-person" key={person.id}>
              <Avatar id={person.id} name={person.name} />
              <span>
                <span class="ap-person-n">
                  <b>
                    <bdi>{person.name}</bdi>
                  </b>
                  {person.department && <span class="ap-dept">{person.department}</span>}
                </span>
                <Why conversation={conversation} person={person.id} />
              </span>
              {writes && <Ask person={person} isAsked={asked.includes(person.id)} ask={ask} />}
            </li>
          ))}
        </ul>
      )}
      {asking && <Asking key={asking.id} person={asking} {...{ conversation, sent, end }} />}
    </section>
  );
}

/** Why somebody is in the list: what they do in the discussions here. */
function Why({ conversation, person }: { conversation: Conversation; person: string }) {
  const { say } = useHere();
  const sponsors = conversation.threads.some((each) => each.sponsor === person);
  if (!sponsors && !takesPart(conversation, person)) return null;
  return <span class="ap-why">{say(sponsors ? "sponsors_here" : "writes_here")}</span>;
}

interface AskProps {
  person: Person;
  isAsked: boolean;
  ask: (person: Person) => void;
}

function Ask({ person, isAsked, ask }: AskProps) {
  const { say } = useHere();
  const { name } = person;
  return (
    <Button
      data-ask={person.id}
      aria-label={say(isAsked ? "asked_person" : "ask_person", { name })}
      aria-disabled={isAsked}
      {...(isAsked ? { icon: check } : {})}
      onClick={() => !isAsked && ask(person)}
    >
      {say(isAsked ? "asked_one" : "ask_one")}
    </Button>
  );
}

function takesPart({ threads }: Conversation, person: string): boolean {
  return threads.some((each) => each.sponsor === person || each.participants.includes(person));
}

/** Who can see the record but whoever looks, those who take part in its discussions first; null while it is read. */
function usePeople(conversation: Conversation, limit: number): [Person[] | "failed" | null, () => void] {
  const { session } = useHere();
  const [found, setFound] = useState<Person[] | "failed" | null>(null);
  const { record } = conversation.record;
  const read = () => {
    const asked = session.client.get<{ data: Person[] }>("/v1/people", { record, limit: "50" });
    asked.then(
      ({ data }) => setFound(data.data),
      () => setFound("failed"),
    );
  };
  useEffect(read, [record, session]);
  if (!Array.isArray(found)) return [found, read];
  const others = found.filter(({ id }) => id !== conversation.me);
  const isIn = ({ id }: Person) => takesPart(conversation, id);
  return [[...others.filter(isIn), ...others.filter((each) => !isIn(each))].slice(0, limit), read];
}
