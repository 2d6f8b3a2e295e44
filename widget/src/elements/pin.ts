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

export class Pin extends Mark {
  static observedAttributes = ["record", "field", "side", "label"];
  #wasOpen = false;

  get #isOpen(): boolean {
    const open = this.session?.open.value;
    return open?.record === this.about && open.field === this.#field;
  }

  get #field(): string | null {
    return this.getAttribute("field");
  }

  protected override begin(session: Session): void {
    super.begin(session);
    this.until(
      session.open.on(() => this.#isOpen !== this.#wasOpen && this.show()),
      this.#nearCell(),
    );
  }

  override end(): void {
    super.end();
    this.#cell.removeAttribute("data-apropos-open");
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
    button.dataset.side = this.getAttribute("side") ?? "after";
    button.setAttribute("aria-label", language.say(isOpen && number > 0 ? counted : word, { label, count: number }));
    button.setAttribute("aria-expanded", String(isOpen));
    const drawing = number === 0 && isOpen ? plus : ICONS[state as keyof typeof ICONS];
    const icon = drawing ? [drawn(drawing, "12")] : [];
    button.replaceChildren(...icon, ...(number > 0 ? [number > 99 ? "99+" : String(number)] : []));
    this.#cell.toggleAttribute("data-apropos-open", isOpen);
  }

  get #cell(): Element {
    return this.closest(CELL) ?? this.parentElement ?? this;
  }

  /** A pin on a value without a discussion shows while its cell is pointed at or has focus. */
  #nearCell(): () => void {
    const cell = this.#cell;
    const near = () => this.wrapper.toggleAttribute("data-near", cell.matches(":hover, :focus-within"));
    const names = ["pointerenter", "pointerleave", "focusin", "focusout"];
    for (const name of names) cell.addEventListener(name, near);
    return () => names.forEach((name) => void cell.removeEventListener(name, near));
  }
}

function stateOf(tally: Tally): State {
  if (tally.overdue > 0) return "overdue";
  if (tally.unread > 0) return "unread";
  if (tally.open > 0) return "read";
  return tally.total > 0 ? "resolved" : "ghost";
}
