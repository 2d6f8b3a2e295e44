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
  session: Session | null = null;
  #leave: (() => void)[] = [];
  /** How it does what is due: at once. */
  protected due = (work: () => void): void => work();

  /** Begin to show, now that there is a session. */
  protected abstract begin(session: Session): void;
  /** Show anew: an attribute, the look or the words changed. */
  protected abstract show(): void;

  /** Made when there is something to show: 2,000 that show nothing yet are nothing to lay out. */
  get root(): ShadowRoot {
    if (this.shadowRoot) return this.shadowRoot;
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheetOf(pins)];
    root.append(Object.assign(document.createElement("div"), { className: "ap" }));
    return root;
  }

  get wrapper(): HTMLElement {
    return this.root.firstElementChild as HTMLElement;
  }

  connectedCallback(): void {
    this.due(this.#turn);
  }

  disconnectedCallback(): void {
    this.due(this.#turn);
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after || !this.session) return;
    this.due(name in this.session.look.value ? this.again : this.#turn);
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

  /** Begin anew where it is in a page, and end where it is in none. */
  #turn = (): void => {
    this.end();
    if (!this.isConnected) return;
    const here = session.value;
    this.until(session.on(() => this.due(this.#turn)));
    if (!here) return;
    this.session = here;
    const again = () => this.due(this.again);
    this.until(here.look.on(again), here.language.changed.on(again));
    this.begin(here);
  };

  /** Show it as all is now, if it shows. */
  protected again = (): void => {
    if (!this.session) return;
    this.show();
    if (this.shadowRoot) dress(this.wrapper, this, this.session.look.value); // what the host has in it shows until then
  };
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
