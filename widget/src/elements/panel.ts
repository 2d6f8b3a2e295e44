/**
 * `<apropos-panel record field thread mode open>`: a place at the page's side for discussions, or a sheet on a phone.
 *
 * Law: it takes the focus when somebody opens it, and gives it back where it came from.
 */
import type { Place, Session } from "../session";
import type { Opening } from "./app";
import type { Painting } from "./painted";
import { fit, modeOf, remembered } from "./placing";
import { Shell } from "./shell";

export class Panel extends Shell {
  static observedAttributes = ["record", "field", "thread", "mode", "open"];
  #painting: Painting | null = null;
  #from: HTMLElement | null = null;
  #label: string | null = null;
  #takesFocus = false;

  /** Show what is said somewhere, which people call `label`; `from` gets the focus back at the end. */
  openAt({ record, field, thread, from, label }: Opening): void {
    this.removeAttribute("open");
    this.#from = from ?? null;
    this.#label = label ?? null;
    this.#takesFocus = from !== undefined || thread !== undefined;
    for (const [name, value] of Object.entries({ record, field, thread }))
      if (value) this.setAttribute(name, value);
      else this.removeAttribute(name);
    this.setAttribute("open", "");
  }

  close(): void {
    if (!this.hasAttribute("open")) return;
    const place = this.#shown;
    this.removeAttribute("open");
    this.#origin(place)?.focus();
    this.#from = null;
    this.emit("apropos-close", place);
  }

  protected async begin(session: Session): Promise<void> {
    const place = this.#place;
    const thread = this.getAttribute("thread");
    if (!this.hasAttribute("open") || !(place.record || thread)) return;
    if (place.record) session.open.set(place);
    this.#stand();
    const { paint } = await import("../parts/paint");
    if (this.session !== session || !this.hasAttribute("open")) return;
    this.#painting = paint(this, session, {
      source: thread ? { thread } : place,
      label: this.#label,
      takesFocus: this.#takesFocus,
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
    this.session?.open.set(null);
    this.session?.shown.set(null);
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
      this.dataset.mode = modeOf(this);
      wrapper.dataset.mode = this.dataset.mode;
      remembered(wrapper);
      fitted();
      this.#painting?.again();
    };
    stand();
    const quit = new AbortController();
    const { signal } = quit;
    addEventListener("resize", stand, { signal });
    addEventListener("scroll", fitted, { passive: true, signal });
    wrapper.addEventListener("keydown", (event) => this.#key(event), { signal });
    wrapper.addEventListener("click", (event) => event.target === wrapper && this.close(), { signal });
    this.until(() => {
      quit.abort();
      delete wrapper.dataset.mode;
      delete this.dataset.mode;
    });
  }

  #key(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "Escape") this.close();
    else if (event.key === "]" && (event.ctrlKey || event.metaKey)) this.#origin(this.#shown)?.focus();
    else return;
    event.preventDefault();
  }

  /** What opened this, or what stands in its place now: the same value's pin, another of the record's, its badge. */
  #origin({ record, field }: Place): HTMLElement | null {
    if (this.#from?.isConnected) return this.#from;
    const all = [...document.querySelectorAll<HTMLElement>("apropos-pin, apropos-badge")];
    const near = all.filter((each) => each.getAttribute("record") === record);
    const isHere = (each: HTMLElement) => each.getAttribute("field") === field;
    return near.find(isHere) ?? near.find((each) => each.localName === "apropos-pin") ?? near[0] ?? null;
  }
}
