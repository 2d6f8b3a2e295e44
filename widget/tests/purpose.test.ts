import { describe, expect, test } from "vitest";
import { asked, intended } from "../src/parts/purpose/intent";
import type { Template } from "../src/wire";

const template = {
  name: "Forecast line check",
  goal: "Agree a figure",
  sponsor: "jonas",
  due_at: "2026-11-27T17:00:00.000Z",
  visibility: null,
  kind: "decision",
  question: null,
} as Template;

describe("a purpose", () => {
  test("leaves to the template what nobody changed", () => {
    expect(asked(intended(template))).toEqual({ template: "Forecast line check" });
  });

  test("says what somebody changed, and nothing of what is empty", () => {
    const changed = {
      ...intended(template),
      goal: " Agree the Q3 figure ",
      sponsor: "priya",
      visibility: "shared" as const,
    };
    expect(asked(changed)).toEqual({
      template: "Forecast line check",
      goal: "Agree the Q3 figure",
      sponsor: "priya",
      visibility: "shared",
    });
    expect(asked({ goal: "  " })).toEqual({});
  });

  test("is due at five on the day, where the reader is", () => {
    expect(new Date(asked({ due: "2026-12-01" }).due_at as string).getHours()).toBe(17);
  });
});
