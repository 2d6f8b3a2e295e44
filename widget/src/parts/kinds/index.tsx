/** What a discussion holds beside comments: accepted answers, decisions, actions, changes of the value. */
import type { ComponentChild } from "preact";
import type { Comment } from "../../wire";
import { useHere } from "../here";
import type { Line, Talk } from "../talk";
import { Actions } from "./actions";
import { Answered, MovedUp, Waited } from "./answer";
import { Changed } from "./change";
import { DecisionCard } from "./decision";
import type { Other } from "./order";
import { Removed } from "./removed";

export { default as css } from "virtual:sheet/kinds";
export { kinds as words } from "../../words/en/kinds";
export { lines } from "./order";

interface Props {
  comment: Comment;
  talk: Talk;
  isCurrent: boolean;
  isEntered: boolean;
  /** A message as it stands alone, with something below its text. */
  message: (comment: Comment, below?: ComponentChild) => ComponentChild;
}

/** A message as what it is: with its accepted answer, as a decision, or as one that stands elsewhere. */
export function Said({ comment, talk, isCurrent, isEntered, message }: Props) {
  const { root } = useHere();
  const { thread, doing } = talk;
  const answer = thread.comments.find((each) => each.id === comment.answer_id);
  if (answer)
    return (
      <Answered question={comment} answer={message(answer)} talk={talk}>
        {message(comment)}
      </Answered>
    );
  if (thread.comments.some((each) => each.answer_id === comment.id)) {
    const go = () => root.querySelector<HTMLElement>(`[data-id="${comment.id}"]`)?.focus();
    return <MovedUp answer={comment} talk={talk} go={go} />;
  }
  if (comment.decision && !comment.withdrawn_at && doing.editing !== comment.id)
    return <DecisionCard comment={comment} talk={talk} isCurrent={isCurrent} isEntered={isEntered} />;
  if (comment.removed) return message(comment, <Removed {...comment.removed} talk={talk} />);
  const waits = comment.kind === "question" && thread.waiting_since === comment.posted_at;
  return message(comment, waits && <Waited since={comment.posted_at} />);
}

/** A line that is no message. */
export function Beside({ line, talk }: { line: Line; talk: Talk }) {
  const { change } = line as Other;
  return change ? <Changed change={change} talk={talk} /> : <Actions talk={talk} />;
}
