/** What somebody likes, wherever they are: asked once a session, and changed from any part of the page. */
import type { Session } from "./session";
import { Signal } from "./signal";

export interface Likes {
  enter_sends: boolean;
  letter_keys: boolean;
  hide_presence: boolean;
}

/** What a browser says of a key that an input method takes, also where the composing has just ended (Safari). */
const COMPOSED = 229;

const all = new WeakMap<Session, Signal<Likes | null>>();

/** What whoever looks likes; null until the service said. */
export function likesOf(session: Session): Signal<Likes | null> {
  const known = all.get(session);
  if (known) return known;
  const { client } = session;
  const likes = new Signal<Likes | null>(null);
  const ask = () =>
    client.get<Likes>("/v1/preferences").then(
      ({ data }) => likes.set(data),
      () => undefined,
    );
  client.who.on(ask);
  client.reachable.on((isReachable) => isReachable && !likes.value && ask());
  all.set(session, likes);
  ask();
  return likes;
}

/** Like something else from now on. Throws `Problem`. */
export async function like(session: Session, change: Partial<Likes>): Promise<void> {
  const told = await session.client.send<Likes>("PUT", "/v1/preferences", change, { render: undefined });
  likesOf(session).set(told);
}

/** Whether a key in a field sends what is written there; Enter alone, for who likes it so. */
export function sends(event: KeyboardEvent, session: Session): boolean {
  const { key, isComposing, keyCode, ctrlKey, metaKey, shiftKey, altKey } = event;
  if (key !== "Enter" || isComposing || keyCode === COMPOSED) return false;
  return ctrlKey || metaKey || (!shiftKey && !altKey && !!likesOf(session).value?.enter_sends);
}

/** Whether a key outside of a field means nothing: a single letter, for who likes it so. */
export function isMute({ key }: KeyboardEvent, session: Session): boolean {
  return key.length === 1 && likesOf(session).value?.letter_keys === false;
}
