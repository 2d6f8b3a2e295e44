/** `<apropos-badge record>`: how many discussions a whole record has, and the way to their list. */
import type { Counted } from "../counts";
import type { Language } from "../words";
import { Mark } from "./mark";
import { drawn } from "./shell";

export class Badge extends Mark {
  static observedAttributes = ["record"];

  protected count(tally: Counted, language: Language): void {
    const button = this.pressed("ap-badge");
    button.part.add("badge");
    const parts: (Node | string)[] = [
      drawn(),
      language.say(tally.total ? "discussions" : "start_here", { count: tally.total }),
    ];
    if (tally.unread) {
      const unread = document.createElement("b");
      unread.textContent = language.say("new", { count: tally.unread });
      parts.push(" ", unread);
    }
    button.replaceChildren(...parts);
  }
}
