/** The views of the inbox, and how much lies on each. */
import { clock } from "../icons";
import { action, at, done } from "../parts/acting/icons";
import { Icon } from "../parts/bits";
import { bell } from "../parts/icons";
import { SHELVES, type Shelf, type Tallies } from "../wire";
import type { Word } from "../words/en";
import { send, snooze, star } from "./icons";
import type { Here } from "./view";

const NAMES: Record<Shelf, Word> = {
  "for-you": "for_you",
  mentions: "mentions",
  assigned: "assigned",
  due: "due_shelf",
  followed: "followed",
  waiting: "waiting_shelf",
  later: "later",
  done: "done_shelf",
};
const ICONS = {
  "for-you": star,
  mentions: at,
  assigned: action,
  due: clock,
  followed: bell,
  waiting: send,
  later: snooze,
  done,
};

export const shelfName = (shelf: Shelf): Word => NAMES[shelf];

export function Shelves({ here, shelf, counts }: { here: Here; shelf: Shelf; counts: Tallies }) {
  const { say, store } = here;
  const lying = (each: Shelf) => (counts[each] ?? 0) + (each === "for-you" ? (counts.requests ?? 0) : 0);
  return (
    <nav class="ap-nav" aria-label={say("inbox_views")}>
      {SHELVES.map((each) => (
        <button
          type="button"
          key={each}
          aria-current={each === shelf ? "page" : undefined}
          onClick={() => store.turnTo(each)}
        >
          <Icon of={ICONS[each]} />
          <span>{say(NAMES[each])}</span>
          {!!lying(each) && (
            <span class="ap-count" data-late={each === "due" ? "" : undefined}>
              {lying(each)}
            </span>
          )}
        </button>
      ))}
    </nav>
  );
}
