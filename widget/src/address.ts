/**
 * The page's own address: `#apropos=<thread>` opens that discussion.
 *
 * Law: the address is the host's. It is read; it is written only where `<apropos-app deep-links>` lets us.
 */
import { session } from "./session";

export const OURS = /([#&])apropos=(thr_[0-9a-z]{26})/;

/** Call `open` with the discussion that the address names, now and whenever it changes, until the returned function is called. */
export function follow(open: (thread: string) => void, app: Element): () => void {
  const look = () => {
    const thread = OURS.exec(location.hash)?.[2];
    if (thread && thread !== session.value?.shown.value) open(thread);
  };
  const leave = session.value?.shown.on(() => {
    if (app.hasAttribute("deep-links"))
      import("./naming").then(
        ({ name }) => name(session.value?.shown.value),
        () => undefined,
      );
  });
  addEventListener("hashchange", look);
  look();
  return () => {
    leave?.();
    removeEventListener("hashchange", look);
  };
}
