/**
 * Words in the reader's language, whole sentences only; a host may say some of them its own way.
 *
 * Law: the English of pins is always there, the rest comes with what says it; another language comes when it is asked for, and takes over when it has come.
 */
import { Signal } from "../signal";
import type { Word, Words } from "./en";
import { first } from "./en/first";

export type Facts = Record<string, string | number>;

export class Language {
  /** Changes whenever what is said changes. */
  readonly changed = new Signal(0);
  #english: Partial<Words> = first;
  #words: Partial<Words> = {};
  #own: Partial<Words> = {};
  #tag = "en";
  /** Made once a locale: that takes longer than what they are for. */
  #plural: Intl.PluralRules | undefined;
  #figure: Intl.NumberFormat | undefined;

  /** The locale for figures and dates; plain `en` means English as written outside of America. */
  get locale(): string {
    return this.#tag === "en" ? "en-GB" : this.#tag;
  }

  /** Speak the language of a tag such as `de-CH`. */
  async speak(tag: string): Promise<void> {
    const asked = known(tag);
    this.#tag = asked;
    this.#plural = this.#figure = undefined;
    const [language = ""] = asked.split("-");
    const words = language === "en" ? {} : await (await import("./others")).wordsOf(language);
    if (this.#tag !== asked) return;
    this.#words = words;
    this.changed.set(this.changed.value + 1);
  }

  /** Know English by `words`, for whatever has no words in the reader's language. */
  learn(words: Partial<Words>): void {
    this.#english = { ...this.#english, ...words };
  }

  /** Say some words the host's own way. */
  override(words: Partial<Words>): void {
    this.#own = { ...this.#own, ...words };
    this.changed.set(this.changed.value + 1);
  }

  say(word: Word, facts: Facts = {}): string {
    const found = this.#own[word] ?? this.#words[word] ?? this.#english[word] ?? "";
    const text = typeof found === "string" ? found : (found[this.#form(facts.count)] ?? found.other);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => this.#fact(facts[name] ?? whole));
  }

  #form(count: string | number | undefined): Intl.LDMLPluralRule {
    this.#plural ??= new Intl.PluralRules(this.locale);
    return this.#plural.select(Number(count ?? 0));
  }

  #fact(fact: string | number): string {
    this.#figure ??= new Intl.NumberFormat(this.locale);
    return typeof fact === "number" ? this.#figure.format(fact) : fact;
  }
}

function known(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? "en";
  } catch {
    return "en";
  }
}
