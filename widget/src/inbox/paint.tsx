/** Puts the inbox into its element. */
import sheet from "virtual:sheet/inbox";
import { render } from "preact";
import type { Brush } from "../elements/painted";
import { wear } from "../parts/kits";
import { type Region, speak } from "../parts/regions";
import { SHELVES, type Shelf } from "../wire";
import { acting } from "../words/en/acting";
import { answers } from "../words/en/answers";
import { details } from "../words/en/details";
import { discussion } from "../words/en/discussion";
import { inbox } from "../words/en/inbox";
import { kinds } from "../words/en/kinds";
import { news } from "../words/en/news";
import { shared } from "../words/en/shared";
import { subject } from "../words/en/subject";
import { InboxStore } from "./store";
import { View } from "./view";

export const brush: Brush = (canvas, session) => {
  const { root, wrapper } = canvas;
  const filter = canvas.getAttribute("filter") as Shelf;
  const view = canvas.getAttribute("view") === "drawer" ? "drawer" : "page";
  wear(root, sheet);
  session.language.learn({
    ...shared,
    ...discussion,
    ...answers,
    ...subject,
    ...details,
    ...news,
    ...acting,
    ...kinds,
    ...inbox,
  });
  const emit = (name: string, detail: unknown) => canvas.emit(name, detail);
  const store = new InboxStore(session, SHELVES.includes(filter) ? filter : "for-you");
  const tell = (text: string, as: Region = "status") => speak(root, as, text);
  const again = () => {
    const say: typeof session.language.say = (word, facts) => session.language.say(word, facts);
    const here = { store, session, tell, say, locale: session.language.locale, emit };
    render(<View here={here} view={view} />, wrapper);
  };
  const told = store.state.on(({ counts }) => void emit("apropos-count", counts));
  again();
  return {
    again,
    end: () => {
      told();
      render(null, wrapper);
      store.close();
    },
  };
};
