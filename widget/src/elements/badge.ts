/** `<apropos-badge record>`: how many discussions a whole record has, and the way to their list. */
import type { Session } from "../session";
import { drawn, Shell } from "./shell";

export class Badge extends Shell {
  static observedAttributes = ["record"];
  #button: HTMLButtonElement | null = null;

  protected begin({ counts, live }: Session): void {
    const record = this.#record;
    this.until(
      counts.watch(record, () => this.show()),
      live.join(record, { frame: () => counts.refresh(record), anew: () => counts.refresh(record) }),
    );
  }

  override end(): void {
    super.end();
    this.#button?.remove();
    this.#button = null;
  }

  get #record(): string {
    return this.getAttribute("record") ?? "";
  }

  override focus(options?: FocusOptions): void {
    this.#button?.focus(options);
  }

  protected show(): void {
    const { counts, live, language } = this.session as Session;
    const tally = counts.of(this.#record);
    if (!tally) return;
    live.follow(this.#record);
    const button = this.#made();
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

  #made(): HTMLButtonElement {
    if (this.#button) return this.#button;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ap-badge";
    button.part.add("badge");
    button.onclick = () => this.emit("apropos-open", { record: this.#record, field: null, from: this });
    this.wrapper.append(button);
    this.#button = button;
    return button;
  }
}
