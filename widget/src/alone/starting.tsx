/** Where a discussion begins, whether or not there are others already; then the way to it. */
import { useEffect, useState } from "preact/hooks";
import { done } from "../parts/acting/icons";
import { Button, Icon } from "../parts/bits";
import { useHere } from "../parts/here";
import { useKit } from "../parts/kits";
import type { PartProps } from "./stand";

export function Starting({ conversation, state, isOffline, said }: PartProps) {
  const { say, tell, emit } = useHere();
  const places = useKit("places", true);
  const [begun, begin] = useState<string | null>(null);
  const isThere = conversation.threads.some(({ id }) => id === begun);
  useEffect(() => {
    if (isThere) tell(say("begun"));
  }, [isThere, begun]);
  if (!places) return null;
  return (
    <section aria-label={say("start_here")}>
      {isThere && (
        <div class="ap-note" data-t="success">
          <Icon of={done} />
          <div>
            {say("begun")}{" "}
            <Button v="link" onClick={() => emit("apropos-open", { thread: begun })}>
              {say("begun_open")}
            </Button>
          </div>
        </div>
      )}
      <places.Start
        {...{ conversation, state, isOffline }}
        takesFocus={false}
        back={undefined}
        started={begin}
        template={said("template")}
      />
    </section>
  );
}
