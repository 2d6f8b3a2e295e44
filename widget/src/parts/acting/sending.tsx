/** Messages of mine that the service does not have yet: on their way, waiting for a connection, or refused. */
import { useEffect } from "preact/hooks";
import { withComment, withThread } from "../../changes";
import type { Conversation } from "../../conversation";
import { copy } from "../../copying";
import { personOf, when } from "../../figures";
import { clock } from "../../icons";
import type { Outgoing } from "../../kept";

import { type Arrival, type Outbox, outboxOf } from "../../outbox";
import { Avatar, Button, Icon, Time } from "../bits";
import { isBegun, useHere, useSignal } from "../here";
import type { Talk } from "../talk";
import { report } from "./acts";
import { alert, retry } from "./icons";
import { useKeptFocus } from "./kept";
import { reply } from "./keys";
import { Named } from "./mentions";
import { SignIn } from "./notes";
import { reason } from "./reason";
import { typed } from "./typed";

/** What waits in a discussion, at its end; what arrives takes its place among the messages. */
export function Waiting({ talk, toEnd }: { talk: Talk; toEnd: () => void }) {
  const { thread, conversation } = talk;
  const outbox = useOutbox();
  const messages = useSignal(outbox.messages).filter((each) => each.opens === thread.id);
  const mine = messages.map(({ id, state }) => id + state).join();
  useEffect(() => {
    if (mine) toEnd();
  }, [mine]);
  return messages
    .filter((each) => !thread.comments.some((known) => known.id === each.id))
    .map((each) => <Sending key={each.id} message={each} outbox={outbox} conversation={conversation} />);
}

/** What begins a discussion, until it has begun. */
export function Beginning({ conversation }: { conversation: Conversation }) {
  const outbox = useOutbox();
  const messages = useSignal(outbox.messages).filter((each) => isBegun(each, conversation));
  useKeptFocus();
  if (!messages[0]) return null;
  return (
    <div class="ap-feed">
      {messages.map((each) => (
        <Sending key={each.id} message={each} outbox={outbox} conversation={conversation} />
      ))}
    </div>
  );
}

/** The page's outbox; what arrives from it shows here, and what had waited is told. */
function useOutbox(): Outbox {
  const { session, store, tell, say } = useHere();
  const outbox = outboxOf(session.client);
  const take = ({ comment, thread }: Arrival) => {
    store.change((now) => (thread ? withThread(now, thread, thread.people) : withComment(now, comment as never)));
    const record = store.state.value.conversation?.record.record;
    if (record) session.counts.refresh(record);
  };
  useEffect(() => outbox.arrived.on(take), [outbox]);
  useEffect(() => outbox.resumed.on(({ count }) => tell(say("back_online_sent", { count }))), [outbox]);
  return outbox;
}

interface Props {
  message: Outgoing;
  outbox: Outbox;
  conversation: Conversation;
}

function Sending({ message, outbox, conversation }: Props) {
  const here = useHere();
  const { say, locale } = here;
  const me = personOf(conversation.people, conversation.me ?? "");
  const { state, problem } = message;
  /** What was pressed goes: the focus does not go with it. */
  const send = () => {
    reply(here);
    report(here, message.opens, outbox.retry(message.id));
  };
  const discard = () => {
    reply(here);
    outbox.discard(message.id);
  };
  return (
    <article
      class="ap-msg"
      data-state={state}
      aria-label={say("article", { name: me.name, time: when(message.posted_at, locale) })}
    >
      <Avatar id={me.id} name={me.name} />
      <div class="ap-by">
        <b>
          <bdi>{me.name}</bdi>
        </b>
        {me.department && <span class="ap-dept-s">{me.department}</span>}
        <Time at={message.posted_at} />
        {state !== "failed" && (
          <span class="ap-sending">
            <Icon of={clock} s={12} />
            {say(state === "sending" ? "sending" : "waiting")}
          </span>
        )}
      </div>
      <div class="ap-text" dir="auto">
        {typed(message.body)}
      </div>
      {state === "failed" && <Named problem={problem} thread={message.thread_id} />}
      {state === "failed" && (
        <div class="ap-fail">
          <Icon of={alert} s={14} />
          <span class="ap-grow">
            {problem?.status ? say("not_sent_because", { reason: reason(here, problem) }) : say("not_sent")}
          </span>
          {problem?.status === 401 && <SignIn />}
          <Button icon={retry} onClick={send}>
            {say("retry")}
          </Button>
          <Button v="quiet" onClick={() => copy(message.body, () => here.tell(say("copied")))}>
            {say("copy_text")}
          </Button>
          <Button v="quiet" onClick={discard}>
            {say("discard")}
          </Button>
        </div>
      )}
    </article>
  );
}
