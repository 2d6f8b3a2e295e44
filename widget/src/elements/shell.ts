/**
 * What all our elements are: a shadow root with shared sheets, and a wrapper that has the page's look.
 *
 * Law: an element that cannot reach the service shows nothing, and the host's page is as if it were not there.
 */
import pins from "virtual:sheet/pins";
import { type Icon, mark } from "../icons";
import { type Session, session } from "../session";
import { dress, sheetOf } from "../theme";

export abstract class Shell extends HTMLElement {
  readonly root = this.attachShadow({ mode: "open" });
  readonly wrapper = document.createElement("div");
  session: Session | null = null;
  #leave: (() => void)[] = [];

  /** Begin to show, now that there is a session. */
  protected abstract begin(session: Session): void;
  /** Show anew: an attribute, the look or the words changed. */
  protected abstract show(): void;

  constructor() {
    super();
    this.root.adoptedStyleSheets = [sheetOf(pins)];
    this.wrapper.className = "ap";
    this.root.append(this.wrapper);
  }

  connectedCallback(): void {
    const started = session.on(() => this.#start());
    this.#start();
    this.#leave.push(started);
  }

  disconnectedCallback(): void {
    this.end();
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after || !this.session) return;
    if (name in this.session.look.value) this.#dress();
    else {
      this.end();
      this.connectedCallback();
    }
  }

  /** Call `leave` when this element stops showing what it shows. */
  protected until(...leave: (() => void)[]): void {
    this.#leave.push(...leave);
  }

  protected end(): void {
    for (const leave of this.#leave.splice(0)) leave();
    this.session = null;
  }

  /** Tell the page; returns whether nobody prevented what follows. */
  emit(name: string, detail?: unknown): boolean {
    return tell(this, name, detail);
  }

  #start(): void {
    const here = session.value;
    if (!here || here === this.session) return;
    if (this.session) {
      this.end();
      this.connectedCallback();
      return;
    }
    this.session = here;
    const again = () => {
      this.#dress();
      this.show();
    };
    this.until(here.look.on(again), here.language.changed.on(again));
    this.#dress();
    this.begin(here);
  }

  #dress(): void {
    dress(this.wrapper, this, (this.session as Session).look.value);
  }
}

/** Tell the page around `element`; returns whether nobody prevented what follows. */
export function tell(element: HTMLElement, name: string, detail: unknown = {}): boolean {
  return element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
}

/** An icon as nodes. */
export function drawn([stroke, fill]: Icon = mark, size = "16"): SVGElement {
  const svg = made("svg", { class: "ap-i", viewBox: "0 0 16 16", "aria-hidden": "true", "data-s": size });
  svg.append(made("path", { d: stroke }));
  if (fill) svg.append(made("path", { d: fill, class: "f" }));
  return svg;
}

function made(tag: "svg" | "path", attributes: Record<string, string>): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const name in attributes) element.setAttribute(name, attributes[name] as string);
  return element;
}
