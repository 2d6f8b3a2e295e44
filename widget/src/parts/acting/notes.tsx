/** What is said between the messages and the field: what was done and can be undone, and what did not work. */
import { useEffect } from "preact/hooks";
import { Button, Icon } from "../bits";
import { useHere } from "../here";
import { done as tick } from "../icons";
import type { Talk } from "../talk";
import { alert } from "./icons";
import { reason } from "./reason";

const UNDO = 10_000;

export function Notes({ talk }: { talk: Talk }) {
  const here = useHere();
  const { say } = here;
  const { done, problem } = talk.doing;
  useEffect(() => {
    if (!done) return undefined;
    const end = setTimeout(() => talk.change({ done: undefined }), UNDO);
    return () => clearTimeout(end);
  }, [done]);
  return (
    <>
      {problem && (
        <div class="ap-quick">
          <div class="ap-fail">
            <Icon of={alert} s={14} />
            <span class="ap-grow">
              {problem.status === 401 ? reason(here, problem) : say("not_done", { reason: reason(here, problem) })}
            </span>
            {problem.status === 401 && <Button onClick={() => location.reload()}>{say("sign_in")}</Button>}
          </div>
        </div>
      )}
      {done && (
        <div class="ap-toast">
          <Icon of={tick} s={14} />
          <span class="ap-grow">{done.text}</span>
          <Button v="link" onClick={done.undo}>
            {say("undo")}
          </Button>
        </div>
      )}
    </>
  );
}
