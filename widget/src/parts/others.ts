/** Whoever else is at the record: they hear that one is there and looks, and what shows them comes once there is somebody. */
import { useEffect, useState } from "preact/hooks";
import type { Place } from "../session";
import { useHere } from "./here";
import { fetchKit, type Kits } from "./kits";

/** The kit of presence, from when somebody else is there. Until then it is enough to say now and then where one is oneself. */
export function useOthers({ record, field }: Place): Kits["presence"] | undefined {
  const here = useHere();
  const { kits, session } = here;
  const { client, live } = session;
  const [isMet, meet] = useState(false);
  useEffect(() => {
    let place: Place | null = { record, field };
    const stand = () => kits.value.presence ?? live.say({ present: document.hidden ? null : place });
    const leave = live.join(record, {
      whisper: (word) => {
        if (word.subscribed) stand();
        if (word.typing || word.presence?.people.some((each) => each.id !== client.person)) meet(true);
      },
    });
    document.addEventListener("visibilitychange", stand);
    stand();
    return () => {
      document.removeEventListener("visibilitychange", stand);
      leave();
      place = null;
      stand();
    };
  }, [record, field]);
  if (isMet) fetchKit("presence", here);
  return kits.value.presence;
}
