/** A long discussion: what one needs shows, one line stands for the rest and opens in place. */
import type { ComponentChild } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { day, listed } from "../../figures";
import type { Icon as Drawing } from "../../icons";
import type { Comment, People } from "../../wire";
import { Icon } from "../bits";
import { type Here, useHere } from "../here";
import { kit } from "../kits";
import type { Line, Talk } from "../talk";
import { inSight, withEarlier } from "./earlier";
import { type Fold, folds, inside, size } from "./folds";

export { default as css } from "virtual:sheet/folding";
export { folding as words } from "../../words/en/folding";

const PAGE = 50;
const MOST = 100;
const EXPAND: Drawing = ["M9.6 2.8h3.6v3.6M13.2 2.8L9 7M6.4 13.2H2.8V9.6M2.8 13.2L7 9"];

interface Props {
  talk: Talk;
  lines: Line[];
  /** Those that were unread when it began to show. */
  fresh: Comment[];
  show: (line: Line) => ComponentChild | ComponentChild[];
}

export function Folded({ talk, lines, fresh, show }: Props) {
  const { thread, doing } = talk;
  const here = useHere();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const { comments, highlights = [], viewer, comment_count } = thread;
  /** The oldest that was fetched: from there on all are here. */
  const reached = useRef("");
  const isFetched = ({ id }: Comment) => highlights.every((each) => each.id !== id);
  const first = comments.find(({ id }) => id === reached.current) ?? comments.find(isFetched);
  const isBehind = ({ seq, posted_at }: Comment) => seq > viewer.read_seq && posted_at > thread.opened_at;
  const fetchBefore = async (count: number) => {
    const more = await fetchSome(here, thread.id, { before: reached.current || first?.id, limit: `${count}` });
    if (more[0]) {
      reached.current = more[0].id;
      talk.isBehind = isBehind(more[0]);
    }
    return more;
  };
  useEffect(() => {
    const kept = inSight(thread);
    const take = (some: Comment[]) => here.store.change((now) => withEarlier(now, thread.id, some, {}));
    take(kept.filter((each) => !isSettled(each))); // a discussion without a title is called by its first message
    if (kept.some(isSettled)) kit("kinds", here).then(() => take(kept));
  }, [highlights]);
  useEffect(() => {
    const missed = Math.max(viewer.unread - fresh.length, 1);
    const fetchUnread = async () => {
      const [oldest] = talk.isBehind ? await fetchBefore(Math.min(missed, MOST)).catch(() => []) : [];
      if (oldest) fetchUnread();
    };
    talk.isBehind = !!first && viewer.unread > 0 && isBehind(first);
    fetchUnread();
  }, []);
  const missing = Math.max(0, comment_count - comments.filter((each) => !each.withdrawn_at).length);
  const sayWhy = (problem: unknown) => {
    here.act(({ attempt }) => attempt(here, talk, Promise.reject(problem)));
    return [];
  };
  /** What is here opens, whatever becomes of the rest. */
  const open = async (fold: Fold) => {
    talk.change({ problem: undefined });
    const some = fold.hidden.slice(-PAGE);
    const wanted = Math.min(fold.missing, PAGE - some.length);
    const among = wanted < fold.missing ? 0 : comments.filter((each) => !isFetched(each)).length; // those come again
    const more = wanted > 0 ? await fetchBefore(Math.min(wanted + among, MOST)).catch(sayWhy) : [];
    const ids = [...more.map((each) => each.id), ...some.map(nameOf)];
    if (!ids[0]) return;
    setOpened((before) => new Set([...before, ...ids]));
    here.tell(here.say("unfolded", { count: ids.length }));
    if (size(fold) <= ids.length) here.act(({ focusOn }) => focusOn(here, { id: ids[0] ?? "" }));
  };
  const answers = comments.flatMap(({ answer_id }) => answer_id ?? []);
  const keeps = (line: Line) => {
    const { comment } = line;
    if (opened.has(nameOf(line))) return true;
    if (!comment) return !("change" in line);
    return (
      fresh.includes(comment) ||
      doing.editing === comment.id ||
      !!comment.answer_id ||
      answers.includes(comment.id) ||
      comment.decision?.state === "recorded"
    );
  };
  return folds(lines, { missing, before: first?.id }, keeps).flatMap((each) =>
    "hidden" in each ? <FoldLine key={`fold ${each.from}`} fold={each} open={() => open(each)} /> : show(each),
  );
}

const isSettled = ({ answer_id, decision }: Comment) => answer_id || decision;
const nameOf = ({ comment, at }: Line) => comment?.id ?? at;

function FoldLine({ fold, open }: { fold: Fold; open: () => void }) {
  const { say, locale } = useHere();
  const [from, to] = [day(fold.from, locale), day(fold.to, locale)];
  const { people, questions, decisions, files } = inside(fold);
  const facts = [
    people > 0 && say("folded_people", { count: people }),
    from === to ? from : say("folded_between", { from, to }),
    questions > 0 && say("folded_questions", { count: questions }),
    decisions > 0 && say("folded_decisions", { count: decisions }),
    files > 0 && say("folded_files", { count: files }),
  ].filter((fact) => fact !== false);
  return (
    <button type="button" class="ap-fold" aria-expanded="false" onClick={open}>
      <Icon of={EXPAND} s={14} />
      <span>
        <b>{say("folded", { count: size(fold) })}</b>, {listed(facts, locale)}
      </span>
    </button>
  );
}

/** Some comments of a thread; they take their places among the others. Throws when they cannot be had. */
export async function fetchSome(
  { session, store }: Here,
  id: string,
  query: Record<string, string | undefined>,
): Promise<Comment[]> {
  type Page = { data: Comment[]; people: People };
  const page = await session.client.get<Page>(`/v1/threads/${id}/comments`, { ...query, render: "nodes" });
  const { data, people } = page.data;
  store.change((now) => withEarlier(now, id, data, people));
  return data;
}
