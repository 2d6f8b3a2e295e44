/** What stands where nothing else does: beside the list, on an empty shelf, or where the inbox could not be read. */
import { useEffect } from "preact/hooks";
import type { Problem } from "../client";
import { alert, offline, done as tick } from "../parts/acting/icons";
import { reason } from "../parts/acting/reason";
import { Button, Icon } from "../parts/bits";
import { useSignal } from "../parts/here";
import type { Here } from "./view";

/** The discussion that was opened, by the same element that a host uses. */
export function Beside({ opened, say }: { opened: string | null; say: Here["say"] }) {
  if (opened) {
    return (
      <div class="ap-inbox-thread">
        <apropos-thread key={opened} thread={opened} />
      </div>
    );
  }
  return (
    <div class="ap-blank">
      <Icon of={tick} />
      <p>{say("choose_one")}</p>
    </div>
  );
}

export function Empty({ say, counts, shelf }: { say: Here["say"]; counts: { waiting?: number }; shelf: string }) {
  const waits = counts.waiting ?? 0;
  return (
    <div class="ap-blank">
      <Icon of={tick} />
      <h2>{say(shelf === "for-you" ? "empty_inbox" : "empty_shelf")}</h2>
      {shelf === "for-you" && waits > 0 && <p>{say("empty_waits", { count: waits })}</p>}
    </div>
  );
}

export function Failed({ here, problem }: { here: Here; problem: Problem | null }) {
  const { say, store } = here;
  return (
    <div class="ap-blank">
      <Icon of={alert} />
      <h2>{say("inbox_failed")}</h2>
      {problem && <p>{reason(here, problem)}</p>}
      {problem?.status === 401 ? (
        <Button v="primary" onClick={() => location.reload()}>
          {say("sign_in")}
        </Button>
      ) : (
        <Button v="primary" onClick={() => store.load()}>
          {say("retry")}
        </Button>
      )}
    </div>
  );
}

/** That nobody answers: what shows may have changed meanwhile. */
export function Cut({ here: { say, tell, session } }: { here: Here }) {
  const isCut = !useSignal(session.client.reachable);
  useEffect(() => {
    if (isCut) tell(say("offline"));
  }, [isCut]);
  if (!isCut) return null;
  return (
    <div class="ap-note" data-t="warning">
      <Icon of={offline} />
      <div>{say("offline")}</div>
    </div>
  );
}
