/**
 * The page's own address: `#apropos=<thread>` opens that discussion.
 *
 * Law: the address is the host's. It is read; it is written only where `<apropos-app deep-links>` lets us.
 */
import { session } from "./session";

const OURS = /([#&])apropos=(thr_[0-9a-z]{26})/;

/** Call `open` with the discussion that the address names, now and whenever it changes, until the returned function is called. */
export function follow(open: (thread: string) => void, app: Element): () => void {
  const look = () => {
    const thread = OURS.exec(location.hash)?.[2];
    if (thread && thread !== session.value?.shown.value) open(thread);
  };
  const leave = session.value?.shown.on((thread) => app.hasAttribute("deep-links") && write(thread));
  addEventListener("hashchange", look);
  look();
  return () => {
    leave?.();
    removeEventListener("hashchange", look);
  };
}

/** Name the discussion in the address, or none; the rest of the address stays. */
function write(thread: string | null): void {
  const rest = location.hash.replace(OURS, "").replace(/^#$/, "");
  const ours = thread ? `${rest ? `${rest}&` : "#"}apropos=${thread}` : rest;
  history.replaceState(history.state, "", ours || location.pathname + location.search);
}
