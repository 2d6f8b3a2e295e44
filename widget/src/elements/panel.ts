/**
 * `<apropos-panel record field thread mode open>`: a place at the page's side for discussions, or a sheet on a phone.
 *
 * Law: it takes the focus when somebody opens it, and gives it back where it came from.
 */

import type { Origin } from "../crossing";
import type { Place, Session } from "../session";
import type { Opening } from "./app";
import type { Painting } from "./painted";
import { fit, modeOf, remembered } from "./placing";
import { Shell } from "./shell";

export class Panel extends Shell {
  static observedAttributes = ["record", "field", "thread", "mode", "open"];
  #painting: Painting | null = null;
  #opening: Opening & Origin = {};

  /** Show what is said somewhere, which people call `label`; `from` gets the focus back at the end. */
  openAt(opening: Opening): void {
    this.removeAttribute("open");
    const tree = opening.from?.getRootNode();
    const at = opening.from?.getBoundingClientRect();
    this.#opening = { ...opening, tree, at, x: scrollX, y: scrollY };
    for (const name of ["record", "field", "thread"] as const)
      if (opening[name]) this.setAttribute(name, opening[name]);
      else this.removeAttribute(name);
    this.setAttribute("open", "");
  }

  close(): void {
    if (!this.hasAttribute("open")) return;
    const place = this.#shown;
    const opening = this.#opening;
    this.removeAttribute("open");
    this.#opening = {};
    if (opening.from?.isConnected) opening.from.focus();
    else crossing(({ back }) => back(opening, place));
    this.emit("apropos-close", place);
  }

  protected async begin(session: Session): Promise<void> {
    const place = this.#place;
    const thread = this.getAttribute("thread");
    if (!this.hasAttribute("open") || !(place.record || thread)) return;
    if (place.record) session.open.set(place);
    session.panel = this;
    this.until(() => {
      session.open.set(null);
      session.shown.set(null);
      session.panel = undefined;
    });
    this.again();
    this.#stand();
    const opening = this.#opening;
    const { paint } = await import("../parts/paint");
    if (this.session !== session || !this.hasAttribute("open")) return;
    this.#painting = paint(this, session, {
      source: thread ? { thread } : place,
      label: opening.label,
      takesFocus: !!(opening.from || opening.thread),
      close: () => this.close(),
      shows: (found, shown) => {
        session.open.set(found);
        session.shown.set(shown);
      },
    });
  }

  protected show(): void {
    this.#painting?.again();
  }

  override end(): void {
    super.end();
    this.#painting?.end();
    this.#painting = null;
  }

  get #place(): Place {
    return { record: this.getAttribute("record") ?? "", field: this.getAttribute("field") };
  }

  /** The place as it was found, which one opened by its discussion alone does not say itself. */
  get #shown(): Place {
    return this.session?.open.value ?? this.#place;
  }

  #stand(): void {
    const { wrapper } = this;
    const fitted = () => fit(this, wrapper);
    const stand = () => {
      this.dataset.mode = wrapper.dataset.mode = modeOf(this);
      remembered(wrapper);
      fitted();
      this.#painting?.again();
    };
    stand();
    const quit = new AbortController();
    addEventListener("resize", stand, quit);
    addEventListener("scroll", fitted, quit);
    wrapper.onkeydown = (event) => this.#key(event);
    wrapper.onclick = (event) => {
      if (event.target === wrapper) this.close();
    };
    this.until(() => {
      quit.abort();
      delete wrapper.dataset.mode;
      delete this.dataset.mode;
    });
  }

  #key(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else this.cross(event);
  }

  /** Take the focus here, or back where it came from, if that is what a key asks for. */
  cross(event: KeyboardEvent): void {
    if (event.key !== "]" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    crossing(({ cross }) => cross(this, this.#opening));
  }
}

/** Do what comes with the first need of it; where it cannot be had, the focus stays. */
function crossing(work: (all: typeof import("../crossing")) => void): void {
  import("../crossing").then(work, () => undefined);
}
