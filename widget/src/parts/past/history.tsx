/** What a message said before: every version with what changed in it, newest first. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "../../client";
import type { Comment, Version } from "../../wire";
import { reason } from "../acting/reason";
import { Button, Time } from "../bits";
import { useHere } from "../here";
import { authorOf, type Talk } from "../talk";

interface Props {
  comment: Comment;
  talk: Talk;
}

export function History({ comment, talk }: Props) {
  const here = useHere();
  const { say } = here;
  const close = () => talk.change({ past: undefined });
  const [versions, setVersions] = useState<Version[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    const read = here.session.client.get<{ data: Version[] }>(`/v1/comments/${comment.id}/history`);
    read.then(({ data }) => setVersions(data.data.reverse()), setProblem);
  }, [comment.id, comment.version]);
  return (
    <dialog class="ap-pop ap-history" aria-label={say("history_of")} ref={dialog} onClose={close} onKeyDown={keep}>
      <h2>{say("history_of")}</h2>
      {problem && <div class="ap-fail">{reason(here, problem)}</div>}
      <ol>
        {versions?.map((each) => (
          <li key={each.version}>
            <div class="ap-by">
              <b>
                <bdi>{authorOf(here, talk.conversation, each.written_by ?? comment.author).name}</bdi>
              </b>
              <Time at={each.written_at ?? comment.posted_at} />
            </div>
            <p class="ap-text" dir="auto">
              {(each.difference ?? [[" ", each.body] as const]).map(([how, text], at) => {
                if (how === "-") return <del key={at}>{text}</del>;
                return how === "+" ? <ins key={at}>{text}</ins> : text;
              })}
            </p>
          </li>
        ))}
      </ol>
      <Button onClick={() => dialog.current?.close()}>{say("close_history")}</Button>
    </dialog>
  );
}

/** What is pressed here is not meant for what lies below. */
function keep(event: Event): void {
  event.stopPropagation();
}
