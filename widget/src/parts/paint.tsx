/** Puts a place of discussion into an element: makes its store, and hears what is meant for our fields alone. */
import css from "virtual:sheet/discussion";
import { render } from "preact";
import type { Place, Session } from "../session";
import { Signal } from "../signal";
import { type Source, Store } from "../store";
import { discussion } from "../words/en/discussion";
import { Frame } from "./frame";
import { type Here, HereContext } from "./here";
import { kit, wear } from "./kits";
import { Regions } from "./regions";

export interface Painting {
  again: () => void;
  end: () => void;
}

export interface Options {
  source: Source;
  emit: (name: string, detail: unknown) => boolean;
  /** What people call the value, where the record does not say. */
  label?: string | null;
  close?: () => void;
  takesFocus?: boolean;
  /** Hears which place this is, and which one discussion of it shows, whenever that is known anew. */
  shows?: (place: Place, thread: string | null) => void;
}

const OURS = ["keydown", "keypress", "keyup", "paste", "input"];

export function paint(root: ShadowRoot, wrapper: HTMLElement, session: Session, options: Options): Painting {
  const store = new Store(session, options.source);
  const regions = new Regions();
  const { language } = session;
  wear(root, css);
  language.learn(discussion);
  const here: Here = {
    session,
    store,
    root,
    emit: options.emit,
    close: options.close,
    label: options.label ?? null,
    touched: new Signal(false),
    marks: new Signal({}),
    get locale() {
      return language.locale;
    },
    say: (word, facts) => language.say(word, facts),
    tell: (text) => regions.status.set(text),
    alert: (text) => regions.alert.set(text),
    arrived: (text) => regions.arrived(text, (count) => language.say("new_messages", { count })),
    act: (work) => {
      here.touched.set(true);
      kit("acting", here).then(work, () => session.client.reachable.set(false));
    },
  };
  const again = () =>
    render(
      <HereContext.Provider value={here}>
        <Frame options={options} regions={regions} />
      </HereContext.Provider>,
      wrapper,
    );
  for (const name of OURS) wrapper.addEventListener(name, keep);
  again();
  return {
    again,
    end: () => {
      for (const name of OURS) wrapper.removeEventListener(name, keep);
      render(null, wrapper);
      store.close();
    },
  };
}

/** While somebody types in a field of ours, the host's shortcuts are not meant. */
function keep(event: Event): void {
  if ((event.composedPath()[0] as Element).matches("textarea, input, select")) event.stopPropagation();
}
