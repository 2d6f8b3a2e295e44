/** One message: who said what, when, while the record said what. What can be done with it shows where one points. */
import type { ComponentChild } from "preact";
import { useState } from "preact/hooks";
import { sameValue } from "../conversation";
import { personOf, when } from "../figures";
import { shown } from "../nodes";
import type { Comment } from "../wire";
import { Avatar, Icon, Time, useFigure } from "./bits";
import { useHere, useSignal } from "./here";
import { agree, eye, question, thanks } from "./icons";
import { useActing, useKit } from "./kits";
import { authorOf, EMOJI, type Talk } from "./talk";

const ICONS: Record<string, typeof agree> = { [EMOJI.agree]: agree, [EMOJI.thanks]: thanks };

interface Props {
  comment: Comment;
  talk: Talk;
  /** Whether Tab comes here, and whether the focus is inside. */
  isCurrent: boolean;
  isEntered: boolean;
  isFresh: boolean;
  isLast: boolean;
  /** What stands below its text. */
  below?: ComponentChild;
}

export function Message(props: Props) {
  const { comment, talk, isCurrent, isEntered, isFresh } = props;
  const { thread, conversation, doing } = talk;
  const here = useHere();
  const { say, locale } = here;
  const figure = useFigure();
  const acting = useActing();
  const files = useKit("files", !!comment.attachments?.length);
  const marks = useSignal(here.marks);
  const [isNear, setNear] = useState(false);
  const author = authorOf(here, conversation, comment.author);
  const isGone = comment.withdrawn_at !== null;
  const asks = comment.kind === "question";
  const then = !sameValue(comment.value_then, thread.value_now) && comment.value_then;
  const quoted = comment.quote_id && thread.comments.find((each) => each.id === comment.quote_id);
  const names = { person: (id: string) => personOf(conversation.people, id).name, me: conversation.me };
  const facts = { name: author.name, time: when(comment.posted_at, locale) };
  const isEdited = doing.editing === comment.id;
  const editing = useKit("editing", isEdited);
  return (
    <article
      class="ap-msg"
      part="message"
      data-id={comment.id}
      data-fresh={isFresh ? "" : undefined}
      tabIndex={isCurrent ? 0 : -1}
      aria-label={isGone ? say("deleted") : say(asks ? "article_question" : "article", facts)}
      onPointerEnter={() => setNear(true)}
      onPointerLeave={() => setNear(false)}
    >
      {isGone ? (
        <span class="ap-av" data-gone="" aria-hidden="true">
          –
        </span>
      ) : (
        <Avatar id={author.id} name={author.name} {...marks[author.id]} />
      )}
      <div class="ap-by">
        {!isGone && (
          <b>
            <bdi>{author.name}</bdi>
          </b>
        )}
        {!isGone && author.department && <span class="ap-dept-s">{author.department}</span>}
        <Time at={comment.posted_at} />
        {comment.edited_at && !isGone && (
          <span title={say("edited_title", { time: when(comment.edited_at, locale) })}>{say("edited")}</span>
        )}
        {then && (
          <span class="ap-at" title={say("at_value_title", { value: figure(then) })}>
            {say("at_value", { value: figure(then) })}
          </span>
        )}
      </div>
      {asks && !isGone && (
        <span class="ap-kind" data-k="question">
          <Icon of={question} s={14} />
          {say("question")}
        </span>
      )}
      {isGone ? (
        <p class="ap-tomb">
          {say("deleted_by", { name: author.name })}
          {acting && <acting.Undelete talk={talk} comment={comment} />}
        </p>
      ) : isEdited && editing ? (
        <editing.EditForm talk={talk} comment={comment} />
      ) : (
        <div class="ap-text" dir="auto">
          {quoted && !quoted.withdrawn_at && <blockquote>{quoted.body.slice(0, 200)}</blockquote>}
          {shown(comment.nodes ?? [], names)}
        </div>
      )}
      {files && !isGone && <files.Files comment={comment} talk={talk} />}
      {props.below}
      <Reactions {...props} />
      <SeenBy {...props} />
      {acting && !isGone && !isEdited && (isNear || isCurrent || isEntered) && (
        <acting.Tools talk={talk} comment={comment} isEntered={isEntered} />
      )}
    </article>
  );
}

function Reactions({ comment, talk, isEntered }: Props) {
  const here = useHere();
  const { people, me } = talk.conversation;
  const names: Record<string, string> = { [EMOJI.agree]: here.say("agree"), [EMOJI.thanks]: here.say("thanks") };
  if (!comment.reactions[0]) return null;
  return (
    <div class="ap-reacts">
      {comment.reactions.map(({ emoji, people: ids, count }) => {
        const who = ids.map((id) => (id === me ? here.say("you") : personOf(people, id).name)).join(", ");
        const text = here.say("reacted", { name: names[emoji] ?? emoji, count, people: who });
        const icon = ICONS[emoji];
        return (
          <button
            type="button"
            class="ap-react"
            key={emoji}
            tabIndex={isEntered ? 0 : -1}
            aria-label={text}
            title={text}
            disabled={!talk.can("react")}
            aria-pressed={ids.includes(me ?? "")}
            onClick={() => here.act((acting) => acting.react(here, talk, comment, emoji))}
          >
            {icon ? <Icon of={icon} s={14} /> : emoji}
            {count}
          </button>
        );
      })}
    </div>
  );
}

function SeenBy({ comment, talk, isLast }: Props) {
  const { say } = useHere();
  const { people, me } = talk.conversation;
  const others = comment.seen_by.filter((id) => id !== comment.author);
  if (!others[0] || !(comment.author === me || isLast || others.includes(me ?? ""))) return null;
  const named = others.slice(0, 2).map((id) => (id === me ? say("you") : personOf(people, id).name.split(" ")[0]));
  const count = others.length - named.length;
  return (
    <div class="ap-loop">
      <Icon of={eye} s={14} />
      {say(count > 0 ? "seen_by_more" : "seen_by", { people: named.join(", "), count })}
    </div>
  );
}
