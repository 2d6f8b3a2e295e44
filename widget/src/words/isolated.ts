/** Words written from right to left, and what comes into them from left to right. */
import type { Words } from "./en";

/** `words` with every `{fact}` between a first strong isolate and its end: a name or a sum does not turn the sentence around it. */
export function isolated(words: Words): Words {
  const isolate = (text: string) => text.replace(/\{\w+\}/g, "\u2068$&\u2069");
  return JSON.parse(JSON.stringify(words), (_, word) => (typeof word === "string" ? isolate(word) : word));
}
