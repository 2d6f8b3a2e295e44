/** Names the discussion that shows in the page's own address, where the host lets us. */
import { OURS } from "./address";

/** Name the discussion, or none; the rest of the address stays. */
export function name(thread: string | null | undefined): void {
  const rest = location.hash.replace(OURS, "").replace(/^#$/, "");
  const ours = thread ? `${rest ? `${rest}&` : "#"}apropos=${thread}` : rest;
  history.replaceState(history.state, "", ours || location.pathname + location.search);
}
