/** One quiet line: the host changed the value that this discussion is about. */
import { personOf } from "../../figures";
import type { Change } from "../../wire";
import { swap } from "../acting/icons";
import { Icon, Time } from "../bits";
import { useHere } from "../here";
import { figured } from "../subject/figured";
import { arrow } from "../subject/icons";
import type { Talk } from "../talk";

export function Changed({ change, talk }: { change: Change; talk: Talk }) {
  const here = useHere();
  const { say, session } = here;
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
          <bdi>{figured(here, before)}</bdi>
        </del>{" "}
        <Icon of={arrow} s={12} flip />{" "}
        <b>
          <span class="ap-sr">{say("is")}</span>
          <bdi>{figured(here, after)}</bdi>
        </b>{" "}
        <Time at={at} />
      </div>
    </div>
  );
}
