/** Fills the regions that a screen reader reads from. */

/** In milliseconds: what changes meanwhile is not said, and how long it stands there. */
const BATCH = 250;
const STAYS = 2_000;

const filling = new WeakMap<Element, ReturnType<typeof setTimeout>[]>();

/** Say `text` in a region, soon and for a moment, instead of what was to be said there. */
export function fill(region: Element, text: string): void {
  const say = (words: string) => () => region.replaceChildren(words);
  filling.get(region)?.forEach(clearTimeout);
  filling.set(region, [setTimeout(say(text), BATCH), setTimeout(say(""), STAYS)]);
}
