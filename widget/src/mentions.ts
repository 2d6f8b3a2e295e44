/**
 * Mentions as people write them, `@Ines Marchetti`, and as the service takes them, `<@ines>`. Pure.
 *
 * Law: what was picked is a mention as long as its name stands in the text; what merely looks like one stays text.
 */

/** Who was picked, by the name that stands in the text. */
export type Picked = Record<string, string>;

const CODED = /<@((?:group:)?[^>\n]{1,128})>/g;
const OPEN = /(?:^|[\s([{"'])@([^\s@<>][^@<>\n]{0,40}|)$/u;

/** The text that goes to the service. */
export function written(text: string, picked: Picked): string {
  const names = Object.keys(picked).sort((one, other) => other.length - one.length);
  return names.reduce((all, name) => all.replaceAll(`@${name}`, `<@${picked[name]}>`), text);
}

/** The text that people edit, and who is mentioned in it. */
export function spoken(body: string, name: (id: string) => string): { text: string; picked: Picked } {
  const picked: Picked = {};
  const text = body.replace(CODED, (_, id: string) => {
    const called = name(id);
    picked[called] = id;
    return `@${called}`;
  });
  return { text, picked };
}

/** What is being looked for: the letters after an `@` right before the caret; null where there is none. */
export function sought(text: string, caret: number): string | null {
  return OPEN.exec(text.slice(0, caret))?.[1] ?? null;
}

/** The text with `name` in the place of what was looked for, and where the caret goes. */
export function picking(text: string, caret: number, name: string): { text: string; caret: number } {
  const start = caret - (sought(text, caret)?.length ?? 0);
  const rest = text.slice(caret);
  const gap = /^\s/.test(rest) ? "" : " ";
  return { text: `${text.slice(0, start)}${name}${gap}${rest}`, caret: start + name.length + 1 };
}
