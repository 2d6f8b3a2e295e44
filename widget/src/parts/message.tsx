/** One message: who said what, and when. What else it has, the kit of details shows; what can be done with it shows where one points. */
import type { ComponentChild } from "preact";
import { useMemo, useState } from "preact/hooks";
import { when } from "../figures";
import type { Comment, Node } from "../wire";
import { Avatar, Time } from "./bits";
import { hasDetails } from "./contents";
import { useHere, useSignal } from "./here";
import { authorOf, type Talk } from "./talk";

interface Props {
  comment: Comment;
  talk: Talk;
  /** Another object whenever something changed that any message may show. */
  around: object;
  /** Whether Tab comes here, and whether the focus is inside. */
  isCurrent: boolean;
  isEntered: boolean;
  isFresh: boolean;
  isLast: boolean;
  /** What stands below its text. */
  below?: ComponentChild;
}

/** Drawn anew only when something changed that it shows; all that it shows and that is not named here hears of changes itself. */
export function Message(props: Props) {
  const { comment, talk, around, below, isCurrent, isEntered, isLast } = props;
  const { thread, doing } = talk;
  const { id, quote_id } = comment;
  const quoted = quote_id && thread.comments.find((each) => each.id === quote_id);
  const isBeing = [doing.editing === id, !!doing.deleted?.includes(id)];
  return useMemo(
    () => <Drawn {...props} />,
    [around, comment, quoted, below, isCurrent, isEntered, isLast, ...isBeing],
  );
}

function Drawn(props: Props) {
  const { comment, talk, isCurrent, isEntered, isFresh } = props;
  const { thread, conversation, doing } = talk;
  const here = useHere();
  const { say } = here;
  const { acting, files, subject } = here.kits.value;
  const details = hasDetails(comment) ? here.kits.value.details : undefined;
  const marks = useSignal(here.marks);
  const [isNear, setNear] = useState(false);
  const author = authorOf(here, conversation, comment.author);
  const isGone = comment.withdrawn_at !== null;
  const facts = { name: author.name, time: when(comment.posted_at, here.locale) };
  const isEdited = doing.editing === comment.id && !isGone;
  const text = details ? (
    <details.Text {...props} />
  ) : (
    <div class="ap-text" dir="auto">
      {comment.nodes?.map(plain)}
    </div>
  );
  return (
    <article
      class="ap-msg"
      part="message"
      data-id={comment.id}
      data-fresh={isFresh ? "" : undefined}
      tabIndex={isCurrent ? 0 : -1}
      aria-label={say(details?.called(comment) ?? "article", facts)}
      onPointerEnter={() => setNear(true)}
      onPointerLeave={() => setNear(false)}
    >
      {isGone && details ? <details.Gone /> : <Avatar id={author.id} name={author.name} {...marks[author.id]} />}
      <div class="ap-by">
        {!isGone && (
          <>
            <b>
              <bdi>{author.name}</bdi>
            </b>
            {author.department && <span class="ap-dept-s">{author.department}</span>}
          </>
        )}
        <Time at={comment.posted_at} />
        {details && <details.Edited comment={comment} />}
        {subject && <subject.At comment={comment} thread={thread} />}
      </div>
      {details && <details.Asks comment={comment} />}
      {isEdited && acting ? <acting.Editing comment={comment} talk={talk} text={text} /> : text}
      {files && !isGone && comment.attachments?.[0] && <files.Files {...props} />}
      {props.below}
      {details && <details.Echo {...props} />}
      {acting && !isGone && !isEdited && (isNear || isCurrent || isEntered) && (
        <acting.Tools talk={talk} comment={comment} isEntered={isEntered} />
      )}
    </article>
  );
}

/** Paragraphs and their lines; of what else there is, the words. */
function plain(node: Node): ComponentChild {
  if (!Array.isArray(node)) return node;
  const [tag, , ...inside] = node;
  if (tag === "br") return <br />;
  return tag === "p" ? <p>{inside.map(plain)}</p> : inside.map(plain);
}
