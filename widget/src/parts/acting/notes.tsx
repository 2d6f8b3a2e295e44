/** What comes between the messages and the field: what was done and can be undone, what did not work, what is asked for; and a message's history, over all. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Button, Icon } from "../bits";
import { useHere } from "../here";
import { useKit } from "../kits";
import type { Talk } from "../talk";
import { Asking } from "./forms";
import { alert, offline, done as tick } from "./icons";
import { useKeptFocus } from "./kept";
import { reason } from "./reason";

const UNDO = 10_000;

/** The way on for somebody whom the page around us signed out: it is loaded anew, and what was typed is kept. */
export function SignIn() {
  return <Button onClick={() => location.reload()}>{useHere().say("sign_in")}</Button>;
}

/** A note over the messages that something is not as it should be. */
export function Warning({ children }: { children: ComponentChildren }) {
  return (
    <div class="ap-note" data-t="warning">
      <Icon of={offline} />
      <div>{children}</div>
    </div>
  );
}

export function Notes({ talk }: { talk: Talk }) {
  const here = useHere();
  const { say } = here;
  const { done, problem, asking, past } = talk.doing;
  const history = useKit("past", !!past);
  const printing = useKit("printing", true);
  const { status } = talk.thread;
  const was = useRef(status);
  useKeptFocus();
  useEffect(() => {
    if (was.current !== status) talk.change({ asking: undefined });
    was.current = status;
  }, [status]);
  useEffect(() => {
    if (!done) return undefined;
    const end = setTimeout(() => talk.change({ done: undefined }), UNDO);
    return () => clearTimeout(end);
  }, [done]);
  return (
    <>
      {printing && <printing.Ready talk={talk} />}
      {history && past && <history.History comment={past} talk={talk} />}
      {problem && (
        <div class="ap-quick">
          <div class="ap-fail">
            <Icon of={alert} s={14} />
            <span class="ap-grow">
              {problem.status === 401 ? reason(here, problem) : say("not_done", { reason: reason(here, problem) })}
            </span>
            {problem.status === 401 && <SignIn />}
          </div>
        </div>
      )}
      {done && (
        <div class="ap-toast">
          <Icon of={tick} s={14} />
          <span class="ap-grow">{done.text}</span>
          {done.undo && (
            <Button v="link" onClick={done.undo}>
              {say("undo")}
            </Button>
          )}
        </div>
      )}
      {asking && <Asking talk={talk} />}
    </>
  );
}
