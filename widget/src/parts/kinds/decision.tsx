/** A decision: what is proposed or stands, who agrees, and which problems people see. */
import { useState } from "preact/hooks";
import { dueDay } from "../../due";
import { day, personOf, when } from "../../figures";
import { shown } from "../../nodes";
import type { Comment } from "../../wire";
import { alert, decision as flag } from "../acting/icons";
import { Avatar, Button, Icon, Time } from "../bits";
import { useHere } from "../here";
import { useActing } from "../kits";
import { agree } from "../news/icons";
import { authorOf, type Talk } from "../talk";

interface Props {
  comment: Comment;
  talk: Talk;
  isCurrent: boolean;
  isEntered: boolean;
}

export function DecisionCard(props: Props) {
  const { comment, talk, isCurrent, isEntered } = props;
  const { conversation } = talk;
  const here = useHere();
  const acting = useActing();
  const { say, locale } = here;
  const { decision } = comment;
  if (!decision) return null;
  const author = authorOf(here, conversation, comment.author);
  const names = { person: (id: string) => personOf(conversation.people, id).name, me: conversation.me, isEntered };
  const later = decision.replaced_by;
  return (
    <article
      class="ap-decision"
      part="message"
      data-id={comment.id}
      data-state={decision.state}
      tabIndex={isCurrent ? 0 : -1}
      aria-label={say("article_decision", { name: author.name, time: when(comment.posted_at, locale) })}
    >
      <span class="ap-kind" data-k="decision">
        <Icon of={flag} s={14} />
        {say(`decision_${decision.state}`)}
      </span>
      <div class="ap-text ap-rich" dir="auto">
        {shown(comment.nodes ?? [], names)}
      </div>
      <div class="ap-by">
        <Avatar id={author.id} name={author.name} small />
        <b>
          <bdi>{author.name}</bdi>
        </b>
        <Time at={comment.posted_at} />
      </div>
      {decision.recorded_by && (
        <p class="ap-muted">
          {say("recorded_by", {
            name: personOf(conversation.people, decision.recorded_by).name,
            date: day(decision.recorded_at ?? comment.posted_at, locale),
          })}
          {decision.review_at && ` · ${say("review_on", { date: dueDay(decision.review_at, locale) })}`}
        </p>
      )}
      <ul class="ap-problems">
        {decision.problems.map(({ person, text }) => (
          <li key={person}>
            <Icon of={alert} s={14} />
            <span dir="auto">{say("problem_of", { name: personOf(conversation.people, person).name, text })}</span>
          </li>
        ))}
      </ul>
      {later ? <p class="ap-muted">{say("replaced_later")}</p> : <Votes comment={comment} talk={talk} />}
      {acting && <acting.Tools {...props} />}
    </article>
  );
}

function Votes({ comment, talk }: { comment: Comment; talk: Talk }) {
  const here = useHere();
  const { say } = here;
  const acting = useActing();
  const [isAsking, ask] = useState(false);
  const { thread, conversation } = talk;
  const { decision } = comment;
  const { can } = talk;
  const me = conversation.me ?? "";
  if (!decision || !can("comment")) return null;
  const agrees = decision.agree.includes(me);
  const objects = decision.problems.some((each) => each.person === me);
  const settles = [comment.author, thread.sponsor].includes(me) || can("moderate");
  const give = (vote: "agree" | null) =>
    here.act((acts) => acts.attempt(here, talk, acts.vote(here, talk, comment, vote)));
  if (isAsking && acting)
    return (
      <acting.LineForm
        label={say("problem_line")}
        action={say("problem_do")}
        required
        run={(line) => acting.vote(here, talk, comment, "problem", line)}
        end={() => ask(false)}
      />
    );
  return (
    <div class="ap-votes">
      <Button icon={agree} aria-pressed={agrees} onClick={() => give(agrees ? null : "agree")}>
        {say("agree_count", { count: decision.agree.length })}
      </Button>
      <Button aria-pressed={objects} onClick={() => (objects ? give(null) : ask(true))}>
        {say("problem")}
      </Button>
      {settles && decision.state === "proposed" && (
        <Button v="primary" onClick={() => here.act((acts) => acts.record(here, talk, comment))}>
          {say("record_decision")}
        </Button>
      )}
    </div>
  );
}
