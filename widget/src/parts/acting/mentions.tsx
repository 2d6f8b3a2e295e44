/** Waits for an `@` in a field, or a slash: who can be mentioned, what a message can be, and their lists come when there is one. */
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Icon } from "../../icons";
import type { Outgoing } from "../../kept";
import { type Picked, sought } from "../../mentions";
import type { Hidden } from "../../wire";
import { Button } from "../bits";
import { useHere } from "../here";
import { useKit } from "../kits";
import type { Writing } from "./writing";

interface NamedProps {
  problem: Outgoing["problem"] | null;
  thread: string | null;
  /** With it, their name may stand without mentioning them. */
  unmention?: (name: string) => void;
}

/** Whom a refusal names because they cannot see it, each with the way on. */
export function Named({ problem, ...rest }: NamedProps) {
  const isIt = problem?.code === "mention_refused";
  const mentioning = useKit("mentioning", isIt);
  return isIt && mentioning && <mentioning.Refused {...rest} people={problem.document.people as Hidden[]} />;
}

interface Props {
  field: RefObject<HTMLTextAreaElement | null>;
  thread: string | null;
  /** With an icon, a button that writes the `@`. */
  icon?: Icon;
  /** With it, a slash offers what a message can be. */
  writing?: Writing;
  picked: (picked: Picked) => void;
}

export function Mentions({ field, thread, icon, writing, picked }: Props) {
  const { say } = useHere();
  const [isSought, setSought] = useState(false);
  const mentioning = useKit("mentioning", isSought);
  useEffect(() => {
    const element = field.current as HTMLTextAreaElement;
    const look = () => {
      const { value, selectionStart } = element;
      if (sought(value, selectionStart) !== null || (writing && value.startsWith("/"))) setSought(true);
    };
    if (element.matches(":focus")) look(); // what was typed before this was there
    const quit = new AbortController();
    element.addEventListener("input", look, quit);
    element.setAttribute("aria-autocomplete", "list");
    return () => quit.abort();
  }, []);
  const begin = () => {
    const element = field.current as HTMLTextAreaElement;
    const before = element.value.slice(0, element.selectionStart);
    element.focus();
    element.setRangeText(/(^|\s)$/.test(before) ? "@" : " @", element.selectionStart, element.selectionEnd, "end");
    element.dispatchEvent(new Event("input", { bubbles: true }));
  };
  return (
    <>
      {icon && <Button v="quiet" icon={icon} label={say("mention")} onClick={begin} />}
      {mentioning && writing && <mentioning.Slash writing={writing} field={field} />}
      {mentioning && <mentioning.People field={field} thread={thread} picked={picked} />}
    </>
  );
}
