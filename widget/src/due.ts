/** Days by which something is due. Pure but for the clock. */
import { day } from "./figures";

/** "Fri 27 Nov", with the year where it is another. */
export function dueDay(at: string, locale: string, now = new Date()): string {
  const year = new Date(at).getFullYear() === now.getFullYear() ? undefined : "numeric";
  return day(at, locale, { weekday: "short", year });
}
