/** What is new in a discussion, or comes while it shows: it is announced and noted as read, and answered in one click. */
import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Comment } from "../../wire";
import { answers } from "../../words/en/answers";
import { news } from "../../words/en/news";
import { Button } from "../bits";
import { useHere } from "../here";
import { down } from "../icons";
import { authorOf, type Talk } from "../talk";
import { useReading } from "./reading";

export { default as css } from "virtual:sheet/news";
export { Quick } from "./quick";

export const words = { ...answers, ...news };

const SHORT = 10_000;
const MANY = 3;
const BEGINNING = 120;

interface Props {
  talk: Talk;
  /** The discussion's `seq` when it began to show. */
  began: number;
  scroll: RefObject<HTMLElement | null>;
  isAtEnd: RefObject<boolean>;
  toEnd: () => void;
}

/** Under the messages: that there are new ones out of sight. */
export function News({ talk, began, scroll, isAtEnd, toEnd }: Props) {
  const here = useHere();
  const { say } = here;
  const { thread, conversation } = talk;
  const told = useRef(began);
  const recent = useRef<number[]>([]);
  const [below, setBelow] = useState(0);
  useReading(talk, scroll);
  useEffect(() => {
    const isFresh = ({ seq }: { seq: number }) => seq > told.current;
    const fresh = thread.comments.filter((each) => isFresh(each) && each.author !== conversation.me);
    told.current = Math.max(told.current, thread.comments.at(-1)?.seq ?? 0);
    for (const { author, body } of fresh) {
      const now = Date.now();
      recent.current = [...recent.current.filter((at) => now - at < SHORT), now];
      const { length: count } = recent.current;
      const { name } = authorOf(here, conversation, author);
      const text = say("said", { name, text: body.slice(0, BEGINNING) });
      here.tell(count > MANY ? say("new_messages", { count }) : text, "log");
    }
    if (!isAtEnd.current) setBelow((before) => before + fresh.length);
  }, [thread.comments]);
  useEffect(() => {
    const seen = () => isAtEnd.current && setBelow(0);
    scroll.current?.parentElement?.addEventListener("scroll", seen, true);
    return () => scroll.current?.parentElement?.removeEventListener("scroll", seen, true);
  }, []);
  const shown = () => {
    toEnd();
    setBelow(0); // where what it scrolls to grows meanwhile, its end is further down
  };
  if (below === 0) return null;
  return (
    <Button class="ap-btn ap-more-new" icon={down} onClick={shown}>
      {say("new", { count: below })}
    </Button>
  );
}

/** The messages of others that were unread when it began to show, at that `seq` and read up to that one. */
export function unread(
  { thread, conversation: { me } }: Talk,
  { read, seq }: { read: number; seq: number },
): Comment[] {
  const isNew = (each: Comment) => each.seq > read && each.seq <= seq && each.author !== me && !each.withdrawn_at;
  return thread.comments.filter(isNew);
}

/** Over the first of the messages that are new. */
export function Rule({ count }: { count: number }) {
  const text = useHere().say("new", { count });
  return (
    <div class="ap-rule" role="separator" data-new="" aria-label={text}>
      {text}
    </div>
  );
}
