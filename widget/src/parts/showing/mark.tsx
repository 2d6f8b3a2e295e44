/** Says in the head of a discussion who sees it, where that is not simply the house. */

import type { Conversation } from "../../conversation";
import { listed, personOf } from "../../figures";
import type { Thread } from "../../wire";
import { lock } from "../acting/icons";
import { Icon } from "../bits";
import { useHere } from "../here";
import { eye } from "../news/icons";

export function Mark({ thread, conversation }: { thread: Thread; conversation: Conversation }) {
  const { say, locale } = useHere();
  const { visibility } = thread;
  const people = (thread.members ?? []).map((id) => personOf(conversation.people, id).name);
  const meaning = say(`means_${visibility}`, { people: listed(people, locale) });
  return (
    <span class="ap-chip" data-t={visibility === "shared" ? "warning" : undefined} title={meaning}>
      <Icon of={visibility === "shared" ? eye : lock} s={12} />
      {say(`mark_${visibility}`)}
      <span class="ap-sr">. {meaning}</span>
    </span>
  );
}
