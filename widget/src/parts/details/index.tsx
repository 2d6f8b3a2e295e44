/** What a message has beside plain paragraphs: marks in its text, a quote, reactions; that it asks, was changed or deleted. */
import { personOf, plainly, when } from "../../figures";
import { shown } from "../../nodes";
import type { Comment } from "../../wire";
import type { Word } from "../../words/en";
import { answers } from "../../words/en/answers";
import { details } from "../../words/en/details";
import { Icon } from "../bits";
import { useHere } from "../here";
import { question } from "../icons";
import { useActing } from "../kits";
import { authorOf, type Talk } from "../talk";

export { default as css } from "virtual:sheet/details";
export { Echo } from "./echo";

export const words = { ...answers, ...details };

interface Props {
  comment: Comment;
  talk: Talk;
}

interface TextProps extends Props {
  /** Whether the focus is inside. */
  isEntered: boolean;
}

export function Edited({ comment: { edited_at, withdrawn_at } }: { comment: Comment }) {
  const { say, locale } = useHere();
  if (!edited_at || withdrawn_at) return null;
  return <span title={say("edited_title", { time: when(edited_at, locale) })}>{say("edited")}</span>;
}

/** What it is called, where that is not who said it when. */
export function called({ withdrawn_at, kind }: Comment): Word | undefined {
  if (withdrawn_at) return "deleted";
  return kind === "question" ? "article_question" : undefined;
}

export function Asks({ comment: { withdrawn_at, kind } }: { comment: Comment }) {
  const { say } = useHere();
  if (withdrawn_at || kind !== "question") return null;
  return (
    <span class="ap-kind" data-k="question">
      <Icon of={question} s={14} />
      {say("question")}
    </span>
  );
}

/** In place of the picture of who wrote what is gone. */
export function Gone() {
  return (
    <span class="ap-av" data-gone="" aria-hidden="true">
      –
    </span>
  );
}

/** In place of the text that is gone. */
function Tomb({ comment, talk }: Props) {
  const here = useHere();
  const acting = useActing();
  return (
    <p class="ap-tomb">
      {!comment.removed && here.say("deleted_by", { name: authorOf(here, talk.conversation, comment.author).name })}
      {acting && <acting.Undelete talk={talk} comment={comment} />}
    </p>
  );
}

/** Its text, under what it answers; or what stands in its place. */
export function Text({ comment, talk, isEntered }: TextProps) {
  const { thread, conversation } = talk;
  if (comment.withdrawn_at) return <Tomb comment={comment} talk={talk} />;
  const quoted = comment.quote_id && thread.comments.find((each) => each.id === comment.quote_id);
  const names = { person: (id: string) => personOf(conversation.people, id).name, me: conversation.me, isEntered };
  return (
    <div class="ap-text ap-rich" dir="auto">
      {quoted && !quoted.withdrawn_at && <blockquote>{plainly(quoted, conversation.people, 200)}</blockquote>}
      {shown(comment.nodes ?? [], names)}
    </div>
  );
}
