/** One discussion: its head, its messages, and where one writes. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Conversation } from "../conversation";
import { when } from "../figures";
import type { State } from "../store";
import type { Thread } from "../wire";
import { Button, Icon } from "./bits";
import { Composer } from "./composer";
import { Feed } from "./feed";
import { Bar, Purpose, Value } from "./header";
import { useHere, useSignal } from "./here";
import { agree, bell, eye, more, offline } from "./icons";
import { type Kits, useActing, useKit } from "./kits";
import { Menu } from "./menu";
import { authorOf, type Doing, EMOJI, has, may, type Talk } from "./talk";

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
  const { say } = here;
  const [doing, setDoing] = useState<Doing>({});
  const [isScrolled, setScrolled] = useState(false);
  const acting = useActing();
  const isOpen = thread.status === "open";
  const settled = useKit("settled", !isOpen);
  const history = useKit("past", doing.past !== undefined);
  const presence = useKit("presence", useSignal(here.session.live.connected));
  const change = (some: Doing) => setDoing((before) => ({ ...before, ...some }));
  const can = (act: string) => may(thread, conversation, act);
  const talk: Talk = { thread, conversation, doing, change, can, startNew };
  const isFollowed = thread.viewer.watching === "all";
  const shrunk = isScrolled && sheet?.SHRUNK;
  const key = (event: KeyboardEvent) => {
    if (acting) acting.pressed(here, talk, event);
    else {
      if (event.key === "F6") event.preventDefault(); // later it is too late for that
      here.act(({ pressed }) => pressed(here, talk, event));
    }
  };
  useNews(talk);
  useEffect(() => change({ asking: undefined }), [thread.status]);
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
        <Menu label={say("more")} icon={more} choices={(acts) => acts.threadChoices(here, talk, presence)} />
      </Bar>
      {isOffline && <OfflineNote asOf={state.asOf} />}
      <Purpose thread={thread} conversation={conversation} focused={takesFocus} shrunk={shrunk} />
      {thread.field && <Value then={thread.value_then} now={thread.value_now} shrunk={shrunk} />}
      {settled && <settled.Top talk={talk} />}
      <Feed key={thread.id} talk={talk} scrolled={setScrolled} />
      {history && doing.past && <history.History comment={doing.past} talk={talk} />}
      {presence && <presence.Writers talk={talk} />}
      {acting && <acting.Notes talk={talk} />}
      {acting && doing.asking ? (
        <acting.Asking talk={talk} />
      ) : isOpen ? (
        can("comment") && (
          <>
            <Quick talk={talk} />
            <Composer
              threadId={thread.id}
              value={thread.value_now}
              talk={talk}
              says={["write_reply", "reply_hint", "send"]}
              send={(writing) => acting?.send(here, talk, writing)}
            />
          </>
        )
      ) : (
        settled && <settled.Foot talk={talk} />
      )}
    </div>
  );
}

export function OfflineNote({ asOf }: { asOf: number }) {
  const { say, locale } = useHere();
  return (
    <div class="ap-note" data-t="warning">
      <Icon of={offline} />
      <div>
        <b>{say("offline")}</b> {say("offline_long", { time: when(new Date(asOf).toISOString(), locale) })}
      </div>
    </div>
  );
}

/** One-click replies to the last message, when it is somebody else's. */
function Quick({ talk }: { talk: Talk }) {
  const here = useHere();
  const { me } = talk.conversation;
  const last = talk.thread.comments.at(-1);
  if (!last || last.author === me || last.withdrawn_at) return null;
  return (
    <div class="ap-quick" role="group" aria-label={here.say("quick")}>
      <Button
        icon={eye}
        aria-pressed={last.seen_by.includes(me ?? "")}
        onClick={() => here.act((acts) => acts.see(here, talk, last))}
      >
        {here.say("seen")}
      </Button>
      <Button
        icon={agree}
        aria-pressed={has(last, EMOJI.agree, me)}
        onClick={() => here.act((acts) => acts.react(here, talk, last, EMOJI.agree))}
      >
        {here.say("agree")}
      </Button>
    </div>
  );
}

/** Tells a screen reader of messages by others that come while the discussion is open. */
function useNews({ thread, conversation }: Talk): void {
  const here = useHere();
  const told = useRef(thread.comments.at(-1)?.seq ?? 0);
  useEffect(() => {
    for (const { seq, author, body } of thread.comments) {
      if (seq <= told.current) continue;
      told.current = seq;
      const { name } = authorOf(here, conversation, author);
      if (author !== conversation.me) here.arrived(here.say("said", { name, text: body.slice(0, 120) }));
    }
  }, [thread.comments]);
}
