/** Puts the inbox into its element. */
import sheet from "virtual:sheet/inbox";
import { render } from "preact";
import { wear } from "../parts/kits";
import { Regions } from "../parts/regions";
import type { Session } from "../session";
import type { Shelf } from "../wire";
import { acting } from "../words/en/acting";
import { discussion } from "../words/en/discussion";
import { inbox } from "../words/en/inbox";
import { kinds } from "../words/en/kinds";
import { shared } from "../words/en/shared";
import { InboxStore } from "./store";
import { type Emit, View } from "./view";

export interface Painted {
  again: () => void;
  end: () => void;
}

interface Options {
  view: "page" | "drawer";
  shelf: Shelf;
  emit: Emit;
}

export function paint(root: ShadowRoot, wrapper: HTMLElement, session: Session, options: Options): Painted {
  wear(root, sheet);
  session.language.learn({ ...shared, ...discussion, ...acting, ...kinds, ...inbox });
  const store = new InboxStore(session, options.shelf);
  const regions = new Regions();
  const again = () => {
    const say: typeof session.language.say = (word, facts) => session.language.say(word, facts);
    const here = { store, session, regions, say, locale: session.language.locale, emit: options.emit };
    render(<View here={here} view={options.view} />, wrapper);
  };
  const told = store.state.on(({ counts }) => void options.emit("apropos-count", counts));
  again();
  return {
    again,
    end: () => {
      told();
      render(null, wrapper);
      store.close();
    },
  };
}
