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
  #soon: ReturnType<typeof setTimeout> | undefined;
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
    clearTimeout(this.#soon); // once for all that is set together, in a task of its own: defining 2,000 pins is one already
    this.#soon = setTimeout(() => this.#configure());
  }

  #configure(): void {
    const given = App.observedAttributes.map((name) => this.getAttribute(name));
    const [endpoint, address, lang, theme, density, hostName] = given;
    if (!endpoint || typeof address !== "string") return;
    configure({ endpoint, token: () => this.#token(address), lang, theme, density, hostName });
    tell(this, "apropos-ready");
    this.#leave ??= follow((thread) => tell(this, "apropos-open", { thread }), this);
  }

  async #token(address: string): Promise<string> {
    const response = await fetch(address);
    const { token } = await response.json().catch(() => ({})); // a page to sign in on says none
    if (typeof token === "string") return token;
    tell(this, "apropos-error", { status: response.status });
    throw Object.assign(new Error(), { status: response.status }); // the host's own back end gave no token
  }
}

/** Open what was asked for in the page's panel, or that of the modal around it, made if there is none; asked again, it closes. */
export function open(event: CustomEvent<Opening>): void {
  const from = event.target as Element;
  // the inbox as a page has a place of its own for what is opened in it
  if (event.defaultPrevented || !session.value || from.matches?.('apropos-inbox:not([view="drawer"])')) return;
  const { record, field } = event.detail;
  // nothing outside of a modal dialog, or of what fills the screen, can be used
  const around = from.closest?.(":modal") ?? document.body;
  const panel = (around.querySelector(":not(dialog)>apropos-panel,:modal>apropos-panel") ??
    around.appendChild(document.createElement("apropos-panel"))) as Panel;
  const { value } = session.value.open;
  if (record && value?.record === record && value.field === (field ?? null)) panel.close();
  else panel.openAt(event.detail);
}
