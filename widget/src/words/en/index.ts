/** All English words, for their types and for tests: each part brings only those that it says. */
import { acting } from "./acting";
import { alone } from "./alone";
import { answers } from "./answers";
import { details } from "./details";
import { discussion } from "./discussion";
import { editing } from "./editing";
import { files } from "./files";
import { first } from "./first";
import { folding } from "./folding";
import { inbox } from "./inbox";
import { kinds } from "./kinds";
import { mentioning } from "./mentioning";
import { news } from "./news";
import { past } from "./past";
import { places } from "./places";
import { presence } from "./presence";
import { printing } from "./printing";
import { purpose } from "./purpose";
import { settled } from "./settled";
import { showing } from "./showing";
import { states } from "./states";
import { subject } from "./subject";
import { tasks } from "./tasks";
import { unsent } from "./unsent";

/** A word with forms is chosen by `count`; `{name}` is replaced. */
export const en = {
  ...first,
  ...discussion,
  ...answers,
  ...subject,
  ...details,
  ...news,
  ...acting,
  ...editing,
  ...places,
  ...states,
  ...unsent,
  ...folding,
  ...settled,
  ...kinds,
  ...tasks,
  ...mentioning,
  ...inbox,
  ...files,
  ...past,
  ...purpose,
  ...showing,
  ...presence,
  ...alone,
  ...printing,
};

export type Words = { [key in keyof typeof en]: (typeof en)[key] extends string ? string : Forms };
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
export type Word = keyof Words;
