/** Values, dates and names as people at work write them. Pure but for the clock. */
import type { Field, People, Person } from "./wire";

/** A value in the reader's language, without its unit. */
export function figure(field: Field, locale: string, yes: string, no: string): string {
  const { value, type } = field;
  if (typeof value === "boolean") return value ? yes : no;
  if (typeof value === "number") return amount(value, type, locale);
  if (type === "date" && value && !Number.isNaN(Date.parse(value))) return day(value, locale, { year: "numeric" });
  return value ?? "";
}

/** A number as an amount of `type`: money with two decimals where it has any, a percentage with its sign. */
export function amount(value: number, type: Field["type"], locale: string): string {
  if (type === "percent")
    return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 }).format(value / 100);
  const decimals = type === "money" && !Number.isInteger(value) ? 2 : 0;
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: type === "money" ? 2 : 6,
  }).format(value);
}

/** "08:52" today, "10 Nov, 08:31" this year, "28 Jan 2026" before. */
export function when(at: string, locale: string, now = new Date()): string {
  const date = new Date(at);
  const time = date.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
  if (date.toDateString() === now.toDateString()) return time;
  if (date.getFullYear() === now.getFullYear()) return `${day(at, locale)}, ${time}`;
  return day(at, locale, { year: "numeric" });
}

/** "10 Nov"; `more` adds to it. */
export function day(at: string, locale: string, more: Intl.DateTimeFormatOptions = {}): string {
  return new Date(at).toLocaleDateString(locale, { day: "numeric", month: "short", ...more });
}

/** "Fri 27 Nov", with the year where it is another. */
export function dueDay(at: string, locale: string, now = new Date()): string {
  const year = new Date(at).getFullYear() === now.getFullYear() ? undefined : "numeric";
  return day(at, locale, { weekday: "short", year });
}

/** The full date with its zone, for a title. */
export function fullDate(at: string, locale: string): string {
  return new Date(at).toLocaleString(locale, { dateStyle: "full", timeStyle: "long" });
}

/** Somebody's card; a person nobody described is called by their id. */
export function personOf(people: People, id: string): Person {
  return people[id] ?? { id, name: id, guest: false };
}

/** At most two letters for an avatar. */
export function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  const last = parts.length > 1 ? (parts.at(-1) ?? "") : "";
  return ((Array.from(parts[0] ?? "")[0] ?? "") + (Array.from(last)[0] ?? "")).toLocaleUpperCase();
}

/** Which of the eight colours somebody has, wherever they appear: FNV-1a of their id. */
export function colour(id: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(id)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % 8;
}
