import { describe, expect, test } from "vitest";
import { picking, sought, spoken, written } from "../src/mentions";

describe("a mention", () => {
  test("goes out by id, the longer name first", () => {
    const picked = { Ines: "i", "Ines Marchetti": "ines" };
    expect(written("@Ines Marchetti and @Ines, hello", picked)).toBe("<@ines> and <@i>, hello");
  });

  test("that was not picked stays text", () => {
    expect(written("mail me @home", {})).toBe("mail me @home");
  });

  test("comes back by name, of any script, and of groups", () => {
    const names: Record<string, string> = { mona: "منى", "group:sales": "Sales" };
    const { text, picked } = spoken("<@mona> and <@group:sales>", (id) => names[id] ?? id);
    expect(text).toBe("@منى and @Sales");
    expect(written(text, picked)).toBe("<@mona> and <@group:sales>");
  });

  test.each([
    ["@", 1, ""],
    ["hello @In", 9, "In"],
    ["hello @Ines Mar", 15, "Ines Mar"],
    ["(@In", 4, "In"],
    ["mail@home", 9, null],
    ["no", 2, null],
    ["@Ines\nnext", 10, null],
  ])("is looked for in %j at %d", (text, caret, expected) => {
    expect(sought(text, caret)).toBe(expected);
  });

  test("takes the place of the letters that looked for it", () => {
    expect(picking("ask @In now", 7, "Ines Marchetti")).toEqual({ text: "ask @Ines Marchetti now", caret: 20 });
    expect(picking("@", 1, "Ines")).toEqual({ text: "@Ines ", caret: 6 });
  });
});
