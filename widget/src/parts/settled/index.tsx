/** What is different about a discussion that is over, or that one may only read: what it came to, and how it goes on. */
import { useEffect } from "preact/hooks";
import { dueDay } from "../../due";
import { fullDate, personOf } from "../../figures";
import { box, done, link, retry } from "../acting/icons";
import { Button, Icon } from "../bits";
import { Heading } from "../header";
import { useHere } from "../here";
import { figured } from "../subject/figured";
import { arrow } from "../subject/icons";
import type { Talk } from "../talk";
import { Begun, placeOf } from "../unsent/begun";
import { lasted } from "./lasted";

export { default as css } from "virtual:sheet/settled";
export { settled as words } from "../../words/en/settled";
export { Closing } from "./closing";

/** Over the messages. */
export function Top({ talk }: { talk: Talk }) {
  const { say } = useHere();
  if (talk.thread.status === "resolved") return <Outcome talk={talk} />;
  if (talk.thread.status !== "archived") return null;
  return (
    <div class="ap-note">
      <Icon of={box} />
      <div>
        <b>{say("archived")}</b> {say("archived_long")}
      </div>
    </div>
  );
}

function Outcome({ talk: { thread, conversation, doing } }: { talk: Talk }) {
  const here = useHere();
  const { say, locale } = here;
  const { outcome, value_then, value_now, opened_at } = thread;
  if (!outcome) return null;
  const name = outcome.by ? personOf(conversation.people, outcome.by).name : "";
  const value = outcome.value ?? null;
  const changed = value_then && value_now && value_then.value !== value_now.value;
  return (
    <section class="ap-outcome" aria-label={say("outcome")}>
      <span class="ap-kind" data-k="answer">
        <Icon of={done} s={14} />
        {say("outcome")}
      </span>
      <Heading at="h3" focused={doing.hasClosed === true}>
        {outcome.summary || say("no_outcome")}
      </Heading>
      <dl>
        <dt>{say("closed_by")}</dt>
        <dd title={fullDate(outcome.at, locale)}>
          {name}, {dueDay(outcome.at, locale)}
        </dd>
        {value !== null && (
          <>
            <dt>{say("outcome_value")}</dt>
            <dd class="ap-num">
              <bdi>{figured(here, { ...(value_now ?? value_then), value })}</bdi>
            </dd>
          </>
        )}
        {changed && (
          <>
            <dt>{say("on_record")}</dt>
            <dd class="ap-num">
              <span class="ap-sr">{say("was")}</span>
              <bdi>{figured(here, value_then)}</bdi> <Icon of={arrow} s={12} flip />{" "}
              <span class="ap-sr">{say("is")}</span>
              <bdi>{figured(here, value_now)}</bdi>
            </dd>
          </>
        )}
        <dt>{say("took")}</dt>
        <dd>{lasted(opened_at, outcome.at, locale)}</dd>
      </dl>
    </section>
  );
}

/** In place of the composer; what somebody was writing there stays to be copied. */
export function Foot({ talk }: { talk: Talk }) {
  const here = useHere();
  const { can, conversation, thread } = talk;
  const isArchived = thread.status === "archived";
  const onlyReads = !can("withdraw");
  const word = here.say("only_read");
  useEffect(() => {
    if (onlyReads) here.tell(word);
  }, [onlyReads]);
  const goOn = () => {
    here.kits.value.unsent?.carry(here.session.client.person ?? "", thread.id, placeOf(conversation));
    talk.startNew();
  };
  return (
    <>
      {onlyReads && <p class="ap-alone-word">{word}</p>}
      <Begun place={thread.id} />
      <div class="ap-quick">
        {can("reopen") && <Button onClick={goOn}>{here.say("continue_new")}</Button>}
        <span class="ap-grow" />
        {can("reopen") && !isArchived && (
          <Button v="quiet" icon={retry} onClick={() => here.act(() => talk.change({ asking: "reopen" }))}>
            {here.say("reopen")}
          </Button>
        )}
        {isArchived && (
          <Button v="quiet" icon={link} onClick={() => here.act((acting) => acting.copyLink(here, talk))}>
            {here.say("copy_link")}
          </Button>
        )}
      </div>
    </>
  );
}
