/** Whether others see that one is here and writes: a preference of one's own, in the menu of a discussion. */

import type { Icon } from "../../icons";
import { like, likesOf } from "../../liking";
import type { Here } from "../here";
import type { Choice } from "../menu";
import type { Talk } from "../talk";
import { seatOf } from "./seat";

/** What the menu has for it, by that icon, once it is known. */
export function choices(here: Here, talk: Talk, icon: Icon): Choice[] {
  const { session, store, say, tell } = here;
  const likes = likesOf(session);
  if (!likes.value) {
    const leave = likes.on(() => {
      leave();
      store.change((now) => ({ ...now }));
    });
    return [];
  }
  const { hide_presence } = likes.value;
  const choose = async () => {
    await like(session, { hide_presence: !hide_presence });
    seatOf(session).again();
    tell(say(hide_presence ? "is_shown" : "is_hidden"));
  };
  const run = () => here.act(({ attempt }) => attempt(here, talk, choose()));
  return [{ icon, text: say(hide_presence ? "show_me" : "hide_me"), run }];
}
