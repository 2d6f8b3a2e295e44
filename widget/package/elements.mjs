/**
 * What the elements are, once: `custom-elements.json`, the types and the React components are made of it.
 *
 * Law: an attribute, event, part or variable that is not here is not ours to promise; tests hold it against the code.
 */

/** Which attributes take one of a few words. */
const THEME = ["light", "dark", "auto"];
const LOOK = {
  theme: { says: "light, dark, or auto as the system is, whatever the page around it is", one: THEME },
  density: { says: "comfortable, or compact as in a dense table", one: ["comfortable", "compact"] },
};
const PLACE = {
  record: { says: "the record, `type:key`: your own business keys" },
  field: { says: "one value of it, a path of business keys: `q3/amount`" },
};
const POSTED = { "apropos-posted": { says: "somebody here wrote something", detail: "{ thread: string }" } };
const RESOLVED = {
  "apropos-resolved": { says: "somebody here closed a discussion", detail: "{ thread: string; summary: string }" },
};
const STARTED = { "apropos-started": { says: "somebody here began a discussion", detail: "{ thread: string }" } };
const ASKS = {
  "apropos-ask-access": {
    says: "somebody who may not see this asks for access; prevent it to ask in your own way",
    detail: "Record<string, never>",
  },
};
const OPEN = {
  "apropos-open": {
    says: "a discussion is to be opened; prevent it to open it yourself",
    detail: "{ record?: string; field?: string | null; thread?: string; label?: string | null }",
  },
};

