/** What a message has beside plain paragraphs: marks in its text, a quote, reactions; that it asks, was changed or deleted. */
import { personOf, when } from "../../figures";
import { shown } from "../../nodes";
import type { Comment } from "../../wire";
import { Icon } from "../bits";
import { useHere } from "../here";
import { question } from "../icons";
import { useActing } from "../kits";
import { authorOf, type Talk } from "../talk";

export { default as css } from "virtual:sheet/details";
export { details as words } from "../../words/en/details";
export { Reactions, SeenBy } from "./echo";

/** What the element of its text is. */
export const RICH = "ap-text ap-rich";

interface Props {
  comment: Comment;
  talk: Talk;
}

export function Edited({ comment: { edited_at, withdrawn_at } }: { comment: Comment }) {
  const { say, locale } = useHere();
  if (!edited_at || withdrawn_at) return null;
  return <span title={say("edited_title", { time: when(edited_at, locale) })}>{say("edited")}</span>;
}

export function Asks() {
  return (
    <span class="ap-kind" data-k="question">
      <Icon of={question} s={14} />
      {useHere().say("question")}
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
export function Tomb({ comment, talk }: Props) {
  const here = useHere();
  const acting = useActing();
  return (
    <p class="ap-tomb">
      {!comment.removed && here.say("deleted_by", { name: authorOf(here, talk.conversation, comment.author).name })}
      {acting && <acting.Undelete talk={talk} comment={comment} />}
    </p>
  );
}

/** Its text, under what it answers. */
export function Text({ comment, talk: { thread, conversation } }: Props) {
  const quoted = comment.quote_id && thread.comments.find((each) => each.id === comment.quote_id);
  const names = { person: (id: string) => personOf(conversation.people, id).name, me: conversation.me };
  return (
    <>
      {quoted && !quoted.withdrawn_at && <blockquote>{quoted.body.slice(0, 200)}</blockquote>}
      {shown(comment.nodes ?? [], names)}
    </>
  );
}
