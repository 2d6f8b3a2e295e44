/** The emoji that one puts on a message in one click. */
import type { Comment } from "../../wire";

export const EMOJI = { agree: "👍", thanks: "❤️" } as const;

/** Whether somebody put that emoji on a message. */
export function has(comment: Comment, emoji: string, person: string | null): boolean {
  return comment.reactions.some((each) => each.emoji === emoji && each.people.includes(person ?? ""));
}
