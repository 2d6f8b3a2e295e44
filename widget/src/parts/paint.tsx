/** Puts a place of discussion into an element: makes its store, and hears what is meant for our fields alone. */
import css from "virtual:sheet/discussion";
import { type ComponentType, render } from "preact";
import type { Canvas, Painting } from "../elements/painted";
import type { Place, Session } from "../session";
import { Signal } from "../signal";
import { type Source, Store } from "../store";
import { discussion } from "../words/en/discussion";
import { Frame } from "./frame";
import { type Here, HereContext } from "./here";
import { fetchKit, kit, wear } from "./kits";
import { speak } from "./regions";

export interface Options {
  source: Source;
  /** What people call the value, where the record does not say. */
  label?: string | null;
  close?: () => void;
  takesFocus?: boolean;
  /** Hears which place this is, and which one discussion of it shows, whenever that is known anew. */
  shows?: (place: Place, thread: string | null) => void;
}

const OURS = ["keydown", "keypress", "keyup", "paste", "input"];

/** What shows a place of discussion may ask. */
export interface Shown {
  options: Options;
}

export function paint(
  canvas: Canvas,
  session: Session,
  options: Options,
  View: ComponentType<Shown> = Frame,
): Painting {
  const { root, wrapper } = canvas;
  const store = new Store(session, options.source);
  const { language } = session;
  wear(root, css);
  language.learn(discussion);
  const here: Here = {
    ...options,
    session,
    store,
    root,
    emit: (name, detail) => canvas.emit(name, detail),
    kits: new Signal({}),
    asked: new Set(),
    touch: () => fetchKit("acting", here),
    marks: new Signal({}),
    get locale() {
      return language.locale;
    },
    say: (word, facts) => language.say(word, facts),
    tell: (text, role = "status") => speak(root, role, text),
    act: (work) => kit("acting", here).then(work),
  };
  const again = () =>
    render(
      <HereContext.Provider value={here}>
        <View options={options} />
      </HereContext.Provider>,
      wrapper,
    );
  for (const name of OURS) wrapper.addEventListener(name, keep); // a second time it is the same one
  again();
  return {
    again,
    end: () => {
      render(null, wrapper);
      store.close();
    },
  };
}

/** While somebody types in a field of ours, the host's shortcuts are not meant. */
function keep(event: Event): void {
  if ((event.composedPath()[0] as Element).matches("textarea, input, select")) event.stopPropagation();
}
