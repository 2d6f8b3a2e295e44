/** In the head of a panel: who else is here now. Pressing it says where each of them is. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Conversation } from "../../conversation";
import { listed } from "../../figures";
import type { Present } from "../../wire";
import { Avatar } from "../bits";
import { useHere, useSignal } from "../here";
import { useKit } from "../kits";
import { type Company, companyAt } from "./company";
import { seatOf } from "./seat";

const MOST = 3;
const HERE = { "data-here": "" };

/** Who is at a record, heard of while the part shows. */
export function useCompany(record: string): Company {
  const { session } = useHere();
  const company = useMemo(() => companyAt(session, record), [session, record]);
  useEffect(() => company.enter(), [company]);
  return company;
}

interface Props {
  conversation: Conversation;
  /** The field that is discussed; null is the record as a whole. */
  field: string | null;
}

export function People({ conversation, field }: Props) {
  const { say, session, marks, locale } = useHere();
  const { record } = conversation.record;
  const all = useSignal(useCompany(record).people);
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const isNear = (each: Present) => each.field === field;
  const people = [...all.filter(isNear), ...all.filter((each) => !isNear(each))];
  useEffect(() => seatOf(session).take({ record, field }), [record, field]);
  useEffect(() => {
    marks.set(Object.fromEntries(all.filter(isNear).map(({ id }) => [id, HERE])));
    return () => marks.set({});
  }, [all, field]);
  if (!people[0]) return null;
  const names = people.map(({ name }) => name);
  const text = say("here_now", { people: listed(names, locale) });
  const leave = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !isOpen) return;
    event.preventDefault();
    event.stopPropagation();
    setOpen(false);
  };
  return (
    <>
      <button
        type="button"
        class="ap-btn ap-company"
        data-v="quiet"
        data-s="s"
        aria-label={text}
        title={text}
        aria-expanded={isOpen}
        ref={button}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={leave}
      >
        <span class="ap-stack">
          {people.slice(0, MOST).map((each) => (
            <Avatar key={each.id} id={each.id} name={each.name} small {...(isNear(each) ? HERE : {})} />
          ))}
        </span>
        {people.length > MOST && `+${people.length - MOST}`}
      </button>
      {isOpen && <Whereabouts {...{ conversation, field, people, button, end: () => setOpen(false) }} />}
    </>
  );
}

interface WhereaboutsProps extends Props {
  people: Present[];
  button: { current: HTMLButtonElement | null };
  end: () => void;
}

function Whereabouts({ conversation, field, people, button, end }: WhereaboutsProps) {
  const { say } = useHere();
  const acting = useKit("acting", true);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const [popup, anchor] = [list.current, button.current];
    if (!acting || !popup || !anchor) return undefined;
    anchor.popoverTargetElement = popup;
    anchor.popoverTargetAction = "show"; // the press that opened it may not have ended yet
    popup.showPopover();
    const stop = acting.place(popup, anchor);
    return () => {
      stop();
      anchor.popoverTargetElement = null;
    };
  }, [acting]);
  const where = (at: string | null) => {
    if (at === field) return say("is_here");
    return at ? say("is_at", { label: conversation.record.fields[at]?.label ?? at }) : say("is_around");
  };
  return (
    <div
      class="ap-pop"
      popover="auto"
      ref={list}
      onToggle={(event: { newState: string }) => event.newState === "closed" && end()}
    >
      <ul class="ap-whereabouts" aria-label={say("here_title")}>
        {people.map((each) => (
          <li class="ap-person" key={each.id}>
            <Avatar id={each.id} name={each.name} {...(each.field === field ? HERE : {})} />
            <span>
              <span class="ap-person-n">
                <b>
                  <bdi>{each.name}</bdi>
                </b>
                {each.department && <span class="ap-dept">{each.department}</span>}
              </span>
              <span class="ap-why">{where(each.field)}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