export const ELEMENTS = {
  "apropos-app": {
    name: "AproposApp",
    says: "The page's session: where the service is and who looks. One a page; shows nothing itself.",
    attributes: {
      endpoint: { says: "the service's address" },
      "token-url": { says: 'your own address that answers `{"token": "…"}` for whoever is logged in' },
      lang: { says: "the language of words, dates and figures; else the page's" },
      ...LOOK,
      "host-name": { says: "how people call your application" },
      "deep-links": { says: "whether the discussion that shows is named in the page's address", is: "boolean" },
    },
    events: {
      "apropos-ready": { says: "the session is there", detail: "Record<string, never>" },
      "apropos-error": { says: "your `token-url` gave no token", detail: "{ status: number }" },
      ...OPEN,
    },
  },
  "apropos-pin": {
    name: "AproposPin",
    says: "A pin on one value: whether it is discussed, and the way there.",
    attributes: {
      ...PLACE,
      side: { says: "on which side of the value it stands", one: ["before", "after"] },
      label: { says: "what people call the value" },
      ...LOOK,
    },
    events: OPEN,
    parts: { pin: "the button" },
  },
  "apropos-badge": {
    name: "AproposBadge",
    says: "How many discussions a record has, and the way to them.",
    attributes: { record: PLACE.record, ...LOOK },
    events: OPEN,
    parts: { badge: "the button" },
  },
  "apropos-panel": {
    name: "AproposPanel",
    says: "Where discussions open: beside your content, over it, or as a sheet on a phone. Made for you if there is none.",
    attributes: {
      ...PLACE,
      thread: { says: "one discussion by its id, `thr_…`" },
      mode: { says: "how it stands; else as there is room", one: ["dock", "overlay", "sheet"] },
      open: { says: "whether it is open", is: "boolean" },
      ...LOOK,
    },
    events: {
      "apropos-close": { says: "somebody closed it", detail: "{ record: string; field: string | null }" },
      "apropos-resize": { says: "somebody made it wider or narrower", detail: "{ width: number }" },
      ...STARTED,
      ...POSTED,
      ...RESOLVED,
      ...ASKS,
    },
    parts: {
      header: "the head of a discussion",
      value: "what the record said then and says now",
      message: "one message",
      composer: "where one writes",
      "button-primary": "the button that sends",
    },
  },
  "apropos-thread": {
    name: "AproposThread",
    says: "One discussion in the page itself.",
    attributes: { thread: { says: "the discussion by its id, `thr_…`; or else" }, ...PLACE, ...LOOK },
    events: { ...STARTED, ...POSTED, ...RESOLVED, ...ASKS },
    parts: {
      header: "the head of the discussion",
      value: "what the record said then and says now",
      message: "one message",
      composer: "where one writes",
      "button-primary": "the button that sends",
    },
  },
  "apropos-composer": {
    name: "AproposComposer",
    says: "Where one writes, without the messages: into a discussion, or to begin one where none is open.",
    attributes: { thread: { says: "the discussion by its id, `thr_…`; or else" }, ...PLACE, ...LOOK },
    events: { ...POSTED, ...STARTED, ...ASKS },
    parts: { composer: "where one writes", "button-primary": "the button that sends" },
  },
  "apropos-start": {
    name: "AproposStart",
    says: "Where a discussion begins: one line, or all that a template fills.",
    attributes: {
      ...PLACE,
      template: { says: "the template that fills it, by its name; else the record's first" },
      ...LOOK,
    },
    events: { ...STARTED, ...POSTED, ...OPEN, ...ASKS },
    parts: {
      header: "the head of the form",
      value: "what the record says now",
      composer: "where one writes",
      "button-primary": "the button that starts",
    },
  },
  "apropos-value": {
    name: "AproposValue",
    says: "What the record said when the discussion of a value began, and says now.",
    attributes: { ...PLACE, ...LOOK },
    events: ASKS,
    parts: { value: "what the record said then and says now" },
  },
  "apropos-people": {
    name: "AproposPeople",
    says: "People who can see a record, those who discuss it first, each to be asked.",
    attributes: { ...PLACE, limit: { says: "how many at most, 1 to 20; else 5", is: "number | string" }, ...LOOK },
    events: {
      "apropos-asked": { says: "somebody here asked one of them", detail: "{ person: string; thread: string }" },
      ...POSTED,
      ...STARTED,
      ...ASKS,
    },
    parts: { composer: "where one writes what is asked", "button-primary": "the button that sends" },
  },
  "apropos-inbox": {
    name: "AproposInbox",
    says: "Everything that waits for whoever looks.",
    attributes: {
      view: { says: "a page of its own, or a drawer", one: ["page", "drawer"] },
      filter: {
        says: "what it shows first",
        one: ["for-you", "mentions", "assigned", "due", "followed", "waiting", "later", "done"],
      },
      ...LOOK,
    },
    events: {
      ...OPEN,
      "apropos-count": { says: "how many wait, by filter, whenever that changes", detail: "Record<string, number>" },
    },
  },
};

/** What may be set on any ancestor. */
export const VARIABLES = {
  "--apropos-brand": "any colour; only its hue and some chroma are used",
  "--apropos-font": "a list of fonts, or `inherit`",
  "--apropos-text-base": "the size of text, 14px by default (13px compact)",
  "--apropos-corner": "the radius of corners, 4px by default; 0px is square",
  "--apropos-z": "the stacking level of the panel, 400 by default",
};

/** `custom-elements.json`. Source: github.com/webcomponents/custom-elements-manifest, schema 1.0. */
export function manifest() {
  const declarations = Object.entries(ELEMENTS).map(([tagName, { name, says, attributes, events, parts = {} }]) => ({
    kind: "class",
    customElement: true,
    name,
    tagName,
    description: says,
    attributes: Object.entries(attributes).map(([each, of]) => ({
      name: each,
      description: of.says,
      type: { text: typeOf(of) },
    })),
    events: Object.entries(events).map(([each, of]) => ({
      name: each,
      description: of.says,
      type: { text: `CustomEvent<${of.detail}>` },
    })),
    cssParts: Object.entries(parts).map(([each, description]) => ({ name: each, description })),
    cssProperties: Object.entries(VARIABLES).map(([each, description]) => ({ name: each, description })),
  }));
  const exports = Object.keys(ELEMENTS).map((name) => ({
    kind: "custom-element-definition",
    name,
    declaration: { name: ELEMENTS[name].name, module: "dist/apropos.js" },
  }));
  return {
    schemaVersion: "1.0.0",
    readme: "README.md",
    modules: [{ kind: "javascript-module", path: "dist/apropos.js", declarations, exports }],
  };
}

