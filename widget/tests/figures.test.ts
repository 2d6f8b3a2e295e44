import { expect, it } from "vitest";
import { figure } from "../src/amounts";
import { dueDay } from "../src/due";
import { colour, initials, listed, personOf, plainly, when } from "../src/figures";
import { newId } from "../src/ids";
import { type Session, session } from "../src/session";
import { LARGEST, sizeOf } from "../src/upload";
import type { Comment, Node } from "../src/wire";
import { Language } from "../src/words";

const show = (field: Parameters<typeof figure>[0], locale = "en-GB") => figure(field, locale, "Yes", "No");

it("writes values as people at work do", () => {
  expect(show({ value: 1_200_000, type: "money" })).toBe("1,200,000");
  expect(show({ value: 164.4, type: "money" })).toBe("164.40");
  expect(show({ value: 1_200_000, type: "money" }, "de-DE")).toBe("1.200.000");
  expect(show({ value: 60, type: "percent" })).toBe("60%");
  expect(show({ value: "2027-01-30", type: "date" })).toBe("30 Jan 2027");
  expect(show({ value: true, type: "boolean" })).toBe("Yes");
  expect(show({ value: null })).toBe("");
  expect(show({ value: "High" })).toBe("High");
});

it("says when, as precisely as it matters", () => {
  const now = new Date("2026-11-24T10:00:00");
  expect(when("2026-11-24T08:52:00", "en-GB", now)).toBe("08:52");
  expect(when("2026-11-10T08:31:00", "en-GB", now)).toBe("10 Nov, 08:31");
  expect(when("2025-01-28T08:31:00", "en-GB", now)).toBe("28 Jan 2025");
  expect(dueDay("2026-11-27T12:00:00", "en-GB", now).replace(",", "")).toBe("Fri 27 Nov");
});

it("gives everybody their letters and a colour that stays", () => {
  expect(initials("Ines Marchetti")).toBe("IM");
  expect(initials("Bart de Wit")).toBe("BW");
  expect(initials("  ")).toBe("");
  expect(colour("ines")).toBe(colour("ines"));
  expect(new Set(Array.from({ length: 200 }, (_, each) => colour(`p${each}`))).size).toBe(8);
});

it("calls who was erased so in the page's language, and nobody else", async () => {
  const id = "~eAi0nMfbBaDZyWn76zB_Zz";
  const people = {
    [id]: { id, name: "Erased person", guest: false },
    joker: { id: "joker", name: "Erased person", guest: false },
  };
  expect(personOf(people, id).name).toBe("Erased person");
  const language = new Language();
  session.set({ language } as Session);
  expect(personOf(people, id).name).toBe("Erased person"); // no kit brought the word
  await language.speak("de");
  expect(personOf(people, id).name).toBe("Gelöschte Person");
  expect(personOf(people, "joker").name).toBe("Erased person");
  session.set(null);
});

it("says what a message says in plain lines, with people by name", () => {
  const people = { ines: { id: "ines", name: "Ines Marchetti", guest: false } };
  const nodes: Node[] = [
    [
      "p",
      {},
      ["mention", { person: "ines" }],
      ", see ",
      ["a", { href: "https://example.com" }, "the ", ["strong", {}, "list"]],
    ],
    ["ul", {}, ["li", {}, "one"], ["li", {}, "two"]],
    ["p", {}, "for ", ["mention", { group: "Pumps" }], ["br", {}], "today"],
  ];
  const comment = { nodes, body: "<@ines>, see [the **list**](https://example.com) and more" } as Comment;
  expect(plainly(comment, people)).toBe("@Ines Marchetti, see the list\none\ntwo\nfor @Pumps\ntoday\n");
  expect(plainly(comment, people, 15)).toBe("@Ines Marchetti…");
  expect(plainly(undefined)).toBe("");
});

it("makes ids that the service takes and that sort by time", () => {
  const ids = Array.from({ length: 500 }, (_, at) => newId("cmt", 1_790_000_000_000 + at));
  expect([...ids].sort()).toEqual(ids);
  for (const id of ids) expect(id).toMatch(/^cmt_[0-7][0-9a-hjkmnp-tv-z]{9}[0-9a-hjkmnp-tv-z]{16}$/);
});

it("measures files as the service limits them", () => {
  expect([LARGEST, 30 * 2 ** 20, 1536, 100].map((size) => sizeOf(size, "en-GB"))).toEqual([
    "25 MB",
    "30 MB",
    "1.5 kB",
    "100 byte",
  ]);
});

it("puts between names what the language puts there", () => {
  expect(listed(["Ada", "Bo", "Cy"], "en")).toBe("Ada, Bo, Cy");
  expect(listed(["Ada", "Bo", "Cy"], "de")).toBe("Ada, Bo und Cy");
  expect(listed(["Ada", "Bo", "Cy"], "zh")).toBe("Ada、Bo、Cy");
  expect(listed(["Ada"], "ar")).toBe("Ada");
});
