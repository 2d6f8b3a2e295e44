import { expect, it } from "vitest";
import { Language } from "../src/words";
import { en, type Forms, type Word, type Words } from "../src/words/en";
import { wordsOf } from "../src/words/others";

const OTHERS = ["ar", "de", "es", "fr", "he", "it", "ja", "nl", "pl", "pt", "zh"];
const ALL: [string, Words][] = [["en", en]];
for (const language of OTHERS) ALL.push([language, (await wordsOf(language)) as Words]);

const formsOf = (word: string | Forms): [string, string][] =>
  typeof word === "string" ? [["only", word]] : Object.entries(word);
const textsOf = (words: Words) => Object.values(words).flatMap((word) => formsOf(word).map(([, text]) => text));
const places = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();

/** The forms that say one number only, as Arabic's `two` does: the number need not be written. */
const exact = (language: string) => {
  const rules = new Intl.PluralRules(language);
  const numbers = Array.from({ length: 1_000 }, (_, number) => rules.select(number));
  return numbers.filter((form) => numbers.indexOf(form) === numbers.lastIndexOf(form));
};

it.each(ALL)("says the same things in %s, in every form that the language has", (language, words) => {
  expect(Object.keys(words)).toEqual(Object.keys(en));
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
  const short = exact(language);
  for (const [name, english] of Object.entries(en)) {
    const word = words[name as Word];
    const wanted = places(typeof english === "string" ? english : english.other);
    expect([name, typeof word]).toEqual([name, typeof english]);
    if (typeof word !== "string") expect([name, Object.keys(word).sort()]).toEqual([name, forms]);
    for (const [form, text] of formsOf(word)) {
      const found = places(text);
      const counted = short.includes(form as Intl.LDMLPluralRule) ? [...new Set([...found, "{count}"])].sort() : found;
      expect([name, form, counted]).toEqual([name, form, wanted]);
    }
  }
});

it.each(ALL)("says nothing loudly in %s, and blames nobody", (_, words) => {
  const loud = /[!¡！]|\b(oops|oups|ups|vaya|opa|hoppla|oeps)\b/i;
  const cold = /user|utilisateur|benutzer|gebruiker|usuari|usuári|utent|użytkown|ユーザー|用户|مستخدم|משתמש/i;
  for (const text of textsOf(words)) {
    expect(text).not.toMatch(loud);
    expect(text).not.toMatch(cold);
  }
});

it.each([
  ["ar", /[,;?]/],
  ["es", /^[^¿]*\?/],
  ["ja", /[,;?!:]|\.$/],
  ["zh", /[,;?!:]|\.$/],
])("writes %s with its own marks", async (language, foreign) => {
  for (const text of textsOf((await wordsOf(language)) as Words)) expect(text.trim()).not.toMatch(foreign);
});

it("chooses the form by the number, in the language's own way", async () => {
  const language = new Language();
  language.learn(en);
  const say = (count: number) =>
    language
      .say("discussions", { count })
      .replace(/[\u2068\u2069]/g, "")
      .replace(/\s/g, " ");
  expect([1, 1200].map(say)).toEqual(["1 discussion", "1,200 discussions"]);
  await language.speak("fr");
  expect([0, 2, 1_000_000].map(say)).toEqual(["0 discussion", "2 discussions", "1 000 000 de discussions"]);
  await language.speak("pl");
  expect([1, 3, 5, 22].map(say)).toEqual(["1 dyskusja", "3 dyskusje", "5 dyskusji", "22 dyskusje"]);
  await language.speak("he");
  expect([1, 2, 3].map(say)).toEqual(["דיון אחד", "שני דיונים", "3 דיונים"]);
  await language.speak("ar");
  expect([1, 2, 3, 11].map(say)).toEqual(["مناقشة واحدة", "مناقشتان", "3 مناقشات", "11 مناقشة"]);
  await language.speak("ja");
  expect([1, 2].map(say)).toEqual(["ディスカッション 1 件", "ディスカッション 2 件"]);
});

it("speaks a region's language, with the region's figures", async () => {
  const language = new Language();
  const said = async (tag: string) => {
    await language.speak(tag);
    return language.say("send");
  };
  expect(await said("de-CH")).toBe("Senden");
  expect(language.say("pin_unread", { count: 2, label: "Q3" })).toBe("Q3: 2 ungelesene Nachrichten");
  expect(await said("pt-BR")).toBe("Enviar");
  expect(await said("zh-Hant-TW")).toBe("发送");
  expect(language.locale).toBe("zh-Hant-TW");
  expect(await said("iw")).toBe("שליחה");
  expect(await said("en-AU")).toBe("");
  language.learn(en);
  expect(language.say("send")).toBe("Send");
});

it.each(["ar", "he"])("keeps what is written from left to right apart in %s", async (tag) => {
  const language = new Language();
  await language.speak(tag);
  expect(language.say("start_on", { label: "Q3 VT-400" })).toContain("\u2068Q3 VT-400\u2069");
});

it("lets the host say it its own way, in any language", async () => {
  const language = new Language();
  language.override({ start_here: "Raise a point" });
  expect(language.say("start_here")).toBe("Raise a point");
  await language.speak("de");
  expect(language.say("start_here")).toBe("Raise a point");
});

it("speaks English where it knows no better, and another language where the host says it", async () => {
  const language = new Language();
  language.learn(en);
  await language.speak("not a language");
  expect(language.say("send")).toBe("Send");
  await language.speak("sv");
  expect(language.say("send")).toBe("Send");
  expect(language.locale).toBe("sv");
  language.override({ discussions: { one: "{count} diskussion", other: "{count} diskussioner" } });
  expect(language.say("discussions", { count: 2 })).toBe("2 diskussioner");
});

it("keeps what it does not know, and never takes a fact for a place", () => {
  const language = new Language();
  language.override({ start_on: "{label} {other}" });
  expect(language.say("start_on", { label: "{other} $&" })).toBe("{other} $& {other}");
});
