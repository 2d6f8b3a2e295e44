/** Answers an entry of the inbox where it stands. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "../client";
import { newId } from "../ids";
import { sends } from "../liking";
import { reason } from "../parts/acting/reason";
import { Button } from "../parts/bits";
import type { Entry } from "../wire";
import type { Acts } from "./acts";
import type { Here } from "./view";

/** A line in the row itself; what was typed stays when it could not be sent. */
export function Reply({ entry, here, acts, name }: { entry: Entry; here: Here; acts: Acts; name: string }) {
  const { say } = here;
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isSending, setSending] = useState(false);
  /** What was sent last, so that sending it again sends it once. */
  const sent = useRef({ id: newId("cmt"), body: "" });
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const send = () => {
    const body = field.current?.value ?? "";
    if (isSending || !body.trim()) return;
    if (sent.current.body !== body) sent.current = { id: newId("cmt"), body };
    setSending(true);
    acts
      .reply(entry, sent.current.id, body)
      .catch(setProblem)
      .finally(() => setSending(false));
  };
  const key = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === "Escape" && !event.isComposing) acts.ask(null);
    else if (sends(event, here.session)) send();
    else return;
    event.preventDefault();
  };
  return (
    <div class="ap-item-reply">
      <textarea
        class="ap-input"
        rows={2}
        dir="auto"
        ref={field}
        readOnly={isSending}
        aria-label={say("reply_here", { name })}
        onKeyDown={key}
      />
      {problem && <div class="ap-fail">{reason(here, problem)}</div>}
      <div class="ap-row">
        <Button v="quiet" onClick={() => acts.ask(null)}>
          {say("cancel")}
        </Button>
        <Button v="primary" aria-disabled={isSending} onClick={send}>
          {say(isSending ? "sending" : "send")}
        </Button>
      </div>
    </div>
  );
}
