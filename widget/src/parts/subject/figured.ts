/** How a recorded value is written here. */
import { figure } from "../../amounts";
import type { Field } from "../../wire";
import type { Here } from "../here";

export function figured({ say, locale }: Pick<Here, "say" | "locale">, field: Field | null): string {
  return field ? figure(field, locale, say("yes"), say("no")) : say("value_unset");
}
