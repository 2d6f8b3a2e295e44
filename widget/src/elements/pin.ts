/** `<apropos-pin record field side label>`: whether there is a discussion on one value, and the way to it. */

import { check, clock, plus } from "../icons";
import type { Session } from "../session";
import type { Tally } from "../wire";
import type { Word } from "../words/en";
import { Mark } from "./mark";
import { drawn } from "./shell";

type State = "open" | "overdue" | "unread" | "read" | "resolved" | "ghost";
const ICONS = { overdue: clock, resolved: check, ghost: plus };
const CELL = 'td, th, dd, li, [role="gridcell"], [role="cell"], [data-field]';
const NEARING = ["pointerenter", "pointerleave", "focusin", "focusout"];

export class Pin extends Mark {
  static observedAttributes = ["record", "field", "side", "label"];
  #wasOpen = false;
  #cell: Element = this;

  get #isOpen(): boolean {
    const open = this.session?.open.value;
    return open?.record === this.about && open.field === this.#field;
  }

  get #field(): string | null {
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

  protected show(): void {
    const { counts, live, language } = this.session as Session;
    const tally = counts.of(this.about, this.#field);
    if (!tally) return;
    live.follow(this.about);
    const isOpen = this.#isOpen;
    this.#wasOpen = isOpen;
    const state = isOpen ? "open" : stateOf(tally);
    const number = state === "ghost" || state === "resolved" ? 0 : tally.unread || tally.open || tally.total;
    const label = this.getAttribute("label") ?? this.#field ?? language.say("this_value");
    const word: Word = state === "ghost" ? "start_on" : `pin_${state}`;
    const counted = tally.unread > 0 ? "pin_open_unread" : "pin_open_read";
    const button = this.button("ap-pin", () => ({ field: this.#field, label: this.getAttribute("label") }));
    button.part.add("pin");
    button.dataset.state = state;
    button.dataset.side = this.getAttribute("side") ?? "";
    button.setAttribute("aria-label", language.say(isOpen && number > 0 ? counted : word, { label, count: number }));
    button.setAttribute("aria-expanded", String(isOpen));
    const drawing = number === 0 && isOpen ? plus : ICONS[state as keyof typeof ICONS];
    const icon = drawing ? [drawn(drawing, "12")] : [];
    button.replaceChildren(...icon, ...(number > 0 ? [number > 99 ? "99+" : String(number)] : []));
    this.#cell.toggleAttribute("data-apropos-open", isOpen);
    this.#look();
  }

  /**
   * A pin on a value without a discussion shows while its cell is pointed at or has focus. In a grid, where arrow keys go
   * from cell to cell, Tab comes to a pin only from its own.
   */
  #look = (): void => {
    const cell = this.#cell;
    this.wrapper.toggleAttribute("data-near", cell.matches(":hover, :focus-within"));
    for (const button of this.wrapper.children as HTMLCollectionOf<HTMLElement>)
      button.tabIndex = cell.matches("[role$=grid] [tabindex]:not(:focus-within)") ? -1 : 0;
  };
}

function stateOf(tally: Tally): State {
  if (tally.overdue > 0) return "overdue";
  if (tally.unread > 0) return "unread";
  if (tally.open > 0) return "read";
  return tally.total > 0 ? "resolved" : "ghost";
}
