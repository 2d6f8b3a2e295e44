/** Whoever else is at the record: they hear that one is there, and what shows them comes once there is somebody. */
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
    const stand = (present: Place | null) => kits.value.presence ?? live.say({ present });
    const leave = live.join(record, {
      whisper: ({ presence, typing, subscribed }) => {
        if (subscribed) stand({ record, field });
        if (typing || presence?.people.some(({ id }) => id !== client.person)) meet(true);
      },
    });
    stand({ record, field });
    return () => {
      leave();
      stand(null);
    };
  }, [record, field]);
  if (isMet) fetchKit("presence", here);
  return kits.value.presence;
}
