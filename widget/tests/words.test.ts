import { expect, it } from "vitest";
import { Language } from "../src/words";
import { words as de } from "../src/words/de";
import { en, type Forms } from "../src/words/en";
import { words as fr } from "../src/words/fr";

const texts = (word: string | Forms) => (typeof word === "string" ? [word] : Object.values(word));
const places = (word: string | Forms) =>
  [
    ...new Set(
      texts(word)
        .join()
        .match(/\{\w+\}/g),
    ),
  ].sort();

it.each([
  ["de", de],
  ["fr", fr],
] as const)("says the same things in %s", (_, words) => {
  expect(Object.keys(words)).toEqual(Object.keys(en));
  for (const [name, word] of Object.entries(en))
    expect([name, places(words[name as keyof typeof en])]).toEqual([name, places(word)]);
});

it("says nothing loudly, and blames nobody", () => {
  for (const word of [en, de, fr].flatMap((words) => Object.values(words)).flatMap(texts))
    expect(word).not.toMatch(/!|Oops|user/i);
});

it("chooses the form by the number, in the language's own way", async () => {
  const language = new Language();
  language.learn(en);
  expect(language.say("discussions", { count: 1 })).toBe("1 discussion");
  expect(language.say("discussions", { count: 1200 })).toBe("1,200 discussions");
  await language.speak("fr");
  expect(language.say("discussions", { count: 0 })).toBe("0 discussion");
  await language.speak("de-CH");
  expect(language.say("pin_unread", { count: 2, label: "Q3" })).toBe("Q3: 2 ungelesene Nachrichten");
});

it("lets the host say it its own way, in any language", async () => {
  const language = new Language();
  language.override({ start_here: "Raise a point" });
  expect(language.say("start_here")).toBe("Raise a point");
  await language.speak("de");
  expect(language.say("start_here")).toBe("Raise a point");
});

it("speaks English where it knows no better", async () => {
  const language = new Language();
  language.learn(en);
  await language.speak("not a language");
  expect(language.say("send")).toBe("Send");
  await language.speak("sv");
  expect(language.say("send")).toBe("Send");
  expect(language.locale).toBe("sv");
});

it("keeps what it does not know, and never takes a fact for a place", () => {
  const language = new Language();
  language.override({ start_on: "{label} {other}" });
  expect(language.say("start_on", { label: "{other} $&" })).toBe("{other} $& {other}");
});
