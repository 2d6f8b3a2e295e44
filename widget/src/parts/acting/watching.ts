/** How much somebody hears: of a discussion, and of everything on its record. */
import type { Session } from "../../session";
import type { Watching } from "../../wire";
import type { Here } from "../here";
import { bell } from "../icons";
import type { Choice } from "../menu";
import type { Talk } from "../talk";
import { attempt, watch } from "./acts";

const LEVELS = ["all", "mentions", "none"] as const;
/** What people chose for records, as far as it was asked: by `type:key`. */
const chosen = new WeakMap<Session, Map<string, Watching | null>>();

/** What to hear of this discussion, and whether to follow all of its record. */
export function watchChoices(here: Here, talk: Talk): Choice[] {
  const { say, session } = here;
  const { record, viewer } = talk.thread;
  if (!talk.can("watch")) return [];
  const known = chosen.get(session) ?? new Map<string, Watching | null>();
  chosen.set(session, known);
  if (!known.has(record)) learn(here, record, known);
  const isFollowed = known.get(record) === "all";
  const levels = LEVELS.map((level) => ({
    icon: bell,
    text: say(`hear_${level}`),
    checked: viewer.watching === level,
    run: () => watch(here, talk, level),
  }));
  const run = () => attempt(here, talk, follow(here, record, isFollowed ? "mentions" : "all", known));
  return [...levels, { icon: bell, text: say(isFollowed ? "leave_record" : "follow_record"), run }];
}

/** Ask once; the menu shows it when the answer is there. */
function learn({ session, store }: Here, record: string, known: Map<string, Watching | null>): void {
  known.set(record, null);
  session.client.get<{ level: Watching | null }>("/v1/records/watch", { record }).then(
    ({ data }) => {
      known.set(record, data.level);
      store.change((now) => ({ ...now }));
    },
    () => known.delete(record),
  );
}

async function follow(
  { session, store, say, tell }: Here,
  record: string,
  level: Watching,
  known: Map<string, Watching | null>,
): Promise<void> {
  await session.client.send("PUT", "/v1/records/watch", { record, level });
  known.set(record, level);
  tell(say(level === "all" ? "record_followed" : "record_left"));
  await store.load();
}
