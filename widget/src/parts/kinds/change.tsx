/** One quiet line: the host changed the value that this discussion is about. */
import { personOf } from "../../figures";
import type { Change } from "../../wire";
import { swap } from "../acting/icons";
import { Icon, Time, useFigure } from "../bits";
import { useHere } from "../here";
import { arrow } from "../icons";
import type { Talk } from "../talk";

export function Changed({ change, talk }: { change: Change; talk: Talk }) {
  const { say, session } = useHere();
  const figure = useFigure();
  const { by, before, after, at } = change;
  const name = by ? personOf(talk.conversation.people, by).name : (session.hostName ?? say("this_page"));
  const label = after?.label ?? before?.label ?? say("recorded_value");
  return (
    <div class="ap-event">
      <Icon of={swap} />
      <div>
        <b>
          <bdi>{name}</bdi>
        </b>{" "}
        {say("changed_value", { label })}{" "}
        <del>
          <span class="ap-sr">{say("was")}</span>
          <bdi>{figure(before)}</bdi>
        </del>{" "}
        <Icon of={arrow} s={12} flip />{" "}
        <b>
          <span class="ap-sr">{say("is")}</span>
          <bdi>{figure(after)}</bdi>
        </b>{" "}
        <Time at={at} />
      </div>
    </div>
  );
}
