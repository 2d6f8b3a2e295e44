/** Which keys there are: some at the foot, all when asked for. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "../client";
import { type Likes, like, likesOf } from "../liking";
import { reason } from "../parts/acting/reason";
import { Button } from "../parts/bits";
import { useSignal } from "../parts/here";
import type { Word } from "../words/en";
import type { Here } from "./view";

const FEW: [string[], Word][] = [
  [["J", "K"], "keys_move"],
  [["Enter"], "keys_open"],
  [["E"], "keys_seen"],
  [["R"], "keys_reply"],
  [["S"], "keys_later"],
];
const ALL: [string[], Word][] = [
  ...FEW,
  [["D"], "keys_done"],
  [["X"], "keys_select"],
  [["G"], "keys_goto"],
  [["/"], "keys_search"],
  [["?"], "keys_all"],
];

export function Keys({ say, all }: { say: Here["say"]; all: () => void }) {
  return (
    <div class="ap-keys">
      {FEW.map(([keys, word]) => (
        <Key key={word} keys={keys} text={say(word)} />
      ))}
      <Button v="link" onClick={all}>
        <kbd class="ap-kbd">?</kbd> {say("keys_all")}
      </Button>
    </div>
  );
}

/** What can be chosen of keys. */
const CHOICES = [
  ["enter_sends", "keys_enter"],
  ["letter_keys", "keys_letters"],
] as const;

export function KeyHelp({ here, close }: { here: Here; close: () => void }) {
  const { say } = here;
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog class="ap-pop ap-keyhelp" aria-label={say("keys_title")} ref={dialog} onClose={close} onKeyDown={keep}>
      <h2>{say("keys_title")}</h2>
      {ALL.map(([keys, word]) => (
        <Key key={word} keys={keys} text={say(word)} />
      ))}
      <Choices here={here} />
      <Button v="primary" onClick={() => dialog.current?.close()}>
        OK
      </Button>
    </dialog>
  );
}

/** How keys are to work for whoever looks, kept at once. */
function Choices({ here }: { here: Here }) {
  const { say, session } = here;
  const likes = useSignal(likesOf(session));
  const [problem, setProblem] = useState<Problem | null>(null);
  const choose = (box: HTMLInputElement, name: keyof Likes) => {
    setProblem(null);
    like(session, { [name]: box.checked }).catch((raised) => {
      box.checked = !box.checked;
      setProblem(raised);
    });
  };
  return (
    <>
      {CHOICES.map(([name, word]) => (
        <label key={name}>
          <input
            type="checkbox"
            disabled={!likes}
            checked={likes?.[name] ?? false}
            onChange={(event) => choose(event.currentTarget, name)}
          />{" "}
          {say(word)}
        </label>
      ))}
      <div role="alert">{problem && say("not_done", { reason: reason(here, problem) })}</div>
    </>
  );
}

function Key({ keys, text }: { keys: string[]; text: string }) {
  return (
    <span>
      {keys.map((key) => (
        <kbd class="ap-kbd" key={key}>
          {key}
        </kbd>
      ))}{" "}
      {text}
    </span>
  );
}

/** What is pressed here is not meant for the list below. */
function keep(event: Event): void {
  event.stopPropagation();
}
