// @vitest-environment happy-dom
/** Who is offline reads so, whether or not what it takes to act had come before. */
import { render } from "preact";
import { expect, it } from "vitest";
import { Warning } from "../src/parts/acting/notes";
import { OfflineNote } from "../src/parts/discussion";
import { type Here, HereContext } from "../src/parts/here";
import { Signal } from "../src/signal";

it.each([
  ["plainly before it came", {}, 0],
  ["as a warning with its icon since", { acting: { Warning } }, 1],
])("says that nobody answers, %s", (_, kits, icons) => {
  const place = document.createElement("main");
  const say = (word: string) => `<${word}>`;
  const here = { kits: new Signal(kits), locale: "en-GB", say } as unknown as Here;
  render(
    <HereContext.Provider value={here}>
      <OfflineNote asOf={0} />
    </HereContext.Provider>,
    place,
  );
  expect(place.textContent).toBe("<offline> <offline_long>");
  expect(place.querySelectorAll(".ap-note svg")).toHaveLength(icons);
});
