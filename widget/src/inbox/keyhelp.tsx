/** Which keys there are: some at the foot, all when asked for. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "../parts/bits";
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

export function KeyHelp({ say, close }: { say: Here["say"]; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog class="ap-pop ap-keyhelp" aria-label={say("keys_title")} ref={dialog} onClose={close} onKeyDown={keep}>
      <h2>{say("keys_title")}</h2>
      {ALL.map(([keys, word]) => (
        <Key key={word} keys={keys} text={say(word)} />
      ))}
      <Button v="primary" onClick={() => dialog.current?.close()}>
        OK
      </Button>
    </dialog>
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
