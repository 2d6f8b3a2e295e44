/** One discussion: its head, its messages, and where one writes. */
import { useState } from "preact/hooks";
import type { Conversation } from "../conversation";
import { when } from "../figures";
import type { State } from "../store";
import type { Thread } from "../wire";
import { Button } from "./bits";
import { Composer } from "./composer";
import { Feed } from "./feed";
import { Bar, Heading, titleOf } from "./header";
import { useHere } from "./here";
import { bell, more } from "./icons";
import { type Kits, useActing } from "./kits";
import { Menu } from "./menu";
import { useOthers } from "./others";
import { useTalk } from "./talk";

interface Props {
  thread: Thread;
  conversation: Conversation;
  state: State;
  isOffline: boolean;
  /** Once it is there, on a phone. */
  sheet: Kits["sheet"] | undefined;
  takesFocus: boolean;
  back: (() => void) | undefined;
  startNew: () => void;
}

export function Discussion({ thread, conversation, state, isOffline, sheet, takesFocus, back, startNew }: Props) {
  const here = useHere();
  const { say, root } = here;
  const talk = useTalk(thread, conversation, startNew);
  const { doing, can } = talk;
  const [isScrolled, setScrolled] = useState(false);
  const { acting, news, settled, subject, showing } = here.kits.value;
  const presence = useOthers({ record: thread.record, field: thread.field });
  const isFollowed = thread.viewer.watching === "all";
  const shrunk = isScrolled && sheet?.shrunk();
  const key = (event: KeyboardEvent) => {
    if (acting) acting.pressed(here, talk, event);
    else {
      if (event.key === "F6") event.preventDefault(); // later it is too late for that
      const { activeElement } = root;
      here.act(({ pressed }) => activeElement === root.activeElement && pressed(here, talk, event));
    }
  };
  return (
    <div class="ap-panel" onKeyDown={key}>
      <Bar conversation={conversation} back={back}>
        {presence && <presence.People conversation={conversation} field={thread.field} />}
        {can("watch") && (
          <Button
            v="quiet"
            icon={bell}
            label={say(isFollowed ? "following" : "follow")}
            aria-pressed={isFollowed}
            onClick={() => here.act((acts) => acts.watch(here, talk, isFollowed ? "mentions" : "all"))}
          />
        )}
        <Menu label={say("more")} icon={more} choices={(acts) => acts.threadChoices(here, talk)} />
      </Bar>
      {isOffline && <OfflineNote asOf={state.asOf} />}
      <div class="ap-purpose" {...shrunk}>
        <Heading at="h2" focused={takesFocus}>
          {titleOf(thread, here)}
        </Heading>
        {subject && <subject.Purpose {...{ thread, conversation, showing }} />}
      </div>
      {subject && thread.field && <subject.Value then={thread.value_then} now={thread.value_now} shrunk={shrunk} />}
      {settled && <settled.Top talk={talk} />}
      <Feed key={thread.id} talk={talk} scrolled={setScrolled} />
      {presence && <presence.Writers talk={talk} />}
      {acting && <acting.Notes talk={talk} />}
      {!doing.asking &&
        (can("comment") ? (
          <>
            {news && <news.Quick talk={talk} />}
            <Composer
              threadId={thread.id}
              value={thread.value_now}
              talk={talk}
              says={["write_reply", "reply_hint", "send"]}
              send={(acts, writing) => acts.send(here, talk, writing)}
            />
          </>
        ) : (
          settled && <settled.Foot talk={talk} />
        ))}
    </div>
  );
}

/** That nobody answers, and as of when this is; plainly as long as nobody touched it, since then no more can be had. */
export function OfflineNote({ asOf }: { asOf: number }) {
  const { say, locale } = useHere();
  const acting = useActing();
  const text = [<b key="b">{say("offline")}</b>, ` ${say("offline_long", { time: when(asOf, locale) })}`];
  return acting ? <acting.Warning>{text}</acting.Warning> : <div class="ap-purpose">{text}</div>;
}
