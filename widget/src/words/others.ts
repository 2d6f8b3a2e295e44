/**
 * The languages there are beside English, each in a file of its own that comes when it is asked for.
 *
 * Law: a region speaks as its language does. `pt` is Brazil's, as in Unicode's data; who reads traditional characters
 * (`zh-Hant`, `zh-TW`, `zh-HK`) gets simplified ones, which by Unicode's measure are far nearer to them than English.
 */
import type { Words } from "./en";

const OTHERS: Record<string, () => Promise<{ words: Words }>> = {
  ar: () => import("./ar"),
  de: () => import("./de"),
  es: () => import("./es"),
  fr: () => import("./fr"),
  he: () => import("./he"),
  it: () => import("./it"),
  ja: () => import("./ja"),
  nl: () => import("./nl"),
  pl: () => import("./pl"),
  pt: () => import("./pt"),
  zh: () => import("./zh"),
};

/** The words of a language such as `de`; none where it is not one of ours. */
export async function wordsOf(language: string): Promise<Partial<Words>> {
  return (await OTHERS[language]?.())?.words ?? {};
}
