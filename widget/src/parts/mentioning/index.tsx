/** Finds people while somebody writes `@`: those of the discussion at once, others who can see it as they are found, and groups. */
import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { personOf } from "../../figures";
import { type Picked, picking, sought } from "../../mentions";
import { bare } from "../../names";
import type { FoundGroup, Person } from "../../wire";
import { Avatar } from "../bits";
import { type Here, useHere } from "../here";
import { Offered } from "./offered";
import { Unknown } from "./unknown";

export { default as css } from "virtual:sheet/mentioning";
export { mentioning as words } from "../../words/en/mentioning";
export { Blind, Refused } from "./blind";
export { Slash } from "./slash";

const MOST = 6;
const PAUSE = 120;

interface Props {
  field: RefObject<HTMLTextAreaElement | null>;
  /** The discussion that is written in; null where one begins. */
  thread: string | null;
  picked: (picked: Picked) => void;
}

/** Somebody, or a group, whose `id` begins with `group:`. */
type Found = Person & { group?: FoundGroup };

/** The list while there is somebody to look for. */
export function People({ field, thread, picked }: Props) {
  const here = useHere();
  const element = field.current as HTMLTextAreaElement;
  const [query, setQuery] = useState<string | null>(null);
  const dismissed = useRef<string | null>(null);
  const { people, isUnknown } = usePeople(here, thread, query);

  const look = () => {
    const now = sought(element.value, element.selectionStart);
    if (now === null) dismissed.current = null;
    setQuery(now === dismissed.current ? null : now);
  };
  const pick = (person: Found) => {
    const next = picking(element.value, element.selectionStart, person.name);
    picked({ [person.name]: person.id });
    element.value = next.text;
    element.setSelectionRange(next.caret, next.caret);
    element.dispatchEvent(new Event("input", { bubbles: true }));
    element.focus();
    setQuery(null);
  };
  const dismiss = () => {
    dismissed.current = query;
    setQuery(null);
  };
  useEffect(look, []);
  useEffect(() => {
    element.addEventListener("input", look);
    return () => element.removeEventListener("input", look);
  }, [element]);
  if (query === null) return null;
  if (people.length === 0) return isUnknown && <Unknown field={element} />;
  return (
    <Offered
      field={field}
      label={here.say("people")}
      items={people}
      asked={query}
      row="ap-person"
      show={(person) => <Shown person={person} />}
      pick={pick}
      dismiss={dismiss}
    />
  );
}

function Shown({ person }: { person: Found }) {
  const here = useHere();
  return (
    <>
      <Avatar id={person.id} name={person.name} />
      <span class="ap-person-n">
        <b>
          <bdi>{person.name}</bdi>
        </b>
        {person.department && <span class="ap-dept">{person.department}</span>}
        {person.group && <span class="ap-dept">{sizeOf(here, person.group)}</span>}
      </span>
    </>
  );
}

/** How many a group is, and how many of them will not be told. */
function sizeOf({ say }: Here, { member_count, reach }: FoundGroup): string {
  const hidden = member_count - (reach ?? member_count);
  const size = say("group_of", { count: member_count });
  return hidden > 0 ? `${size} ${say("group_hidden", { count: hidden })}` : size;
}

/** Who fits, never oneself: people of the discussion at once, then others who can see it, then groups; and whether those others are unknown. */
function usePeople({ store, session, say, tell }: Here, thread: string | null, query: string | null) {
  const [found, setFound] = useState<Found[] | null>([]);
  const { conversation } = store.state.value;
  const me = session.client.person;
  useEffect(() => {
    if (query === null) return setFound([]);
    const timer = setTimeout(async () => {
      const where = thread ? { thread } : { record: conversation?.record.record };
      const asked = { query, ...where, limit: "10" };
      type Answer = { data: Person[]; groups: FoundGroup[] };
      const answer = await session.client.get<Answer>("/v1/people", asked).catch(() => null);
      const people: Found[] | undefined = answer?.data.data?.filter((each) => each.id !== me);
      const groups = answer?.data.groups?.map(
        (group) => ({ id: `group:${group.id}`, name: group.name, group }) as Found,
      );
      const all = people && groups ? [...people, ...groups] : null;
      setFound(all);
      tell(all ? say("people_found", { count: all.length }) : say("people_unknown"));
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [query]);
  if (query === null || !conversation) return { people: [] };
  const wanted = bare(query);
  const fits = ({ name }: Person) => ` ${bare(name)}`.includes(` ${wanted}`);
  const everybody = Object.keys(conversation.people).map((id) => personOf(conversation.people, id));
  const here = everybody.filter((each) => each.id !== me && fits(each));
  const others = (found ?? []).filter((each) => here.every((one) => one.id !== each.id));
  return { people: [...here, ...others].slice(0, MOST), isUnknown: !found };
}
