/** What somebody began to write where there is no composer any more; it comes only where there is something. */
import { useState } from "preact/hooks";
import type { Conversation } from "../../conversation";
import { isDrafted } from "../../kept";
import { useHere } from "../here";
import { useKit } from "../kits";

/** Under which name the draft of a new discussion is kept at that place. */
export const placeOf = ({ record, field }: Conversation): string => `${record.record}#${field ?? ""}`;

/** `place` is where its draft is kept. */
export function Begun({ place }: { place: string }) {
  const { drafts, session } = useHere();
  const [isBegun] = useState(() => drafts?.draft ?? isDrafted(session.client.person ?? "", place));
  const unsent = useKit("unsent", isBegun);
  return unsent ? <unsent.Unsent place={place} /> : null;
}
