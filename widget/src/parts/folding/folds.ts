/** Which lines of a long discussion show, and which one line stands for. Pure. */
import type { Line } from "../talk";

const LAST = 3;
/** Fewer than so many in a row show: a line that stands for them would be as long. */
const FEWEST = 3;

/** Lines that one stands for: those that are here, and how many messages are not here yet. */
export interface Fold {
  hidden: Line[];
  missing: number;
  /** When the first and the last of them were written, as near as it is known. */
  from: string;
  to: string;
}

/** How many messages are not here yet, and before which that is; what is kept in sight of them stands before that too. */
export interface Gap {
  missing: number;
  before: string | undefined;
}

/** Lines and folds, in order. What shows is the first message, the last three and what `keeps` says. */
export function folds(lines: Line[], { missing, before }: Gap, keeps: (line: Line) => boolean): (Line | Fold)[] {
  const last = lines.filter((line) => line.comment).slice(-LAST);
  const found: (Line | Fold)[] = [];
  let fold: Fold | null = null;
  lines.forEach((line, at) => {
    if (at > 0 && missing > 0 && line.comment?.id === before)
      fold = { hidden: fold?.hidden ?? [], missing, from: lines[0]?.at ?? line.at, to: line.at };
    if (at > 0 && !last.includes(line) && !keeps(line)) {
      fold ??= { hidden: [], missing: 0, from: line.at, to: line.at };
      fold = { ...fold, hidden: [...fold.hidden, line], to: line.at };
      return;
    }
    if (fold) found.push(...(fold.missing + fold.hidden.length < FEWEST && !fold.missing ? fold.hidden : [fold]));
    fold = null;
    found.push(line);
  });
  return found;
}

/** How many messages a fold stands for. */
export const size = ({ hidden, missing }: Fold) =>
  hidden.filter(({ comment }) => comment && !comment.withdrawn_at).length + missing;

/** Whose messages a fold stands for and what is in them; of what is not all here, nothing is known. */
export function inside({ hidden, missing }: Fold) {
  const comments =
    missing > 0 ? [] : hidden.flatMap(({ comment }) => (comment && !comment.withdrawn_at ? comment : []));
  const count = (kind: string) => comments.filter((each) => each.kind === kind).length;
  return {
    people: new Set(comments.map((each) => each.author)).size,
    questions: count("question"),
    decisions: count("decision"),
    files: comments.flatMap(({ attachments = [] }) => attachments).length,
  };
}
