/** What keys do in a discussion, while the focus is in it and not in a field. */
import { isMute } from "../../liking";
import type { Comment } from "../../wire";
import type { Here } from "../here";
import { EMOJI } from "../news/emoji";
import type { Talk } from "../talk";
import { react, see } from "./acts";

export function pressed(here: Here, talk: Talk, event: KeyboardEvent): void {
  const { root } = here;
  const target = root.activeElement as HTMLElement | null;
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isMute(event, here.session)) return;
  const isStop = event.key === "F6";
  const run = isStop ? () => nextStop(root, event.shiftKey) : messageKey(here, talk, event, target);
  if (!run || (event.defaultPrevented && !isStop)) return;
  event.preventDefault();
  run();
}

/** Answer a message with its words above. */
export function quote(here: Here, talk: Talk, comment: Comment): void {
  talk.change({ quoting: comment });
  reply(here);
}

function messageKey(
  here: Here,
  talk: Talk,
  event: KeyboardEvent,
  target: HTMLElement | null,
): (() => void) | undefined {
  const message = target?.closest<HTMLElement>("[data-id]");
  const comment = talk.thread.comments.find((each) => each.id === message?.dataset.id);
  if (!message || !comment || target?.matches("textarea, input, select")) return undefined;
  const all = [...here.root.querySelectorAll<HTMLElement>("article[data-id]")];
  const at = all.indexOf(message);
  const rule = here.root.querySelector("[data-new]");
  const isNew = (each: Element) => rule && rule.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING;
  const next = () => all[at + 1]?.focus();
  const previous = () => all[at - 1]?.focus();
  const isOthers = comment.author !== talk.conversation.me && !comment.withdrawn_at;
  const { can } = talk;
  const mayReact = isOthers && can("react");
  const mayWrite = can("comment");
  const keys: Record<string, false | (() => void)> = {
    arrowdown: next,
    j: next,
    arrowup: previous,
    k: previous,
    u: () => all.find(isNew)?.focus(),
    e: isOthers && (() => see(here, talk, comment)),
    a: mayReact && (() => react(here, talk, comment, EMOJI.agree)),
    t: mayReact && (() => react(here, talk, comment, EMOJI.thanks)),
    r: mayWrite && (() => reply(here)),
    q: mayWrite && (() => quote(here, talk, comment)),
    enter: target === message && (() => message.querySelector<HTMLElement>("a, button:not(:disabled)")?.focus()),
    escape: target !== message && (() => message.focus()),
  };
  return keys[event.key.toLowerCase()] || undefined;
}

/** Into the field where one writes. */
export function reply({ root }: Here): void {
  root.querySelector<HTMLElement>(".ap-composer textarea")?.focus();
}

/** From the head to the messages to the composer, and round. */
function nextStop(root: ShadowRoot, isBack: boolean): void {
  const stops = [...root.querySelectorAll<HTMLElement>("h2, article[tabindex='0'], .ap-composer textarea")];
  const active = root.activeElement;
  const at = stops.findLastIndex((stop) => stop === active || stop.parentElement?.contains(active));
  stops.at((Math.max(at, 0) + (isBack ? -1 : 1)) % stops.length)?.focus(); // the bar over the head is of the head
}
