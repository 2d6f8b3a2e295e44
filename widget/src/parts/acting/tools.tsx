/** What can be done with the message that one points at. */
import type { Comment } from "../../wire";
import { Button } from "../bits";
import { useHere, useSignal } from "../here";
import { comment as bubble, more } from "../icons";
import { Menu } from "../menu";
import { EMOJI, has } from "../news/emoji";
import { agree, eye, thanks } from "../news/icons";
import type { Talk } from "../talk";
import { react, see } from "./acts";
import { messageChoices } from "./choices";
import { done } from "./icons";
import { quote } from "./keys";
import { accept } from "./settling";

export function Tools({ talk, comment, isEntered }: { talk: Talk; comment: Comment; isEntered: boolean }) {
  const here = useHere();
  const { say } = here;
  useSignal(here.store.state); // what can be done changes though the message did not
  const { me } = talk.conversation;
  const { can } = talk;
  const tab = isEntered ? 0 : -1;
  const isOthers = comment.author !== me;
  const asked = can("comment") ? questionOf(talk, comment) : undefined;
  const accepted = talk.thread.comments.find((each) => each.answer_id === comment.id);
  const given = [
    ["agree", agree],
    ["thanks", thanks],
  ] as const;
  return (
    <div class="ap-tools" role="toolbar" aria-label={say("message_actions")}>
      {asked && (
        <Button
          v="quiet"
          icon={done}
          label={say(accepted ? "unaccept" : "accept")}
          tabIndex={tab}
          aria-pressed={accepted !== undefined}
          onClick={() => accept(here, talk, accepted ?? asked, accepted ? null : comment)}
        />
      )}
      {isOthers && (
        <Button
          v="quiet"
          icon={eye}
          label={say("seen")}
          tabIndex={tab}
          aria-pressed={comment.seen_by.includes(me ?? "")}
          onClick={() => see(here, talk, comment)}
        />
      )}
      {isOthers &&
        can("react") &&
        given.map(([name, icon]) => (
          <Button
            key={name}
            v="quiet"
            icon={icon}
            label={say(name)}
            tabIndex={tab}
            aria-pressed={has(comment, EMOJI[name], me)}
            onClick={() => react(here, talk, comment, EMOJI[name])}
          />
        ))}
      {can("comment") && (
        <Button
          v="quiet"
          icon={bubble}
          label={say("reply")}
          tabIndex={tab}
          onClick={() => quote(here, talk, comment)}
        />
      )}
      <Menu label={say("more")} icon={more} tabIndex={tab} choices={() => messageChoices(here, talk, comment)} />
    </div>
  );
}

/** The question that this message may be accepted as the answer of: the one it replies to, else the newest open one before. */
function questionOf({ thread, conversation: { me }, can }: Talk, comment: Comment): Comment | undefined {
  const may = (each: Comment) =>
    each.kind === "question" &&
    each.id !== comment.id &&
    !each.withdrawn_at &&
    (each.author === me || thread.sponsor === me || can("moderate"));
  const questions = thread.comments.filter((each) => each.seq < comment.seq && may(each));
  return (
    questions.find((each) => each.answer_id === comment.id) ??
    questions.find((each) => each.id === comment.quote_id) ??
    questions.findLast((each) => !each.answer_id) ??
    questions.at(-1)
  );
}
