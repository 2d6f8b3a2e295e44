/** Which of the discussions of a place shows: the only one, the chosen one, their list, or the beginning of a new one. */
import { useEffect, useRef, useState } from "preact/hooks";
import { contentsOf, LOW } from "./contents";
import { Discussion } from "./discussion";
import { Bar, titleOf } from "./header";
import { isBegun, useHere, useSignal } from "./here";
import { fetchKit, type Kits, useKit } from "./kits";
import type { Options } from "./paint";
import { LiveRegions } from "./regions";

/** A skeleton shows after this long, in milliseconds. */
const LATE = 150;

export function Frame({ options }: { options: Options }) {
  const here = useHere();
  const { store, session, touch, root } = here;
  const kits = useSignal(here.kits);
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
  const isGone = !!chosen?.includes("_") && !shown && !hasBegun;
  const [isLate, setLate] = useState(false);
  const [isHeld, hold] = useState(false);
  const contents = shown && conversation ? contentsOf(shown, conversation) : {};
  const missing = (Object.keys(contents) as (keyof Kits)[]).filter((each) => contents[each] && !kits[each]);
  for (const each of missing) fetchKit(each, here);
  /** The discussion that showed whole once: nothing of it jumps when its kits come, and what comes later may. */
  const whole = useRef<string | undefined>(undefined);
  if (isOffline || !missing[0]) whole.current = shown?.id;
  const isComing = phase === "loading" || (!!isThere && shown?.id !== whole.current);
  const states = useKit("states", isComing ? isLate : !isThere || isGone);
  const places = useKit("places", isThere && !shown);
  const subject = useKit("subject", isThere && !shown);
  const isSheet = (root.host as HTMLElement).dataset.mode === "sheet";
  const sheet = useKit("sheet", isSheet);
  useKit("tight", innerHeight < LOW);
  const isModal = sheet && !isComing && !isHeld; // not before the focus is kept in it
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
    const takesFocus = !!options.takesFocus;

    if (!isThere || isHeld || isComing || isGone)
      return (
        <div class="ap-panel">
          <Bar conversation={null} />
          {states ? <states.States {...{ state, takesFocus, hold, isGone, choose }} /> : <div class="ap-feed" />}
        </div>
      );
    const all = { conversation, state, isOffline, sheet, takesFocus };
    const back = threads.length > (shown ? 1 : 0) ? () => choose("list") : undefined;
    const startNew = () => choose("start");
    if (shown) return <Discussion key={shown.id} {...all} thread={shown} back={back} startNew={startNew} />;
    if (!places || (!subject && !isOffline)) return null;
    if (chosen === "start" || threads.length === 0) return <places.Start {...all} back={back} started={choose} />;
    return <places.List {...all} choose={choose} startNew={startNew} />;
  };
  return (
    <div
      class="ap-panel"
      role={isModal ? "dialog" : "complementary"}
      aria-modal={isModal || undefined}
      aria-label={titleOf(shown, here)}
      onPointerOver={touch}
      onKeyDown={touch}
      onInput={touch}
    >
      {here.close && (isModal ? <sheet.Grip /> : kits.acting && !isSheet && <kits.acting.Edge />)}
      {view()}
      <LiveRegions />
    </div>
  );
}
