/** The shape of a discussion that is on its way. Once it shows it stays a moment, so that nothing flickers. */
import { useEffect, useState } from "preact/hooks";
import { useHere } from "../here";

const STAYS = 300;
const SLOW = 4_000;
const LINES = [60, 92, 45];

export function Loading({ hold }: { hold: (isHeld: boolean) => void }) {
  const { say, tell } = useHere();
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    tell(say("loading"));
    hold(true);
    setTimeout(() => hold(false), STAYS);
    const slow = setTimeout(() => {
      setSlow(true);
      tell(say("slow"));
    }, SLOW);
    return () => clearTimeout(slow);
  }, []);
  return (
    <>
      <div class="ap-purpose" aria-busy="true">
        <div class="ap-sk-lines">
          <span class="ap-sk" data-h="16" data-w="75" />
          <span class="ap-sk" data-w="45" />
        </div>
      </div>
      <div class="ap-feed">
        {isSlow && <p class="ap-muted">{say("slow")}</p>}
        {LINES.map((width) => (
          <div class="ap-msg" key={width}>
            <span class="ap-sk" data-round="" />
            <div class="ap-sk-lines">
              <span class="ap-sk" data-w="30" />
              <span class="ap-sk" data-w={width} />
              <span class="ap-sk" data-w="75" />
            </div>
          </div>
        ))}
      </div>
    </>
  );
}
