/** Finds people while somebody writes `@`: those of the discussion at once, others who can see it as they are found, and groups. */
import type { RefObject } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { personOf } from "../../figures";
import { type Picked, picking, sought } from "../../mentions";
import { bare } from "../../names";
import type { FoundGroup, Person } from "../../wire";
import { place } from "../acting/place";
import { Avatar } from "../bits";
import { type Here, useHere } from "../here";

export { default as css } from "virtual:sheet/mentioning";
export { mentioning as words } from "../../words/en/mentioning";
export { Blind, Refused } from "./blind";

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

/** The list while there is something to look for. Its keys are heard in the field, before anybody else hears them. */
export function People({ field, thread, picked }: Props) {
  const here = useHere();
  const element = field.current as HTMLTextAreaElement;
  const [query, setQuery] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const dismissed = useRef<string | null>(null);
  const people = usePeople(here, thread, query);
  const id = useId();

  const look = () => {
    const now = sought(element.value, element.selectionStart);
    if (now === null) dismissed.current = null;
    setQuery(now === dismissed.current ? null : now);
    setAt(0);
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
  const key = (event: KeyboardEvent) => {
    if (people.length === 0 || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = people[at % people.length];
    if (step) setAt((before) => (before + step + people.length) % people.length);
    else if ((event.key === "Enter" || event.key === "Tab") && chosen && !event.ctrlKey && !event.metaKey) pick(chosen);
    else if (event.key === "Escape") {
      dismissed.current = query;
      setQuery(null);
    } else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  useEffect(look, []);
  useEffect(() => {
    element.addEventListener("input", look);
    return () => element.removeEventListener("input", look);
  }, [element]);
  useEffect(() => {
    element.addEventListener("keydown", key, { capture: true });
    return () => element.removeEventListener("keydown", key, { capture: true });
  });
  useEffect(() => {
    const isOpen = people.length > 0;
    for (const [name, value] of [
      ["aria-controls", id],
      ["aria-activedescendant", `${id}-${at % people.length}`],
    ] as const)
      if (isOpen) element.setAttribute(name, value);
      else element.removeAttribute(name);
  });
  if (people.length === 0) return null;
  return <List id={id} people={people} at={at % people.length} pick={pick} anchor={field} />;
}

interface ListProps {
  id: string;
  people: Found[];
  at: number;
  pick: (person: Found) => void;
  anchor: RefObject<HTMLElement | null>;
}

function List({ id, people, at, pick, anchor }: ListProps) {
  const here = useHere();
  const { say } = here;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const popover = list.current as HTMLElement;
    popover.showPopover();
    return place(popover, anchor.current as HTMLElement, "start");
  }, [people.length]);
  return (
    <div class="ap-pop" popover="manual" role="listbox" id={id} aria-label={say("people")} ref={list}>
      {people.map((person, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and hears the keys
        <div
          class="ap-person"
          role="option"
          id={`${id}-${index}`}
          key={person.id}
          tabIndex={-1}
          aria-selected={index === at}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => pick(person)}
        >
          <Avatar id={person.id} name={person.name} />
          <span class="ap-person-n">
            <b>
              <bdi>{person.name}</bdi>
            </b>
            {person.department && <span class="ap-dept">{person.department}</span>}
            {person.group && <span class="ap-dept">{sizeOf(here, person.group)}</span>}
          </span>
        </div>
      ))}
    </div>
  );
}

/** How many a group is, and how many of them will not be told. */
function sizeOf({ say }: Here, { member_count, reach }: FoundGroup): string {
  const hidden = member_count - (reach ?? member_count);
  const size = say("group_of", { count: member_count });
  return hidden > 0 ? `${size} ${say("group_hidden", { count: hidden })}` : size;
}

/** Who fits, never oneself: people of the discussion at once, then others who can see it, then groups. */
function usePeople({ store, session, say, tell }: Here, thread: string | null, query: string | null): Found[] {
  const [found, setFound] = useState<Found[]>([]);
  const { conversation } = store.state.value;
  const me = session.client.person;
  useEffect(() => {
    if (query === null) return setFound([]);
    const timer = setTimeout(async () => {
      const where = thread ? { thread } : { record: conversation?.record.record };
      const asked = { query, ...where, limit: "10" };
      type Answer = { data: Person[]; groups: FoundGroup[] };
      const answer = await session.client.get<Answer>("/v1/people", asked).catch(() => null);
      const people: Found[] = answer?.data.data.filter((each) => each.id !== me) ?? [];
      const groups = answer?.data.groups ?? [];
      const all = [
        ...people,
        ...groups.map((group) => ({ id: `group:${group.id}`, name: group.name, group }) as Found),
      ];
      setFound(all);
      tell(say("people_found", { count: all.length }));
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [query]);
  if (query === null || !conversation) return [];
  const wanted = bare(query);
  const fits = ({ name }: Person) => ` ${bare(name)}`.includes(` ${wanted}`);
  const everybody = Object.keys(conversation.people).map((id) => personOf(conversation.people, id));
  const here = everybody.filter((each) => each.id !== me && fits(each));
  const others = found.filter((each) => here.every((one) => one.id !== each.id));
  return [...here, ...others].slice(0, MOST);
}
