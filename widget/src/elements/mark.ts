/** What pins and badges are: a button that counts what is said on a record, and opens it. */
import type { Session } from "../session";
import type { Opening } from "./app";
import { Shell } from "./shell";

export abstract class Mark extends Shell {
  #button: HTMLButtonElement | null = null;

  /** The record's name. */
  protected get about(): string {
    return this.getAttribute("record") ?? "";
  }

  protected begin({ counts, live }: Session): void {
    const record = this.about;
    const again = () => counts.refresh(record);
    this.until(
      counts.watch(record, () => this.show()),
      live.join(record, { frame: again, anew: again }),
    );
  }

  override end(): void {
    super.end();
    this.#button?.remove();
    this.#button = null;
  }

  override focus(options?: FocusOptions): void {
    this.#button?.focus(options);
  }

  /** Its button, of that class, which asks to open what `opening` says then. */
  protected button(name: string, opening: () => Opening): HTMLButtonElement {
    if (this.#button) return this.#button;
    const button = document.createElement("button"); // of no form: those of the page end at our root
    button.className = name;
    button.onclick = () => this.emit("apropos-open", { record: this.about, field: null, ...opening(), from: this });
    button.onkeydown = (event) => (this.session as Session).panel?.cross(event);
    this.wrapper.append(button);
    this.#button = button;
    return button;
  }
}
