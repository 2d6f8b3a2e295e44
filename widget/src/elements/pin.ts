/** `<apropos-pin record field side label>`: whether there is a discussion on one value, and the way to it. */

import type { Counted } from "../counts";
import { check, clock, plus } from "../icons";
import type { Session } from "../session";
import type { Language } from "../words";
import type { Word } from "../words/en";
import { Mark } from "./mark";
import { drawn } from "./shell";

type State = "open" | "overdue" | "unread" | "read" | "resolved" | "ghost";
const ICONS = { overdue: clock, resolved: check, ghost: plus };
const CELL = 'td, th, dd, li, [role$="cell"], [data-field]';
const NEARING = ["pointerenter", "pointerleave", "focusin", "focusout"];

export class Pin extends Mark {
  static observedAttributes = ["record", "field", "side", "label"];
  #wasOpen = false;
  #cell: Element = this;

  get #isOpen(): boolean {
    const open = this.session?.open.value;
    return open?.record === this.about && open.field === this.on;
  }

  protected override get on(): string | null {
    return this.getAttribute("field");
  }

  protected override begin(session: Session): void {
    const cell = this.closest(CELL) ?? this.parentElement ?? this;
    const quit = new AbortController();
    this.#cell = cell;
    for (const name of NEARING) cell.addEventListener(name, this.#look, quit);
    this.until(
      session.open.on(() => this.#isOpen !== this.#wasOpen && this.show()),
      () => quit.abort(),
      () => cell.removeAttribute("data-apropos-open"),
    );
    super.begin(session);
  }

  protected count(tally: Counted, language: Language): void {
    const isOpen = this.#isOpen;
    this.#wasOpen = isOpen;
    const state = isOpen ? "open" : stateOf(tally);
    const most = state === "overdue" ? tally.overdue : tally.unread || tally.open || tally.total;
    const number = state === "ghost" || state === "resolved" ? 0 : most;
    const label = this.getAttribute("label") ?? this.on ?? language.say("this_value");
    const counted = isOpen && number ? (tally.unread ? "_unread" : "_read") : "";
    const word = state === "ghost" ? "start_on" : (`pin_${state}${counted}` as Word);
    const button = this.pressed("ap-pin");
    button.part.add("pin");
    button.dataset.state = state;
    button.dataset.side = this.getAttribute("side") ?? "";
    button.ariaLabel = language.say(word, { label, count: number });
    button.ariaExpanded = String(isOpen);
    const drawing = isOpen && !number ? plus : ICONS[state as keyof typeof ICONS];
    const icon = drawing ? [drawn(drawing, "12")] : [];
    button.replaceChildren(...icon, number > 99 ? "99+" : String(number || ""));
    this.#cell.toggleAttribute("data-apropos-open", isOpen);
    this.#look();
  }

  /**
   * A pin on a value without a discussion shows while its cell is pointed at or has focus. In a grid, where arrow keys go
   * from cell to cell, Tab comes to a pin only from its own.
   */
  #look = (): void => {
    if (!this.button) return;
    this.button.toggleAttribute("data-near", this.#cell.matches(":hover, :focus-within"));
    this.button.tabIndex = this.#cell.matches("[role$=grid] [tabindex]:not(:focus-within)") ? -1 : 0;
  };
}

function stateOf(tally: Counted): State {
  if (tally.overdue) return "overdue";
  if (tally.unread) return "unread";
  if (tally.open) return "read";
  return tally.total ? "resolved" : "ghost";
}
