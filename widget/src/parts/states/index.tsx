/** What shows while there is no discussion to show: it loads, there is none that one may see, it failed. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Icon as Drawing } from "../../icons";
import { newId } from "../../ids";
import type { State } from "../../store";
import { alert } from "../acting/icons";
import { Button, Icon } from "../bits";
import { Heading } from "../header";
import { useHere } from "../here";
import { useKit } from "../kits";
import { Loading } from "./loading";

export { default as css } from "virtual:sheet/states";
export { states as words } from "../../words/en/states";

const LOCK: Drawing = [
  "M4.6 7h6.8a1.4 1.4 0 0 1 1.4 1.4v3.8a1.4 1.4 0 0 1-1.4 1.4H4.6a1.4 1.4 0 0 1-1.4-1.4V8.4A1.4 1.4 0 0 1 4.6 7zM5.4 7V5.2a2.6 2.6 0 0 1 5.2 0V7",
];

interface Props {
  state: State;
  takesFocus: boolean;
  /** Told while what shows should not be replaced yet. */
  hold: (isHeld: boolean) => void;
  /** The discussion that showed is not among those that can be seen any more. */
  isGone?: boolean;
  /** Show another of the place's discussions; with null whatever there is. */
  choose?: (thread: string | null) => void;
}

export function States({ state: { phase, conversation }, takesFocus, hold, isGone, choose }: Props) {
  const { say, session, store } = useHere();
  if (isGone && phase === "ready")
    return (
      <Blank icon={LOCK} title={say("gone")} text={say("gone_long")} focused={takesFocus}>
        <Unsent />
        <Button v="primary" big onClick={() => choose?.(null)}>
          {say(conversation?.threads[0] ? "back" : "start_new")}
        </Button>
      </Blank>
    );
  if (phase === "missing") return <Missing takesFocus={takesFocus} />;
  if (phase !== "failed" && phase !== "signed-out") return <Loading hold={hold} />;
  const isOut = phase === "signed-out";
  const title = isOut ? say("signed_out", { host: session.hostName ?? say("this_page") }) : say("load_failed");
  return (
    <Blank icon={alert} title={title} text={say(isOut ? "signed_out_long" : "load_failed_long")} focused={takesFocus}>
      <Button v="primary" big onClick={() => (isOut ? location.reload() : store.load())}>
        {say(isOut ? "sign_in" : "try_again")}
      </Button>
    </Blank>
  );
}

/** What somebody wrote that cannot be sent from here; it comes with what sends, for which nothing that loads waits. */
function Unsent() {
  const unsent = useKit("unsent", true);
  return unsent ? <unsent.Unsent /> : null;
}

/** Nothing there, or nothing one may know of: the same words. The page around us may know whom to ask; else the host is told. */
function Missing({ takesFocus }: { takesFocus: boolean }) {
  const { say, emit, close, session, root } = useHere();
  const [answer, setAnswer] = useState<string | null>(null);
  const record = root.host.getAttribute("record");
  const ask = async () => {
    const body = { id: newId("ask"), record };
    const isAsked =
      !emit("apropos-ask-access", {}) ||
      (record !== null &&
        (await session.client.send("POST", "/v1/access/requests", body).then(
          () => true,
          () => false,
        )));
    setAnswer(say(isAsked ? "asked_access" : "ask_owner"));
  };
  return (
    <Blank icon={LOCK} title={say("missing")} text={answer ?? say("missing_long")} focused={takesFocus}>
      <Unsent />
      <div class="ap-row">
        {!answer && (
          <Button v="primary" big onClick={ask}>
            {say("ask_access")}
          </Button>
        )}
        {close && (
          <Button v="quiet" big onClick={close}>
            {say("close")}
          </Button>
        )}
      </div>
    </Blank>
  );
}

interface BlankProps {
  icon: Drawing;
  title: string;
  text: string;
  focused: boolean;
  children: ComponentChildren;
}

function Blank({ icon, title, text, focused, children }: BlankProps) {
  const { tell } = useHere();
  useEffect(() => tell(`${title} ${text}`), [text]);
  return (
    <div class="ap-blank">
      <Icon of={icon} />
      <Heading at="h2" focused={focused}>
        {title}
      </Heading>
      <p>{text}</p>
      {children}
    </div>
  );
}
