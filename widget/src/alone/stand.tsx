/** What surrounds a part that stands alone: it loads, there is nothing to see, it failed, there is no connection. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Conversation } from "../conversation";
import { OfflineNote } from "../parts/discussion";
import { useHere, useSignal } from "../parts/here";
import { useKit } from "../parts/kits";
import { LiveRegions } from "../parts/regions";
import type { State } from "../store";

/** A skeleton shows after this long, in milliseconds. */
const LATE = 150;

export interface PartProps {
  conversation: Conversation;
  state: State;
  isOffline: boolean;
  /** What the element's attribute says. */
  said: (name: string) => string | null;
}

export type Part = ComponentType<PartProps>;

export function Stand({ Alone, said }: Pick<PartProps, "said"> & { Alone: Part }) {
  const { store, session, touch, kits } = useHere();
  useSignal(kits);
  const state = useSignal(store.state);
  const isOffline = !useSignal(session.client.reachable);
  const { conversation, phase } = state;
  const states = useKit("states", phase !== "loading" && phase !== "ready");
  return (
    <div class="ap-panel ap-alone" onPointerOver={touch} onPointerDown={touch} onKeyDown={touch} onInput={touch}>
      {phase === "ready" && conversation ? (
        <Alone {...{ conversation, state, isOffline, said }} />
      ) : phase === "loading" ? (
        <Skeleton />
      ) : (
        states && <states.States state={state} takesFocus={false} hold={() => undefined} />
      )}
      <LiveRegions />
    </div>
  );
}

/** The note over a part of which one cannot know whether it is as it was. */
export function Offline({ isOffline, state }: Pick<PartProps, "isOffline" | "state">) {
  return isOffline ? <OfflineNote asOf={state.asOf} /> : null;
}

function Skeleton() {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const late = setTimeout(() => setLate(true), LATE);
    return () => clearTimeout(late);
  }, []);
  return (
    <div class="ap-sk-lines" aria-busy="true">
      {isLate && <span class="ap-sk" data-w="45" />}
      {isLate && <span class="ap-sk" data-w="75" />}
    </div>
  );
}
