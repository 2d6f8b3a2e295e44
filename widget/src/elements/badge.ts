/** `<apropos-badge record>`: how many discussions a whole record has, and the way to their list. */
import type { Session } from "../session";
import { Mark } from "./mark";
import { drawn } from "./shell";

export class Badge extends Mark {
  static observedAttributes = ["record"];

  protected show(): void {
    const { counts, live, language } = this.session as Session;
    const tally = counts.of(this.about);
    if (!tally) return;
    live.follow(this.about);
    const button = this.button("ap-badge", () => ({}));
    button.part.add("badge");
    const parts: (Node | string)[] = [
      drawn(),
      language.say(tally.total > 0 ? "discussions" : "start_here", { count: tally.total }),
    ];
    if (tally.unread > 0) {
      const unread = document.createElement("b");
      unread.textContent = language.say("new", { count: tally.unread });
      parts.push(" ", unread);
    }
    button.replaceChildren(...parts);
  }
}
