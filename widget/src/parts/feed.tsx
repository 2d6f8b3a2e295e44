/**
 * The messages of a discussion.
 *
 * Law: what others write never moves what somebody reads; it says that it is there.
 */
import type { ComponentChild } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Comment } from "../wire";
import { LONG } from "./contents";
import { useHere } from "./here";
import { Message } from "./message";
import type { Line, Talk } from "./talk";

const NEAR = 40;
/** How much shows over the first message that is new; in a low window the head's bar does. */
const ABOVE = 60;

export function Feed({ talk, scrolled }: { talk: Talk; scrolled: (next: (before: boolean) => boolean) => void }) {
  const { say, kits, session } = useHere();
  const { thread, conversation } = talk;
  const { comments } = thread;
  const feed = useRef<HTMLDivElement>(null);
  const scroll = {
    get current() {
      return scrollerOf(feed.current);
    },
  };
  /** Where it was put; what comes later puts it there anew, unless somebody scrolled. */
  const stood = useRef(0);
  const isAtEnd = useRef(true);
  const [began] = useState({ read: thread.viewer.read_seq, seq: thread.seq });
  const [focus, setFocus] = useState<{ id?: string | undefined; isInside?: boolean }>({});
  const { acting, details, files, kinds, news, subject } = kits.value;
  const folding = thread.comment_count > LONG ? kits.value.folding : undefined;

  const fresh = news?.unread(talk, began) ?? [];
  const current = comments.find((each) => each.id === focus.id) ?? comments.at(-1);

  const toEnd = () => {
    const place = scroll.current;
    if (place) place.scrollTop = place.scrollHeight;
    isAtEnd.current = true;
  };
  const moved = () => {
    const { scrollHeight, scrollTop, clientHeight, offsetTop } = scroll.current ?? ({} as HTMLElement); // it may scroll last when it goes
    isAtEnd.current = scrollHeight - clientHeight - scrollTop < NEAR;
    // a head that gives its room to messages leaves some to be scrolled: else it would have to be whole again
    scrolled((was) => scrollTop > 0 && (was || scrollHeight - clientHeight > offsetTop));
  };
  useLayoutEffect(() => {
    const place = scroll.current as HTMLElement;
    const own = feed.current as HTMLElement;
    own.onscroll = (own.parentElement as HTMLElement).onscroll = moved;
    if (place.scrollTop === stood.current) {
      const rule = place.querySelector<HTMLElement>("[data-new]");
      place.scrollTop = rule ? rule.offsetTop - ABOVE : place.scrollHeight;
      stood.current = place.scrollTop;
      moved();
    }
    const resized = new ResizeObserver(() => isAtEnd.current && toEnd());
    resized.observe(own);
    return () => resized.disconnect();
  }, [kinds, folding]);
  const focused = (event: FocusEvent) => {
    const target = event.target as HTMLElement;
    const message = target.closest<HTMLElement>("[data-id]");
    setFocus({ id: message?.dataset.id, isInside: message !== target });
  };
  const around = useMemo(
    () => ({}),
    [
      acting,
      details,
      files,
      subject,
      conversation.people,
      conversation.can,
      thread.status,
      thread.value_now?.value,
      session.language.changed.value,
      new Date().toDateString(), // what was written today has another date tomorrow
    ],
  );
  const at = (comment: Comment) => ({
    comment,
    talk,
    around,
    isCurrent: comment === current,
    isEntered: comment.id === focus.id && !!focus.isInside,
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
      news && comment === fresh[0] && <news.Rule key={`new ${comment.id}`} count={fresh.length} />,
      kinds ? <kinds.Said key={comment.id} {...at(comment)} message={message} /> : message(comment),
    ];
  };
  const lines: Line[] = kinds?.lines(thread) ?? comments.map((comment) => ({ at: comment.posted_at, comment }));
  return (
    <div
      class="ap-scroll"
      role="region"
      aria-label={say("messages")}
      ref={feed}
      onFocusIn={focused}
      onFocusOut={() => setFocus(({ id }) => ({ id }))}
    >
      <div class="ap-feed">
        {folding ? <folding.Folded talk={talk} lines={lines} fresh={fresh} show={show} /> : lines.flatMap(show)}
        {acting && <acting.Waiting talk={talk} toEnd={toEnd} />}
      </div>
      {news && <news.News {...{ talk, scroll, isAtEnd, toEnd }} began={began.seq} />}
    </div>
  );
}

/** What the messages scroll in: their own list or, in a low window, all that is under the head's bar. */
export function scrollerOf(feed: HTMLElement | null): HTMLElement | null {
  return feed && getComputedStyle(feed).overflowY === "visible" ? feed.parentElement : feed;
}
