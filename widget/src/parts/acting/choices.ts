/** What the menus offer. */
import { clock } from "../../icons";
import { offered } from "../../later";
import { likesOf } from "../../liking";
import type { Comment } from "../../wire";
import type { Here } from "../here";
import { comment as bubble } from "../icons";
import { fetchKit } from "../kits";
import type { Choice } from "../menu";
import { eye } from "../news/icons";
import type { Talk } from "../talk";
import { archive, copyLink, putOff, withdraw } from "./acts";
import { KINDS } from "./composing";
import { action, box, done, link, lock, past, pencil, retry, trash } from "./icons";
import { quote } from "./keys";
import { turn } from "./settling";
import { watchChoices } from "./watching";
import { LETTERS, type Writing } from "./writing";

/** The menu of a discussion's head. */
export function threadChoices(here: Here, talk: Talk): Choice[] {
  const { can } = talk;
  fetchKit("presence", here);
  const offered: (Choice | false)[] = [
    can("resolve") && {
      icon: done,
      text: here.say("resolve"),
      run: () => talk.change({ asking: "resolve" }),
    },
    can("reopen") && { icon: retry, text: here.say("reopen"), run: () => talk.change({ asking: "reopen" }) },
    talk.thread.viewer.can.includes("narrow") && {
      icon: lock,
      text: here.say("visibility"),
      run: () => talk.change({ asking: "visibility" }),
    },
    ...watchChoices(here, talk),
    { icon: link, text: here.say("copy_link"), run: () => copyLink(here, talk) },
    ...(here.kits.value.printing?.choices(here, talk) ?? []),
    can("archive") && { icon: box, text: here.say("archive"), run: () => archive(here, talk) },
    ...(here.kits.value.presence?.choices(here, talk, eye) ?? []),
  ];
  return offered.filter((each) => each !== false);
}

/** The menu of a message. */
export function messageChoices(here: Here, talk: Talk, comment: Comment): Choice[] {
  const { can } = talk;
  const isMine = comment.author === talk.conversation.me;
  const writes = can("comment");
  const offered: (Choice | false)[] = [
    isMine && writes && { icon: pencil, text: here.say("edit"), run: () => talk.change({ editing: comment.id }) },
    writes && {
      icon: bubble,
      text: here.say("reply_quoting"),
      keys: likesOf(here.session).value?.letter_keys === false ? "" : "Q",
      run: () => quote(here, talk, comment),
    },
    ...(writes ? turns(here, talk, comment) : []),
    comment.edited_at !== null &&
      (isMine || can("history")) && {
        icon: past,
        text: here.say("history"),
        run: () => talk.change({ past: comment }),
      },
    { icon: link, text: here.say("copy_link"), run: () => copyLink(here, talk) },
    isMine
      ? can("withdraw") && { icon: trash, text: here.say("delete"), run: () => withdraw(here, talk, comment) }
      : can("moderate") && {
          icon: trash,
          text: here.say("remove"),
          run: () => talk.change({ asking: "remove", source: comment }),
        },
  ];
  return offered.filter((each) => each !== false);
}

/** When one can come back to a discussion. */
export const laterChoices = (here: Here, talk: Talk) => offered(here, clock, (until) => putOff(here, talk, until));

/** What a message can be. */
export function kindChoices({ say }: Here, writing: Writing | undefined): Choice[] {
  const kinds = Object.entries(LETTERS).filter(([, kind]) => writing?.takes(kind));
  return kinds.map(([letter, kind]) => ({
    icon: KINDS[kind],
    keys: `/${letter}`,
    text: say(kind),
    help: say(`${kind}_help`),
    checked: writing?.state.value.kind === kind,
    run: () => writing?.choose(kind),
  }));
}

/** What a message can become: another kind for its author, the sponsor and whoever manages; an action for everybody. */
function turns(here: Here, talk: Talk, comment: Comment): Choice[] {
  const { thread, conversation } = talk;
  const { me } = conversation;
  const may = comment.author === me || thread.sponsor === me || talk.can("moderate");
  const isSettled = comment.answer_id || (comment.decision && comment.decision.state !== "proposed");
  const kinds = ["question", "decision", "comment"] as const;
  const others = may && !isSettled ? kinds.filter((kind) => kind !== comment.kind) : [];
  return [
    ...others.map((kind) => ({
      icon: KINDS[kind],
      text: here.say(`turn_${kind}`),
      run: () => turn(here, talk, comment, kind),
    })),
    { icon: action, text: here.say("turn_action"), run: () => talk.change({ asking: "action", source: comment }) },
  ];
}
