/** Discussions found by what is said in them, in the place of the list. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "../client";
import { fullDate, when } from "../figures";
import { done } from "../parts/acting/icons";
import { reason } from "../parts/acting/reason";
import { Button, Icon } from "../parts/bits";
import { comment } from "../parts/icons";
import type { Found } from "../wire";
import type { Here } from "./view";

const PAUSE = 250;
const MOST = "30";

interface Props {
  here: Here;
  open: (thread: Found) => void;
  leave: () => void;
  opened: string | null;
}

/** What the service found for `asked`; `null` while it looks. */
interface Finding {
  asked: string;
  found: Found[] | null;
  problem?: Problem;
}

export function Search({ here, open, leave, opened }: Props) {
  const { say, tell, session } = here;
  const field = useRef<HTMLInputElement>(null);
  const latest = useRef("");
  const [{ asked, found, problem }, setFinding] = useState<Finding>({ asked: "", found: [] });
  useLayoutEffect(() => field.current?.focus(), []);
  useEffect(() => {
    latest.current = asked;
    if (!asked) return;
    const query = { q: asked, sort: "activity", limit: MOST, render: "nodes" };
    const is = (finding: Omit<Finding, "asked">) => latest.current === asked && setFinding({ asked, ...finding });
    const timer = setTimeout(
      () =>
        session.client.get<{ data: Found[] }>("/v1/threads", query).then(
          ({ data: { data } }) => {
            is({ found: data });
            tell(say("found_count", { count: data.length }));
          },
          (raised: Problem) => is({ found: [], problem: raised }),
        ),
      PAUSE,
    );
    return () => clearTimeout(timer);
  }, [asked]);
  const key = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    leave();
  };
  return (
    <search class="ap-search" onKeyDown={key}>
      <div class="ap-filters">
        <input
          class="ap-input"
          type="search"
          maxLength={500}
          aria-label={say("search")}
          placeholder={say("search_hint")}
          ref={field}
          onInput={(event) => {
            const now = event.currentTarget.value.trim();
            setFinding({ asked: now, found: now ? null : [] });
          }}
        />
        <Button v="quiet" onClick={leave}>
          {say("search_end")}
        </Button>
      </div>
      <div class="ap-inbox-scroll" aria-busy={found === null}>
        {problem && <p class="ap-blank">{reason(here, problem)}</p>}
        {asked && found?.length === 0 && !problem && (
          <div class="ap-blank">
            <h2>{say("found_nothing", { asked })}</h2>
            <p>{say("found_nothing_hint")}</p>
          </div>
        )}
        <ul>
          {found?.map((each) => (
            <Hit key={each.id} thread={each} here={here} open={open} current={each.id === opened} />
          ))}
        </ul>
      </div>
    </search>
  );
}

interface HitProps {
  thread: Found;
  here: Here;
  open: (thread: Found) => void;
  current: boolean;
}

function Hit({ thread, here: { locale }, open, current }: HitProps) {
  const { snippet, record, field, last_activity_at: at } = thread;
  const place = [record.slice(record.indexOf(":") + 1), field].filter(Boolean).join(" · ");
  return (
    <li class="ap-item" data-current={current ? "" : undefined} aria-current={current ? "true" : undefined}>
      <span class="ap-dot" />
      <span class="ap-item-k" data-k={thread.status === "open" ? "comment" : "success"}>
        <Icon of={thread.status === "open" ? comment : done} />
      </span>
      <button type="button" class="ap-item-t" dir="auto" onClick={() => open(thread)}>
        {thread.goal ?? thread.title ?? place}
      </button>
      <time class="ap-item-time" dateTime={at} title={fullDate(at, locale)}>
        {when(at, locale)}
      </time>
      <div class="ap-item-x" dir="auto">
        {snippet?.nodes?.map((node) => (Array.isArray(node) ? <mark>{node[2]}</mark> : node))}
      </div>
      <div class="ap-item-m">
        <bdi>{place}</bdi>
      </div>
    </li>
  );
}
