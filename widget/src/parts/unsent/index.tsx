/** What somebody wrote where it cannot be sent any more: to be copied, so that no word is lost. */
import { useState } from "preact/hooks";
import { copy } from "../../copying";
import { Drafts } from "../../drafts";
import { outboxOf } from "../../outbox";
import { Button } from "../bits";
import { useHere, useSignal } from "../here";

export { default as css } from "virtual:sheet/unsent";
export { unsent as words } from "../../words/en/unsent";

/** Take what `person` began to write from one place to another, after what they began there. */
export function carry(person: string, from: string, to: string): void {
  const [left, begun] = [from, to].map((place) => new Drafts(place, person)) as [Drafts, Drafts];
  const { draft } = left;
  if (!draft) return;
  const kind = draft.kind === "action" ? "question" : draft.kind; // something to do needs a discussion
  const body = [begun.draft?.body, draft.body].filter(Boolean).join("\n\n");
  begun.draft = { kind, body, picked: { ...begun.draft?.picked, ...draft.picked } };
  left.draft = null;
}

/** With `place`, the draft that is kept there alone: what is on its way shows among the messages. */
export function Unsent({ place }: { place?: string }) {
  const here = useHere();
  const { session, root, say, tell } = here;
  const drafts = place ? new Drafts(place, session.client.person ?? "") : here.drafts;
  const [draft, setDraft] = useState(drafts?.draft ?? null);
  const outbox = outboxOf(session.client);
  const said = (name: string) => root.host.getAttribute(name);
  const mine = useSignal(outbox.messages).filter(
    ({ record, opens }) => !place && (record === said("record") || opens === said("thread")),
  );
  const texts = [...mine.map(({ id, body }) => ({ id, body })), ...(draft ? [{ id: "", body: draft.body }] : [])];
  const discard = (id: string) => {
    if (id) return outbox.discard(id);
    if (drafts) drafts.draft = null;
    setDraft(null);
  };
  if (!texts[0]) return null;
  return (
    <section class="ap-kept" aria-label={say("kept")}>
      <p class="ap-muted">{say("kept")}</p>
      {texts.map(({ id, body }) => (
        <div key={id} class="ap-edit">
          <textarea class="ap-input" readOnly dir="auto" rows={3} aria-label={say("kept")} value={body} />
          <div class="ap-row">
            <Button onClick={() => copy(body, () => tell(say("copied")))}>{say("copy_text")}</Button>
            <Button v="quiet" onClick={() => discard(id)}>
              {say("discard")}
            </Button>
          </div>
        </div>
      ))}
    </section>
  );
}
