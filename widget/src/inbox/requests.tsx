/** Who is to be let see something, put to whoever may do that; the host lets them, so the way leads to the record there. */
import { fullDate, personOf, when } from "../figures";
import { Button, Icon } from "../parts/bits";
import { eye } from "../parts/news/icons";
import type { People, WaitingRequest } from "../wire";
import type { Here } from "./view";

interface Props {
  requests: WaitingRequest[];
  people: People;
  here: Here;
  open: (thread: NonNullable<WaitingRequest["thread"]>) => void;
  dismiss: (request: WaitingRequest) => void;
}

export function Requests({ requests, people, here, open, dismiss }: Props) {
  const { say } = here;
  if (requests.length === 0) return null;
  return (
    <section aria-label={say("requests")}>
      <h2 class="ap-group">{say("requests")}</h2>
      <ul>
        {requests.map((each) => (
          <Asked key={each.request.id} {...{ asked: each, people, here, open, dismiss }} />
        ))}
      </ul>
    </section>
  );
}

function Asked({ asked, people, here, open, dismiss }: Omit<Props, "requests"> & { asked: WaitingRequest }) {
  const { say, locale } = here;
  const { request, record, thread } = asked;
  const called = (id: string | null) => (id ? personOf(people, id).name : say("this_page"));
  const isOwn = request.asked_by === request.person_id;
  const facts = { name: called(request.asked_by), person: called(request.person_id) };
  const what = (thread && (thread.goal ?? thread.title)) ?? record.title ?? record.record;
  return (
    <li class="ap-item">
      <span class="ap-dot" />
      <span class="ap-item-k" data-k="question">
        <Icon of={eye} />
      </span>
      <b class="ap-item-t" dir="auto">
        {say(isOwn ? "request_own" : "request_for", facts)}
      </b>
      <time class="ap-item-time" dateTime={request.asked_at} title={fullDate(request.asked_at, locale)}>
        {when(request.asked_at, locale)}
      </time>
      <div class="ap-item-x" dir="auto">
        {request.comment}
      </div>
      <div class="ap-item-m">
        {thread ? (
          <Button v="link" onClick={() => open(thread)}>
            <bdi>{what}</bdi>
          </Button>
        ) : record.url ? (
          <a class="ap-item-where" href={record.url}>
            <bdi>{what}</bdi>
          </a>
        ) : (
          <bdi>{what}</bdi>
        )}
        <span class="ap-end" />
        <Button onClick={() => dismiss(asked)}>{say("request_dismiss")}</Button>
      </div>
    </li>
  );
}
