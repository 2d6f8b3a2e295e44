/** Asks for what a discussion came to before it is closed: a line and, where it is about a value, that. */
import { useState } from "preact/hooks";
import { useHere } from "../here";
import { useActing } from "../kits";
import type { Talk } from "../talk";
import { textOf, Worth, worthOf } from "./worth";

export function Closing({ talk, end }: { talk: Talk; end: () => void }) {
  const here = useHere();
  const { say } = here;
  const acting = useActing();
  const value = talk.thread.value_now;
  const [worth, setWorth] = useState(textOf(value));
  if (!acting) return null;
  return (
    <acting.LineForm
      label={say("outcome_line")}
      action={say("resolve_do")}
      run={(line) => acting.resolve(here, talk, line, worthOf(worth, value))}
      end={end}
    >
      {value && <Worth field={value} text={worth} set={setWorth} />}
    </acting.LineForm>
  );
}
