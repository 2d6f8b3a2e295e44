/** What one can answer in one click. */
import { clock } from "../../icons";
import { Button } from "../bits";
import { useHere } from "../here";
import { Menu } from "../menu";
import type { Talk } from "../talk";
import { EMOJI, has } from "./emoji";
import { agree, eye } from "./icons";

/** One-click replies to the last message, when it is somebody else's. */
export function Quick({ talk }: { talk: Talk }) {
  const here = useHere();
  const { me } = talk.conversation;
  const last = talk.thread.comments.at(-1);
  if (!last || last.author === me || last.withdrawn_at) return null;
  return (
    <div class="ap-quick" role="group" aria-label={here.say("quick")}>
      <Button
        icon={eye}
        aria-pressed={last.seen_by.includes(me ?? "")}
        onClick={() => here.act((acts) => acts.see(here, talk, last))}
      >
        {here.say("seen")}
      </Button>
      <Button
        icon={agree}
        aria-pressed={has(last, EMOJI.agree, me)}
        onClick={() => here.act((acts) => acts.react(here, talk, last, EMOJI.agree))}
      >
        {here.say("agree")}
      </Button>
      <Menu framed label={here.say("later")} icon={clock} choices={(acts) => acts.laterChoices(here, talk)}>
        {here.say("later")}
      </Menu>
    </div>
  );
}
