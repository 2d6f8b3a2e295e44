/** What stands where a message was that its author did not take away. */
import type { Comment } from "../../wire";
import { useHere } from "../here";
import { authorOf, type Talk } from "../talk";

type Props = NonNullable<Comment["removed"]> & { talk: Talk };

export function Removed({ by, reason, talk }: Props) {
  const here = useHere();
  const { name } = authorOf(here, talk.conversation, by);
  return (
    <p class="ap-tomb" dir="auto">
      {reason ? here.say("removed_because", { name, reason }) : here.say("removed_by", { name })}
    </p>
  );
}
