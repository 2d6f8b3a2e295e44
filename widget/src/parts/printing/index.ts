/** A discussion on paper: how it is put there, and how the menu offers it. */
import type { Here } from "../here";
import type { Choice } from "../menu";
import type { Talk } from "../talk";
import { printer } from "./icons";
import { print } from "./press";

export { default as css } from "virtual:sheet/printing";
export { printing as words } from "../../words/en/printing";
export { Ready } from "./press";

export function choices(here: Here, talk: Talk): Choice[] {
  return [{ icon: printer, text: here.say("print"), run: () => print(here, talk) }];
}
