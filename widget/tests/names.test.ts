/** Names are found however they are typed. */
import { expect, test } from "vitest";
import { bare } from "../src/names";

test.each([
  ["Müller", "muller"],
  ["ÅNGSTRÖM", "angstrom"],
  ["Jose\u0301", "jose"],
  ["Ines", "ines"],
])("%s is compared as %s", (name, compared) => {
  expect(bare(name)).toBe(compared);
});
