/** What others made of a message: who reacted, and who saw it. */
import { listed, personOf } from "../../figures";
import type { Comment } from "../../wire";
import { Icon } from "../bits";
import { useHere } from "../here";
import { EMOJI } from "../news/emoji";
import { agree, eye, thanks } from "../news/icons";
import type { Talk } from "../talk";

const ICONS: Record<string, typeof agree> = { [EMOJI.agree]: agree, [EMOJI.thanks]: thanks };

interface Props {
  comment: Comment;
  talk: Talk;
  isEntered: boolean;
  isLast: boolean;
}

export function Echo(props: Props) {
  return (
    <>
      <Reactions {...props} />
      <SeenBy {...props} />
    </>
  );
}

function Reactions({ comment, talk, isEntered }: Omit<Props, "isLast">) {
  const here = useHere();
  const { people, me } = talk.conversation;
  const names: Record<string, string> = { [EMOJI.agree]: here.say("agree"), [EMOJI.thanks]: here.say("thanks") };
  if (!comment.reactions[0]) return null;
  return (
    <div class="ap-reacts">
      {comment.reactions.map(({ emoji, people: ids, count }) => {
        const who = ids.map((id) => (id === me ? here.say("you") : personOf(people, id).name));
        const text = here.say("reacted", { name: names[emoji] ?? emoji, count, people: listed(who, here.locale) });
        const icon = ICONS[emoji];
        return (
          <button
            type="button"
            class="ap-react"
            key={emoji}
            tabIndex={isEntered ? 0 : -1}
            aria-label={text}
            title={text}
            disabled={!talk.can("react")}
            aria-pressed={ids.includes(me ?? "")}
            onClick={() => here.act((acting) => acting.react(here, talk, comment, emoji))}
          >
            {icon ? <Icon of={icon} s={14} /> : emoji}
            {count}
          </button>
        );
      })}
    </div>
  );
}

function SeenBy({ comment, talk, isLast }: Omit<Props, "isEntered">) {
  const { say, locale } = useHere();
  const { people, me } = talk.conversation;
  const others = comment.seen_by.filter((id) => id !== comment.author);
  if (!others[0] || !(comment.author === me || isLast || others.includes(me ?? ""))) return null;
  const named = others
    .slice(0, 2)
    .map((id) => (id === me ? say("you") : (personOf(people, id).name.split(" ")[0] as string)));
  const count = others.length - named.length;
  return (
    <div class="ap-loop">
      <Icon of={eye} s={14} />
      {say(count > 0 ? "seen_by_more" : "seen_by", { people: listed(named, locale), count })}
    </div>
  );
}
