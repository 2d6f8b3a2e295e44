/** When somebody who puts a discussion off comes back to it. */
import { day } from "./figures";

type Later = { name: "later_today" | "tomorrow" | "next_week"; until: Date };

/** When "later" ends, counted from `now`: in three hours, tomorrow at 9, on Monday at 9. */
export function laters(now: Date): Later[] {
  const at = (days: number, hour: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
  const today = new Date(now.getTime() + 3 * 3_600_000);
  const monday = ((8 - now.getDay()) % 7) + (now.getDay() === 1 ? 7 : 0);
  return [
    { name: "later_today", until: today },
    { name: "tomorrow", until: at(1, 9) },
    { name: "next_week", until: at(monday, 9) },
  ];
}

/** Its day and time, as somebody reads it there. */
export function clockOf(until: Date, locale: string): string {
  return `${day(until.getTime(), locale, { weekday: "short" })}, ${until.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" })}`;
}
