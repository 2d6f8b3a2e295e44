/** The elements, defined once a page: a second copy of the script joins the first. */
import { configure, type Options } from "../session";
import { LOOKS } from "../theme";
import { ComposerElement, PeopleElement, StartElement, ValueElement } from "./alone";
import { App, type Opening, open } from "./app";
import { Badge } from "./badge";
import { InboxElement } from "./inbox";
import { Panel } from "./panel";
import { Pin } from "./pin";
import { ThreadElement } from "./thread";

declare global {
  interface Window {
    apropos?: { configure: (options: Options) => void };
  }
}

const ELEMENTS = {
  "apropos-app": App,
  "apropos-pin": Pin,
  "apropos-badge": Badge,
  "apropos-panel": Panel,
  "apropos-thread": ThreadElement,
  "apropos-composer": ComposerElement,
  "apropos-start": StartElement,
  "apropos-value": ValueElement,
  "apropos-people": PeopleElement,
  "apropos-inbox": InboxElement,
};

if (!window.apropos) {
  Object.defineProperty(window, "apropos", { value: Object.freeze({ configure }) });
  addEventListener("apropos-open", (event) => open(event as CustomEvent<Opening>));
  for (const [name, element] of Object.entries(ELEMENTS)) {
    element.observedAttributes.push(...LOOKS);
    customElements.define(name, element);
  }
}

/** What this page's copy of the script has. */
const { configure: joined } = window.apropos as NonNullable<Window["apropos"]>;

export { joined as configure };
