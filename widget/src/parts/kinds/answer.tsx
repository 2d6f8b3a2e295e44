/** A question's accepted answer, drawn right under it wherever it was written, and how long a question has waited. */
import type { ComponentChildren } from "preact";
import { personOf } from "../../figures";
import { clock } from "../../icons";
import type { Comment } from "../../wire";
import { done } from "../acting/icons";
import { Button, Icon } from "../bits";
import { useHere } from "../here";
import { authorOf, type Talk } from "../talk";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface AnsweredProps {
  question: Comment;
  answer: ComponentChildren;
  talk: Talk;
  children: ComponentChildren;
}

/** The question with its answer below; `children` is the question itself, `answer` the message that was accepted. */
export function Answered({ question, answer, talk, children }: AnsweredProps) {
  const { say } = useHere();
  const by = question.accepted_by;
  return (
    <div class="ap-qa">
      {children}
      <div class="ap-accepted">
        <span class="ap-kind" data-k="answer">
          <Icon of={done} s={14} />
          {say("accepted_answer")}
        </span>
        {answer}
        {by && <p class="ap-muted">{say("accepted_by", { name: personOf(talk.conversation.people, by).name })}</p>}
      </div>
    </div>
  );
}

/** What stands where the accepted answer was written: one line that leads to it. */
export function MovedUp({ answer, talk, go }: { answer: Comment; talk: Talk; go: () => void }) {
  const here = useHere();
  return (
    <div class="ap-event">
      <Icon of={done} />
      <div>
        <Button v="link" onClick={go}>
          {here.say("accepted_above", { name: authorOf(here, talk.conversation, answer.author).name })}
        </Button>
      </div>
    </div>
  );
}

/** How long a question has no reply; nothing in its first hour. */
export function Waited({ since }: { since: string }) {
  const { say } = useHere();
  const waited = Date.now() - Date.parse(since);
  if (waited < HOUR) return null;
  const days = waited >= 2 * DAY;
  return (
    <div class="ap-loop">
      <Icon of={clock} s={14} />
      {say(days ? "waits_days" : "waits_hours", { count: Math.floor(waited / (days ? DAY : HOUR)) })}
    </div>
  );
}
