/** Whether others see that one is here and writes: a preference of one's own, in the menu of a discussion. */

import type { Icon } from "../../icons";
import type { Session } from "../../session";
import type { Here } from "../here";
import type { Choice } from "../menu";
import type { Talk } from "../talk";
import { seatOf } from "./seat";

interface Likes {
  hide_presence: boolean;
}

/** What people chose, as far as it was asked. */
const chosen = new WeakMap<Session, Likes | null>();

/** What the menu has for it, by that icon. */
export function choices(here: Here, talk: Talk, icon: Icon): Choice[] {
  const { session, say, tell } = here;
  const likes = chosen.get(session);
  if (!chosen.has(session)) learn(here);
  if (!likes) return [];
  const choose = async () => {
    const hide_presence = !likes.hide_presence;
    const found = await session.client.send<Likes>("PUT", "/v1/preferences", { hide_presence }, { render: undefined });
    chosen.set(session, found);
    seatOf(session).again();
    tell(say(found.hide_presence ? "is_hidden" : "is_shown"));
  };
  const run = () => here.act(({ attempt }) => attempt(here, talk, choose()));
  return [{ icon, text: say(likes.hide_presence ? "show_me" : "hide_me"), run }];
}

/** Ask once; the menu shows it when the answer is there. */
function learn({ session, store }: Here): void {
  chosen.set(session, null);
  session.client.get<Likes>("/v1/preferences").then(
    ({ data }) => {
      chosen.set(session, data);
      store.change((now) => ({ ...now }));
    },
    () => chosen.delete(session),
  );
}
