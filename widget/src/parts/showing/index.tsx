/** Changes who sees a discussion: fewer at once, others after it was said who they are. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "../../client";
import { listed, personOf } from "../../figures";
import type { People, Person, Visibility } from "../../wire";
import { show } from "../acting/acts";
import { reason } from "../acting/reason";
import { Button } from "../bits";
import { useHere } from "../here";
import type { Talk } from "../talk";
import { offered } from "./offered";

export { default as css } from "virtual:sheet/showing";
export { showing as words } from "../../words/en/showing";
export { Mark } from "./mark";

const MOST = "20";
const PAUSE = 120;

interface Props {
  talk: Talk;
  end: () => void;
}

export function Showing({ talk, end }: Props) {
  const here = useHere();
  const { say, session } = here;
  const { thread, conversation } = talk;
  const { me, record } = conversation;
  const [visibility, setVisibility] = useState<Visibility>(thread.visibility);
  const [chosen, setChosen] = useState(() => new Set(thread.members ?? thread.participants));
  const [people, setPeople] = useState<People>(conversation.people);
  const [query, setQuery] = useState("");
  const [found, setFound] = useState<string[]>(() => Object.keys(conversation.people));
  const [problem, setProblem] = useState<Problem | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const widens = thread.viewer.can.includes("widen");
  const newly = problem?.code === "confirmation_required" ? (problem.document.newly_visible_to ?? []) : null;
  useEffect(() => form.current?.querySelector<HTMLElement>(newly ? "button" : "select")?.focus(), [newly === null]);
  useEffect(() => {
    let isLatest = true;
    const look = async () => {
      const asked = { query: query || undefined, record: record.record, limit: MOST };
      const answer = await session.client.get<{ data: Person[] }>("/v1/people", asked).catch(() => null);
      if (!answer || !isLatest) return;
      const { data } = answer.data;
      setPeople((now) => ({ ...now, ...Object.fromEntries(data.map((one) => [one.id, one])) }));
      setFound([...(query ? [] : Object.keys(conversation.people)), ...data.map((one) => one.id)]);
      if (query) here.tell(say("sees_found", { count: data.length }));
    };
    const timer = setTimeout(look, PAUSE);
    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [query]);
  const named = (id: string) => {
    if (id === "all:members") return say("all_members");
    if (id === "all:guests") return say("all_guests");
    const cards = problem?.document.people;
    return personOf({ ...people, ...(Array.isArray(cards) ? {} : cards) }, id).name;
  };
  const go = (event: Event) => {
    event.preventDefault();
    const members = visibility === "restricted" ? [...chosen] : undefined;
    show(here, talk, { visibility, members, confirm: newly ?? undefined }).then(end, setProblem);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (newly) setProblem(null);
    else end();
  };
  const mayAdd = widens || thread.visibility !== "restricted";
  const always = [me, thread.sponsor, ...chosen].filter((id) => id !== null);
  const offeredPeople = [...new Set([...always, ...(mayAdd ? found : (thread.members ?? []))])];
  const tick = (id: string, isOn: boolean) =>
    setChosen((now) => new Set(isOn ? [...now, id] : [...now].filter((one) => one !== id)));
  const refusal = () => {
    const blind = problem?.document.people;
    if (problem?.code === "member_cannot_see" && Array.isArray(blind))
      return say("blind", { people: listed((blind as string[]).map(named), here.locale) });
    return problem && reason(here, problem);
  };
  if (newly)
    return (
      <form class="ap-closing" ref={form} onKeyDown={key} aria-label={say("newly_do")}>
        <p role="alert">{say("newly_sees")}</p>
        <ul>
          {newly.map((id) => (
            <li key={id} dir="auto">
              {named(id)}
            </li>
          ))}
        </ul>
        <div class="ap-row">
          <Button v="quiet" onClick={() => setProblem(null)}>
            {say("cancel")}
          </Button>
          <Button v="primary" type="submit" onClick={go}>
            {say("newly_do")}
          </Button>
        </div>
      </form>
    );
  return (
    <form class="ap-closing" ref={form} onKeyDown={key}>
      <label class="ap-field">
        <span class="ap-label">{say("who_sees")}</span>
        <select class="ap-select" onChange={({ currentTarget }) => setVisibility(currentTarget.value as Visibility)}>
          {offered(thread.visibility, widens).map((each) => (
            <option key={each} value={each} selected={each === visibility}>
              {say(`sees_${each}`)}
            </option>
          ))}
        </select>
      </label>
      {visibility === "restricted" && (
        <fieldset class="ap-field">
          <legend class="ap-label">{say("sees_people")}</legend>
          {mayAdd && (
            <input
              class="ap-input"
              type="search"
              maxLength={128}
              aria-label={say("sees_search")}
              placeholder={say("sees_search")}
              onInput={({ currentTarget }) => setQuery(currentTarget.value.trim())}
              onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
            />
          )}
          <div class="ap-choose">
            {offeredPeople.map((id) => (
              <label key={id} class="ap-row">
                <input
                  type="checkbox"
                  checked={id === me || id === thread.sponsor || chosen.has(id)}
                  disabled={id === me || id === thread.sponsor}
                  onChange={({ currentTarget }) => tick(id, currentTarget.checked)}
                />
                <span dir="auto">{personOf(people, id).name}</span>
              </label>
            ))}
          </div>
        </fieldset>
      )}
      {problem && <div class="ap-fail">{refusal()}</div>}
      <div class="ap-row">
        <Button v="quiet" onClick={end}>
          {say("cancel")}
        </Button>
        <Button v="primary" type="submit" onClick={go}>
          {say("show_do")}
        </Button>
      </div>
    </form>
  );
}
