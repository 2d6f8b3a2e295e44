/** Which of the discussions of a place shows: the only one, the chosen one, their list, or the beginning of a new one. */
import { useEffect, useState } from "preact/hooks";
import { Discussion } from "./discussion";
import { Bar, titleOf } from "./header";
import { isBegun, useHere, useSignal } from "./here";
import { useActing, useKit } from "./kits";
import type { Options } from "./paint";
import { LiveRegions, type Regions } from "./regions";

/** A skeleton shows after this long, in milliseconds. */
const LATE = 150;

export function Frame({ options, regions }: { options: Options; regions: Regions }) {
  const here = useHere();
  const { store, session, say, touched, root } = here;
  const state = useSignal(store.state);
  const isOffline = !useSignal(session.client.reachable);
  const [chosen, choose] = useState<string | null>(null);
  const { conversation, phase } = state;
  const threads = conversation?.threads ?? [];
  const open = threads.filter((each) => each.status === "open");
  const only = threads.length === 1 ? threads[0] : conversation?.field && open.length === 1 ? open[0] : undefined;
  const underway = useSignal(session.client.underway);
  const hasBegun = conversation && underway.some((each) => isBegun(each, conversation));
  const shown = threads.find((each) => each.id === chosen) ?? (chosen === null && !hasBegun ? only : undefined);
  const isThere = phase === "ready" && conversation;
  const [isLate, setLate] = useState(false);
  const [isHeld, hold] = useState(false);
  const states = useKit("states", phase === "loading" ? isLate : !isThere);
  const places = useKit("places", !!isThere && !shown);
  const isSheet = (root.host as HTMLElement).dataset.mode === "sheet";
  const acting = useActing();
  const sheet = useKit("sheet", isSheet);
  const touch = () => touched.set(true);
  const record = conversation?.record.record;
  useEffect(() => {
    const late = setTimeout(() => setLate(true), LATE);
    return () => clearTimeout(late);
  }, []);
  useEffect(() => {
    if (conversation && record) options.shows?.({ record, field: conversation.field }, shown?.id ?? null);
    if (shown) choose(shown.id);
  }, [record, conversation?.field, shown?.id]);
  useEffect(() => {
    if (underway[0]) touch();
  }, [underway]);

  const view = () => {
    const takesFocus = options.takesFocus === true;
    if (!isThere || isHeld)
      return (
        <div class="ap-panel">
          <Bar conversation={null} />
          {states ? <states.States state={state} takesFocus={takesFocus} hold={hold} /> : <div class="ap-feed" />}
        </div>
      );
    const all = { conversation, state, isOffline, sheet, takesFocus };
    const back = threads.length > (shown ? 1 : 0) ? () => choose("list") : undefined;
    const startNew = () => choose("start");
    if (shown) return <Discussion key={shown.id} {...all} thread={shown} back={back} startNew={startNew} />;
    if (!places) return null;
    if (chosen === "start" || threads.length === 0) return <places.Start {...all} back={back} started={choose} />;
    return <places.List {...all} choose={choose} startNew={startNew} />;
  };
  return (
    <div
      class="ap-panel"
      role={isSheet ? "dialog" : "complementary"}
      aria-modal={isSheet || undefined}
      aria-label={shown ? titleOf(shown, say("discussion")) : say("discussion")}
      data-standalone={here.close ? undefined : ""}
      onPointerOver={touch}
      onPointerDown={touch}
      onKeyDown={(event) => {
        touch();
        sheet?.trap(event, root);
      }}
      onInput={touch}
    >
      {acting && here.close && !isSheet && <acting.Edge />}
      {view()}
      <LiveRegions regions={regions} />
    </div>
  );
}