/** The types of `apropos-widget`: what its script has, and the elements as a page's document knows them. */
export function types() {
  const classes = Object.values(ELEMENTS).map(
    ({ name, says, events }) => `/** ${says} */
export interface ${name}Element extends HTMLElement {
  addEventListener<Name extends keyof ${name}Events>(
    name: Name, hear: (event: ${name}Events[Name]) => void, options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(name: string, hear: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}
export interface ${name}Events {
${Object.entries(events)
  .map(([each, of]) => `  /** ${of.says} */\n  "${each}": CustomEvent<${of.detail}>;`)
  .join("\n")}
}`,
  );
  const tags = Object.entries(ELEMENTS).map(([tag, { name }]) => `    "${tag}": ${name}Element;`);
  return `// Made by package/make.mjs from package/elements.mjs.
export interface Options {
  /** The service's address. */
  endpoint: string;
  /** Answers a token for whoever looks; asked again before it runs out. */
  token: () => Promise<string>;
  /** The language of words, dates and figures; else the page's. */
  lang?: string | null;
  theme?: ${THEME.map((each) => `"${each}"`).join(" | ")} | null;
  density?: "comfortable" | "compact" | null;
  /** How people call the application around us. */
  hostName?: string | null;
  /** Words said your own way, by their name; \`{name}\` in them is replaced. */
  words?: Record<string, string | Partial<Record<Intl.LDMLPluralRule, string>>>;
}

/** Say where the service is and who looks. Said again, it changes what is named; another endpoint is another session. */
export declare const configure: (options: Options) => void;

${classes.join("\n\n")}

declare global {
  interface Window {
    apropos?: { configure: (options: Options) => void };
  }
  interface HTMLElementTagNameMap {
${tags.join("\n")}
  }
}
`;
}

/** The types of `apropos-widget/react`. */
export function reactTypes() {
  const components = Object.values(ELEMENTS).map(({ name, says, attributes, events }) => {
    const given = Object.entries(attributes).map(
      ([each, of]) => `  /** ${of.says} */\n  ${camel(each)}?: ${typeOf(of)};`,
    );
    const heard = Object.entries(events).map(
      ([each, of]) => `  /** ${of.says} */\n  ${handler(each)}?: (event: CustomEvent<${of.detail}>) => void;`,
    );
    return `export interface ${name}Props extends Common {
${[...given, ...heard].join("\n")}
}
/** ${says} */
export declare const ${name}: ForwardRefExoticComponent<${name}Props & RefAttributes<HTMLElement>>;`;
  });
  return `// Made by package/make.mjs from package/elements.mjs.
import type { CSSProperties, ForwardRefExoticComponent, RefAttributes } from "react";

interface Common {
  id?: string;
  className?: string;
  style?: CSSProperties;
  slot?: string;
  hidden?: boolean;
}

${components.join("\n\n")}
`;
}

/** The components of `apropos-widget/react`, for React 18 and later, on a server too. */
export function reactModule() {
  const components = Object.entries(ELEMENTS).map(
    ([tag, { name, attributes, events }]) =>
      `export const ${name} = component("${tag}", "${name}", ${JSON.stringify(
        Object.fromEntries(Object.keys(attributes).map((each) => [camel(each), each])),
      )}, ${JSON.stringify(Object.fromEntries(Object.keys(events).map((each) => [handler(each), each])))});`,
  );
  return `// Made by package/make.mjs from package/elements.mjs.
"use client";
import { component } from "./component.js";

${components.join("\n")}
`;
}

function typeOf({ one, is = "string" }) {
  return one ? one.map((each) => `"${each}"`).join(" | ") : is;
}

function camel(name) {
  return name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}

function handler(event) {
  return `on${camel(event.replace("apropos", ""))}`;
}
