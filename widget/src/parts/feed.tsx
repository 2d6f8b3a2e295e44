/**
 * The messages of a discussion.
 *
 * Law: what others write never moves what somebody reads; it says that it is there.
 */
import type { ComponentChild } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Comment, Thread } from "../wire";
import { Button } from "./bits";
import { useHere } from "./here";
import { down } from "./icons";
import { useActing, useKit } from "./kits";
import { Message } from "./message";
import { useReading } from "./reading";
import type { Line, Talk } from "./talk";

const NEAR = 40;
const ABOVE = 16;
/** Longer discussions are folded. */
const LONG = 20;

export function Feed({ talk, scrolled }: { talk: Talk; scrolled: (isScrolled: boolean) => void }) {
  const { say, store } = useHere();
  const { thread, conversation } = talk;
  const { comments } = thread;
  const { me } = conversation;
  const scroll = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const count = useRef(comments.length);
  const [began] = useState({ read: thread.viewer.read_seq, seq: thread.seq });
  const [focus, setFocus] = useState<{ id?: string | undefined; isInside?: boolean }>({});
  const [below, setBelow] = useState(0);
  const acting = useActing();
  const kinds = useKit("kinds", hasKinds(thread));
  const folding = useKit("folding", thread.comment_count > LONG);
  useReading(store, thread, scroll);

  const isNew = ({ seq, author, withdrawn_at }: Comment) =>
    seq > began.read && seq <= began.seq && author !== me && !withdrawn_at;
  const news = comments.filter(isNew);
  const current = comments.find((each) => each.id === focus.id) ?? comments.at(-1);

  const toEnd = () => {
    scroll.current?.scrollTo({ top: scroll.current.scrollHeight });
    isAtEnd.current = true;
    setBelow(0);
  };
  const moved = () => {
    const { scrollHeight, scrollTop, clientHeight } = scroll.current as HTMLElement;
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR;
    if (isAtEnd.current) setBelow(0);
    scrolled(scrollTop > 0);
  };
  useLayoutEffect(() => {
    const place = scroll.current as HTMLElement;
    const rule = place.querySelector<HTMLElement>("[data-new]");
    place.scrollTop = rule ? rule.offsetTop - ABOVE : place.scrollHeight;
    moved();
    const resized = new ResizeObserver(() => isAtEnd.current && toEnd());
    resized.observe(place);
    return () => resized.disconnect();
  }, []);
  useEffect(() => {
    const fresh = comments.slice(count.current).filter((each) => each.author !== me).length;
    count.current = comments.length;
    if (fresh > 0 && !isAtEnd.current) setBelow((before) => before + fresh);
  }, [comments]);

  const focused = (event: FocusEvent) => {
    const target = event.target as HTMLElement;
    const message = target.closest<HTMLElement>("[data-id]");
    setFocus({ id: message?.dataset.id, isInside: message !== target });
  };
  const at = (comment: Comment) => ({
    comment,
    talk,
    isCurrent: comment === current,
    isEntered: comment.id === focus.id && focus.isInside === true,
  });
  const message = (comment: Comment, under?: ComponentChild) => (
    <Message
      key={comment.id}
      {...at(comment)}
      isFresh={comment.seq > began.seq}
      isLast={comment === comments.at(-1)}
      below={under}
    />
  );
  const show = (line: Line) => {
    const { comment } = line;
    if (!comment) return kinds && <kinds.Beside key={`beside ${line.at}`} line={line} talk={talk} />;
    return [
      comment === news[0] && <NewRule key={`new ${comment.id}`} count={news.length} />,
      kinds ? <kinds.Said key={comment.id} {...at(comment)} message={message} /> : message(comment),
    ];
  };
  const lines: Line[] = kinds?.lines(thread) ?? comments.map((comment) => ({ at: comment.posted_at, comment }));
  return (
    <div
      class="ap-scroll"
      role="region"
      aria-label={say("messages")}
      ref={scroll}
      onScroll={moved}
      onFocusIn={focused}
      onFocusOut={() => setFocus(({ id }) => ({ id }))}
    >
      <div class="ap-feed">
        {folding ? <folding.Folded talk={talk} lines={lines} isNew={isNew} show={show} /> : lines.map(show)}
        {acting && <acting.Waiting talk={talk} toEnd={toEnd} />}
      </div>
      {below > 0 && (
        <Button class="ap-btn ap-more-new" icon={down} onClick={toEnd}>
          {say("new", { count: below })}
        </Button>
      )}
    </div>
  );
}

/** Whether there is more in it than comments. */
function hasKinds({ comments, actions, changes, waiting_since }: Thread): boolean {
  const isMore = ({ answer_id, decision }: Comment) => answer_id || decision;
  return !!(waiting_since || actions?.[0] || changes?.[0] || comments.some(isMore));
}

function NewRule({ count }: { count: number }) {
  const text = useHere().say("new", { count });
  return (
    <div class="ap-rule" role="separator" data-new="" aria-label={text}>
      {text}
    </div>
  );
}
