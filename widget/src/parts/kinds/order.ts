/** What stands in a discussion, from top to bottom: messages, what the host changed between them, what is to be done. Pure. */
import type { Change, Thread } from "../../wire";
import type { Line } from "../talk";

/** A line that is no message: a change or, without one, the list of actions. */
export interface Other extends Line {
  change?: Change;
}

/** In the order of time; the actions stand where the first of them was added. */
export function lines({ comments, changes = [], actions = [] }: Thread): (Line | Other)[] {
  const from = comments[0]?.posted_at ?? "";
  const first = actions[0];
  const all: (Line | Other)[] = [
    ...comments.map((comment) => ({ at: comment.posted_at, comment })),
    ...changes.filter((change) => change.at >= from).map((change) => ({ at: change.at, change })),
    ...(first ? [{ at: first.created_at }] : []),
  ];
  return all.sort((one, other) => one.at.localeCompare(other.at));
}
