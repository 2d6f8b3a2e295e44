/** Offers the kinds while a message is no more than a slash and perhaps a letter. */
import type { RefObject } from "preact";
import { useRef } from "preact/hooks";
import { kindChoices } from "../acting/choices";
import type { Writing } from "../acting/writing";
import { Icon } from "../bits";
import { useHere, useSignal } from "../here";
import type { Choice } from "../menu";
import { Offered } from "./offered";

interface Props {
  writing: Writing;
  field: RefObject<HTMLTextAreaElement | null>;
}

export function Slash({ writing, field }: Props) {
  const here = useHere();
  const { body, kind } = useSignal(writing.state);
  const dismissed = useRef("");
  if (!body.startsWith("/")) dismissed.current = "";
  const items = /^\/\w?$/.test(body) ? kindChoices(here, writing).filter(({ keys }) => keys?.startsWith(body)) : [];
  if (!items[0] || dismissed.current) return null;
  const dismiss = () => {
    dismissed.current = body;
    writing.choose(kind);
  };
  const pick = ({ run }: Choice) => {
    writing.clear(kind);
    run?.();
  };
  return (
    <Offered
      field={field}
      label={here.say("kind", { kind: here.say(kind) })}
      items={items}
      asked={body}
      row="ap-opt"
      show={(choice) => <Shown {...choice} />}
      pick={pick}
      dismiss={dismiss}
    />
  );
}

function Shown({ icon, text, keys, help }: Choice) {
  return (
    <>
      <Icon of={icon} />
      <b>{text}</b>
      <kbd class="ap-kbd">{keys}</kbd>
      <span>{help}</span>
    </>
  );
}
