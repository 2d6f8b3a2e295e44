/** `<apropos-app endpoint token-url …>`: the page's session; and whoever asks to open a discussion gets the page's panel. */
import { follow } from "../address";
import { configure, type Place, session } from "../session";
import type { Panel } from "./panel";
import { tell } from "./shell";

/** What is asked for: a record's discussions, those of a field, or one by its id. */
export interface Opening extends Partial<Place> {
  thread?: string;
  label?: string | null;
  from?: HTMLElement;
}

export class App extends HTMLElement {
  static observedAttributes = ["endpoint", "token-url", "lang", "theme", "density", "host-name"];
  #queued = false;
  #leave: (() => void) | undefined;

  connectedCallback(): void {
    this.hidden = true;
    this.#queue();
  }

  disconnectedCallback(): void {
    this.#leave?.();
    this.#leave = undefined;
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#queue();
  }

  #queue(): void {
    if (this.#queued) return;
    this.#queued = true;
    setTimeout(() => this.#configure()); // a task of its own: making 2,000 pins is one already
  }

  #configure(): void {
    this.#queued = false;
    const given = App.observedAttributes.map((name) => this.getAttribute(name));
    const [endpoint, address, lang, theme, density, hostName] = given;
    if (!endpoint || typeof address !== "string") return;
    configure({ endpoint, token: () => this.#token(address), lang, theme, density, hostName });
    this.#tell("apropos-ready");
    this.#leave ??= follow((thread) => this.#tell("apropos-open", { thread }), this);
  }

  async #token(address: string): Promise<string> {
    const response = await fetch(address, { credentials: "same-origin" });
    const { token } = await response.json().catch(() => ({})); // a page to sign in on says none
    if (typeof token === "string") return token;
    this.#tell("apropos-error", { status: response.status });
    throw Object.assign(new Error(), { status: response.status }); // the host's own back end gave no token
  }

  #tell(name: string, detail?: unknown): void {
    tell(this, name, detail);
  }
}

/** Open what was asked for in the page's panel, or that of the modal around it, made if there is none; asked again, it closes. */
export function open(event: CustomEvent<Opening>): void {
  if (event.defaultPrevented || !session.value || showsItself(event.target)) return;
  const { record, field } = event.detail;
  // nothing outside of a modal dialog, or of what fills the screen, can be used
  const around = (event.target as Element).closest?.(":modal") ?? document.body;
  const panel = (around.querySelector(":not(dialog)>apropos-panel,:modal>apropos-panel") ??
    around.appendChild(document.createElement("apropos-panel"))) as Panel;
  const { value } = session.value.open;
  if (record && value?.record === record && value.field === (field ?? null)) panel.close();
  else panel.openAt(event.detail);
}

/** The inbox as a page has a place of its own for what is opened in it. */
function showsItself(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('apropos-inbox:not([view="drawer"])');
}
