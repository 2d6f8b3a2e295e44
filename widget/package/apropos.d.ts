// Made by package/make.mjs from package/elements.mjs.
export interface Options {
  /** The service's address. */
  endpoint: string;
  /** Answers a token for whoever looks; asked again before it runs out. */
  token: () => Promise<string>;
  /** The language of words, dates and figures; else the page's. */
  lang?: string | null;
  theme?: "light" | "dark" | "auto" | null;
  density?: "comfortable" | "compact" | null;
  /** How people call the application around us. */
  hostName?: string | null;
  /** Words said your own way, by their name; `{name}` in them is replaced. */
  words?: Record<string, string | Partial<Record<Intl.LDMLPluralRule, string>>>;
}

/** Say where the service is and who looks. Said again, it changes what is named; another endpoint is another session. */
export declare const configure: (options: Options) => void;

/** The page's session: where the service is and who looks. One a page; shows nothing itself. */
export interface AproposAppElement extends HTMLElement {
  addEventListener<Name extends keyof AproposAppEvents>(
    name: Name, hear: (event: AproposAppEvents[Name]) => void, options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(name: string, hear: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}
export interface AproposAppEvents {
  /** the session is there */
  "apropos-ready": CustomEvent<Record<string, never>>;
  /** your `token-url` gave no token */
  "apropos-error": CustomEvent<{ status: number }>;
  /** a discussion is to be opened; prevent it to open it yourself */
  "apropos-open": CustomEvent<{ record?: string; field?: string | null; thread?: string; label?: string | null }>;
}

/** A pin on one value: whether it is discussed, and the way there. */
export interface AproposPinElement extends HTMLElement {
  addEventListener<Name extends keyof AproposPinEvents>(
    name: Name, hear: (event: AproposPinEvents[Name]) => void, options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(name: string, hear: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}
export interface AproposPinEvents {
  /** a discussion is to be opened; prevent it to open it yourself */
  "apropos-open": CustomEvent<{ record?: string; field?: string | null; thread?: string; label?: string | null }>;
}

/** How many discussions a record has, and the way to them. */
export interface AproposBadgeElement extends HTMLElement {
  addEventListener<Name extends keyof AproposBadgeEvents>(
    name: Name, hear: (event: AproposBadgeEvents[Name]) => void, options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(name: string, hear: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}
export interface AproposBadgeEvents {
  /** a discussion is to be opened; prevent it to open it yourself */
  "apropos-open": CustomEvent<{ record?: string; field?: string | null; thread?: string; label?: string | null }>;
}

/** Where discussions open: beside your content, over it, or as a sheet on a phone. Made for you if there is none. */
export interface AproposPanelElement extends HTMLElement {
  addEventListener<Name extends keyof AproposPanelEvents>(
    name: Name, hear: (event: AproposPanelEvents[Name]) => void, options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(name: string, hear: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}
export interface AproposPanelEvents {
  /** somebody closed it */
  "apropos-close": CustomEvent<{ record: string; field: string | null }>;
  /** somebody made it wider or narrower */
  "apropos-resize": CustomEvent<{ width: number }>;
  /** somebody here began a discussion */
  "apropos-started": CustomEvent<{ thread: string }>;
  /** somebody here wrote something */
  "apropos-posted": CustomEvent<{ thread: string }>;
  /** somebody here closed a discussion */
  "apropos-resolved": CustomEvent<{ thread: string; summary: string }>;
  /** somebody who may not see this asks for access; prevent it to ask in your own way */
  "apropos-ask-access": CustomEvent<Record<string, never>>;
}

/** One discussion in the page itself. */
export interface AproposThreadElement extends HTMLElement {
  addEventListener<Name extends keyof AproposThreadEvents>(
    name: Name, hear: (event: AproposThreadEvents[Name]) => void, options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(name: string, hear: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}
export interface AproposThreadEvents {
  /** somebody here began a discussion */
  "apropos-started": CustomEvent<{ thread: string }>;
  /** somebody here wrote something */
  "apropos-posted": CustomEvent<{ thread: string }>;
  /** somebody here closed a discussion */
  "apropos-resolved": CustomEvent<{ thread: string; summary: string }>;
  /** somebody who may not see this asks for access; prevent it to ask in your own way */
  "apropos-ask-access": CustomEvent<Record<string, never>>;
}

/** Where one writes, without the messages: into a discussion, or to begin one where none is open. */
export interface AproposComposerElement extends HTMLElement {
  addEventListener<Name extends keyof AproposComposerEvents>(
    name: Name, hear: (event: AproposComposerEvents[Name]) => void, options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(name: string, hear: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}
export interface AproposComposerEvents {
  /** somebody here wrote something */
  "apropos-posted": CustomEvent<{ thread: string }>;
  /** somebody here began a discussion */
  "apropos-started": CustomEvent<{ thread: string }>;
  /** somebody who may not see this asks for access; prevent it to ask in your own way */
  "apropos-ask-access": CustomEvent<Record<string, never>>;
}

/** Where a discussion begins: one line, or all that a template fills. */
export interface AproposStartElement extends HTMLElement {
  addEventListener<Name extends keyof AproposStartEvents>(
    name: Name, hear: (event: AproposStartEvents[Name]) => void, options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(name: string, hear: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}
export interface AproposStartEvents {
  /** somebody here began a discussion */
  "apropos-started": CustomEvent<{ thread: string }>;
  /** somebody here wrote something */
  "apropos-posted": CustomEvent<{ thread: string }>;
  /** a discussion is to be opened; prevent it to open it yourself */
  "apropos-open": CustomEvent<{ record?: string; field?: string | null; thread?: string; label?: string | null }>;
  /** somebody who may not see this asks for access; prevent it to ask in your own way */
  "apropos-ask-access": CustomEvent<Record<string, never>>;
}

/** What the record said when the discussion of a value began, and says now. */
export interface AproposValueElement extends HTMLElement {
  addEventListener<Name extends keyof AproposValueEvents>(
    name: Name, hear: (event: AproposValueEvents[Name]) => void, options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(name: string, hear: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}
export interface AproposValueEvents {
  /** somebody who may not see this asks for access; prevent it to ask in your own way */
  "apropos-ask-access": CustomEvent<Record<string, never>>;
}

/** People who can see a record, those who discuss it first, each to be asked. */
export interface AproposPeopleElement extends HTMLElement {
  addEventListener<Name extends keyof AproposPeopleEvents>(
    name: Name, hear: (event: AproposPeopleEvents[Name]) => void, options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(name: string, hear: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}
export interface AproposPeopleEvents {
  /** somebody here asked one of them */
  "apropos-asked": CustomEvent<{ person: string; thread: string }>;
  /** somebody here wrote something */
  "apropos-posted": CustomEvent<{ thread: string }>;
  /** somebody here began a discussion */
  "apropos-started": CustomEvent<{ thread: string }>;
  /** somebody who may not see this asks for access; prevent it to ask in your own way */
  "apropos-ask-access": CustomEvent<Record<string, never>>;
}

/** Everything that waits for whoever looks. */
export interface AproposInboxElement extends HTMLElement {
  addEventListener<Name extends keyof AproposInboxEvents>(
    name: Name, hear: (event: AproposInboxEvents[Name]) => void, options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(name: string, hear: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}
export interface AproposInboxEvents {
  /** a discussion is to be opened; prevent it to open it yourself */
  "apropos-open": CustomEvent<{ record?: string; field?: string | null; thread?: string; label?: string | null }>;
  /** how many wait, by filter, whenever that changes */
  "apropos-count": CustomEvent<Record<string, number>>;
}

declare global {
  interface Window {
    apropos?: { configure: (options: Options) => void };
  }
  interface HTMLElementTagNameMap {
    "apropos-app": AproposAppElement;
    "apropos-pin": AproposPinElement;
    "apropos-badge": AproposBadgeElement;
    "apropos-panel": AproposPanelElement;
    "apropos-thread": AproposThreadElement;
    "apropos-composer": AproposComposerElement;
    "apropos-start": AproposStartElement;
    "apropos-value": AproposValueElement;
    "apropos-people": AproposPeopleElement;
    "apropos-inbox": AproposInboxElement;
  }
}
