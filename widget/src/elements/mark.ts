/** What pins and badges are: a button that counts what is said on a record, and opens it. */
import type { Counted } from "../counts";
import type { Session } from "../session";
import { inTurn } from "../turns";
import type { Language } from "../words";
import type { Opening } from "./app";
import { Shell } from "./shell";

export abstract class Mark extends Shell {
  protected button: HTMLButtonElement | null = null;
  /** There may be very many: they take turns. */
  protected override due = inTurn;

  /** The record's name. */
  protected get about(): string {
    return this.getAttribute("record") ?? "";
  }

  /** The field that it is on; a badge is on the whole record. */
  protected get on(): string | null {
    return null;
  }

  /** Show in its button how much is said. */
  protected abstract count(tally: Counted, language: Language): void;

  protected begin({ counts, live }: Session): void {
    const record = this.about;
    const again = () => counts.refresh(record);
    this.until(counts.watch(record, this.again), live.join(record, { frame: again, anew: again }));
  }

  protected show(): void {
    const { counts, live, language } = this.session as Session;
    const tally = counts.of(this.about, this.on);
    if (!tally) return;
    live.follow(this.about);
    this.count(tally, language);
  }

  override end(): void {
    super.end();
    this.button?.remove();
    this.button = null;
  }

  override focus(options?: FocusOptions): void {
    this.button?.focus(options);
  }

  /** Its button, of that class, which asks to open what is said there. */
  protected pressed(name: string): HTMLButtonElement {
    if (this.button) return this.button;
    const button = document.createElement("button"); // of no form: those of the page end at our root
    button.className = name;
    button.onclick = () =>
      this.emit("apropos-open", {
        record: this.about,
        field: this.on,
        label: this.getAttribute("label"),
        from: this,
      } satisfies Opening);
    button.onkeydown = (event) => (this.session as Session).panel?.cross(event);
    this.wrapper.append(button);
    this.button = button;
    return button;
  }
}
