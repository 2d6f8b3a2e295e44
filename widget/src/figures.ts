/** Dates and names as people at work write them. Pure but for the clock and the language that the page speaks. */
import { session } from "./session";
import type { Comment, Node, People, Person } from "./wire";

/** "08:52" today, "10 Nov, 08:31" this year, "28 Jan 2026" before. */
export function when(at: string | number, locale: string, now = new Date()): string {
  const date = new Date(at);
  const time = written(at, locale, { hour: "2-digit", minute: "2-digit" });
  if (date.toDateString() === now.toDateString()) return time;
  if (date.getFullYear() === now.getFullYear()) return `${day(at, locale)}, ${time}`;
  return day(at, locale, { year: "numeric" });
}

/** "10 Nov"; `more` adds to it. */
export function day(at: string | number, locale: string, more?: Intl.DateTimeFormatOptions): string {
  return written(at, locale, { day: "numeric", month: "short", ...more });
}

/** The full date with its zone, for a title. */
export function fullDate(at: string, locale: string): string {
  return written(at, locale, { dateStyle: "full", timeStyle: "long" });
}

const forms: Record<string, Intl.DateTimeFormat> = {};

/** Kept, since making one takes longer than all else of a message. */
function written(at: string | number, locale: string, how: Intl.DateTimeFormatOptions): string {
  const name = locale + JSON.stringify(how);
  forms[name] ??= new Intl.DateTimeFormat(locale, how);
  return forms[name].format(new Date(at));
}

/** Somebody's card; a person nobody described is called by their id, one who was erased in the page's language. */
export function personOf(people: People, id: string): Person {
  const card = people[id] ?? { id, name: id, guest: false };
  const isErased = id[0] === "~" && card.name === "Erased person"; // so the service calls somebody of whom only a mark is left
  return isErased ? { ...card, name: session.value?.language.say("erased_person") || card.name } : card;
}

/** What a message says, as plain lines, cut after so many letters: who is mentioned in it is called by name. */
export function plainly(comment: Comment | undefined, people: People = {}, most = 120): string {
  const text = (node: Node): string => {
    if (!Array.isArray(node)) return node;
    const [tag, { person, group }, ...inside] = node;
    if (person || group) return `@${group ?? personOf(people, person as string).name}`;
    return inside.map(text).join("") + (/^[blpth]/.test(tag) ? "\n" : "");
  };
  const said = (comment?.nodes ?? [comment?.body as string]).map(text).join("");
  return said.length > most ? `${said.slice(0, most)}…` : said;
}

/** At most two letters for an avatar. */
export function initials(name: string): string {
  const [first = "", ...others] = name
    .trim()
    .split(/\s+/)
    .map(([letter]) => letter);
  return (first + (others.at(-1) ?? "")).toLocaleUpperCase();
}

/** Which of the eight colours somebody has, wherever they appear: FNV-1a of their id. */
export function colour(id: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(id)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash & 7;
}

/** Names one after the other, with what the language puts between them. */
export function listed(names: string[], locale: string): string {
  return new Intl.ListFormat(locale, { style: "narrow" }).format(names);
}
