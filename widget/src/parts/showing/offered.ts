/** Which visibilities somebody can choose. Pure. */
import type { Visibility } from "../../wire";

const ALL: Visibility[] = ["restricted", "internal", "shared"];

/** All of them for whoever may widen; for others what it is now, and what fewer see. */
export function offered(now: Visibility, widens: boolean): Visibility[] {
  return widens ? ALL : ALL.slice(0, ALL.indexOf(now) + 1);
}
