/** When somebody who puts a discussion off comes back to it. */
import { day } from "./figures";
import type { Icon } from "./icons";
import type { Choice } from "./parts/menu";
import type { Language } from "./words";

type Spoken = Pick<Language, "say" | "locale">;
type Later = { name: "later_today" | "tomorrow" | "next_week"; until: Date };

/** When "later" ends, counted from `now`: in three hours if that is today, tomorrow at 9, on Monday at 9. */
export function laters(now: Date): Later[] {
  const at = (days: number, hour: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
  const today = new Date(now.getTime() + 3 * 3_600_000);
  const monday = ((8 - now.getDay()) % 7) + (now.getDay() === 1 ? 7 : 0);
  const next: Later[] = [
    { name: "tomorrow", until: at(1, 9) },
    { name: "next_week", until: at(monday, 9) },
  ];
  return today.getDate() === now.getDate() ? [{ name: "later_today", until: today }, ...next] : next;
}

/** What a menu offers to put something off: `put` hears until when. */
export function offered({ say, locale }: Spoken, icon: Icon, put: (until: Date) => void): Choice[] {
  const known = laters(new Date()).map(({ name, until }) => ({
    icon,
    text: say(name),
    help: clockOf(until, locale),
    run: () => put(until),
  }));
  const asks: Choice["asks"] = (end) =>
    import("./dating").then(({ dating }) =>
      dating(say, (until) => {
        end();
        put(until);
      }),
    );
  return [...known, { icon, text: say("a_date"), asks }];
}

/** Its day and time, as somebody reads it there. */
export function clockOf(until: Date, locale: string): string {
  return `${day(until.getTime(), locale, { weekday: "short" })}, ${until.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" })}`;
}
