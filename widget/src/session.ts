/** Who looks at this page and how: one for all elements, from `<apropos-app>` or `configure`. */
import { Client } from "./client";
import { Counts } from "./counts";
import type { Panel } from "./elements/panel";
import { underway } from "./kept";
import { Live } from "./live";
import { Signal } from "./signal";
import type { Look } from "./theme";
import { Language } from "./words";
import type { Words } from "./words/en";

export interface Options {
  /** The service's address. */
  endpoint: string;
  /** Answers a token for whoever looks; asked again before it runs out. */
  token: () => Promise<string>;
  lang?: string | null;
  theme?: string | null;
  density?: string | null;
  /** How people call the application around us. */
  hostName?: string | null;
  /** Words said the host's own way. */
  words?: Partial<Words>;
}

/** What a discussion is about, or the discussion itself. */
export interface Place {
  record: string;
  field: string | null;
}

/** What is only declared is set by the constructor or later, and no byte of what is built. */
export class Session {
  declare readonly client: Client;
  declare readonly live: Live;
  declare readonly counts: Counts;
  readonly language = new Language();
  readonly look = new Signal<Look>({ lang: "en" });
  /** The page's panel, while it is open. */
  declare panel?: Panel | undefined;
  /** What it shows. */
  readonly open = new Signal<Place | null>(null);
  /** The one discussion in it, by its id. */
  readonly shown = new Signal<string | null>(null);
  declare hostName: string | null | undefined;

  constructor(options: Options) {
    this.client = new Client(options);
    this.live = new Live(this.client);
    this.counts = new Counts(this.client);
    this.client.who.on(this.#resume);
    this.client.reachable.on((isReachable) => isReachable && this.#resume());
    addEventListener("online", this.#resume);
    const languages = new MutationObserver(() => this.change(configured as Options));
    languages.observe(document.documentElement, { attributeFilter: ["lang"] });
  }

  /** Send what somebody wrote and the service does not have: whatever the page shows of it, and though it be from an earlier page. */
  #resume = async (): Promise<void> => {
    const { client } = this;
    if (!client.person || !(client.underway.value[0] ?? underway(client.person)[0])) return;
    const { outboxOf } = await import("./outbox");
    outboxOf(client).resume();
  };

  /** Take the looks and words of `options`. */
  change(options: Options): void {
    const { hostName, words, theme, density } = options;
    const lang = options.lang || document.documentElement.lang || navigator.language;
    this.hostName = hostName;
    if (words) this.language.override(words);
    this.language.speak(lang);
    this.look.set({ theme, density, lang });
  }
}

/** The page's session; null until somebody configures it. */
export const session = new Signal<Session | null>(null);
let configured: Options | null = null;

/** Say where the service is and who looks. Said again, it changes what is named; another endpoint is another session. */
export function configure(options: Options): void {
  const { value } = session;
  const here = value && configured?.endpoint === options.endpoint ? value : new Session(options);
  configured = options;
  here.change(options);
  session.set(here);
}
