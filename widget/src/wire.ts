/** What the service says, as far as the widget reads it. Written by hand until `docs/openapi.json` is there to derive it from. */

/** A piece of text, or `[tag, attributes, ...children]`. */
export type Node = string | [tag: string, attributes: Record<string, unknown>, ...children: Node[]];

export interface Person {
  id: string;
  name: string;
  avatar_url?: string | null;
  title?: string | null;
  department?: string | null;
  guest: boolean;
}

/** A group that can be mentioned; `reach` of its members can see where, null where only the host knows. */
export interface FoundGroup {
  id: string;
  name: string;
  member_count: number;
  reach: number | null;
}

export interface Field {
  value: string | number | boolean | null;
  label?: string | null;
  type?: "text" | "number" | "money" | "date" | "percent" | "boolean" | null;
  unit?: string | null;
}

/** What somebody's own system keeps under `type:key`. */
export interface Subject {
  record: string;
  title?: string | null;
  url?: string | null;
  fields: Record<string, Field>;
  version?: number;
}

export interface Reaction {
  emoji: string;
  people: string[];
  count: number;
}

export type Kind = "comment" | "question" | "decision";

/** What became of a decision, and what people think of it. */
export interface Decision {
  state: "proposed" | "recorded" | "replaced";
  agree: string[];
  problems: { person: string; text: string; at: string }[];
  replaced_by: string | null;
  review_at: string | null;
  recorded_by: string | null;
  recorded_at: string | null;
}

/** A file that goes with a comment. */
export interface Attachment {
  id: string;
  name: string;
  type: string;
  size: number;
  width: number | null;
  height: number | null;
  thumbnail: boolean;
  url: string;
  thumbnail_url: string | null;
}

export interface Comment {
  id: string;
  thread_id: string;
  kind: Kind;
  author: string | null;
  body: string;
  nodes: Node[];
  quote_id: string | null;
  attachments?: Attachment[];
  reactions: Reaction[];
  seen_by: string[];
  value_then: Field | null;
  posted_at: string;
  edited_at: string | null;
  withdrawn_at: string | null;
  /** By whom and why, where it was not its author who took it away. */
  removed?: { by: string | null; reason: string | null };
  seq: number;
  version: number;
  /** Of a question. */
  answer_id?: string | null;
  accepted_by?: string | null;
  /** Of a decision. */
  decision?: Decision;
}

/** What a comment said; `difference` is how it came from the version before. */
export interface Version {
  version: number;
  body: string;
  written_by?: string | null;
  written_at?: string;
  difference?: [how: " " | "-" | "+", text: string][] | null;
}

/** Something to do, by somebody, until some day. */
export interface Action {
  id: string;
  thread_id: string;
  comment_id: string | null;
  text: string;
  assignee: string | null;
  due_at: string | null;
  state: "open" | "done" | "dropped";
  reason: string | null;
  done_at: string | null;
  created_at: string;
  version: number;
}

/** What the host changed of the value under discussion. */
export interface Change {
  at: string;
  by: string | null;
  before: Field | null;
  after: Field | null;
}

export type Watching = "all" | "mentions" | "none";

export interface Viewer {
  unread: number;
  watching: Watching;
  can: string[];
  read_seq: number;
}

export type Visibility = "internal" | "shared" | "restricted";

export interface Thread {
  id: string;
  record: string;
  field: string | null;
  title: string | null;
  status: "open" | "resolved" | "archived";
  visibility: Visibility;
  members?: string[] | null;
  goal: string | null;
  sponsor: string | null;
  due_at: string | null;
  steps: { asked: boolean; answered: boolean; decided: boolean; actions_done: number; actions: number };
  value_then: Field | null;
  value_now: Field | null;
  outcome: { summary: string; value?: Field["value"]; by: string | null; at: string } | null;
  opened_by: string | null;
  opened_at: string;
  last_activity_at: string;
  comment_count: number;
  participants: string[];
  seq: number;
  version: number;
  viewer: Viewer;
  comments: Comment[];
  /** Of what comes before `comments`: the first, accepted answers and their questions, decisions that stand. */
  highlights?: Comment[];
  /** Since when a question has no reply. */
  waiting_since?: string | null;
  actions?: Action[];
  changes?: Change[];
}

export type People = Record<string, Person>;

export interface Answer {
  record: Subject;
  threads: Thread[];
  people: People;
  viewer: { person_id: string | null; can: string[] };
  cursor: string;
  next: string | null;
}

export interface Frame {
  type: string;
  timestamp: string;
  record: string | null;
  thread_id: string | null;
  actor: Person | null;
  seq: number;
  data: {
    thread?: Omit<Thread, "viewer" | "comments"> | null;
    comment?: Comment | null;
    answer?: Comment | null;
    action?: Action | null;
    record?: Subject | null;
    /** By field, what a description changed. */
    changes?: Record<string, Pick<Change, "before" | "after">>;
    people?: People;
    /** The name that a record had: of `record.renamed` alone. */
    before?: string;
    person_id?: string;
    /** How much `person_id` chose to hear: of `watch.changed` alone. */
    level?: Watching;
    /** Of what was withdrawn before already. */
    again?: boolean;
  };
}

/** Somebody who is at a record now, and at which of its fields. */
export type Present = Person & { field: string | null };

/** What does not last, and that a record is heard of from now on. */
export interface Whisper {
  presence?: { record: string; people: Present[] };
  typing?: { record: string; thread_id: string; person: Person };
  /** `can` is what whoever listens may do with the record now. */
  subscribed?: { record: string; cursor: string; can?: string[] };
}

/** What a page hears, by a socket or by a detour. */
export interface Heard extends Whisper {
  authenticated?: true;
  event?: Frame;
  cursor?: string | undefined;
  resync?: { record: string };
  error?: { record?: string; code: string };
  counts?: Tallies;
  retry?: number;
}

export interface Tally {
  total: number;
  open: number;
  resolved: number;
  overdue: number;
  unread: number;
  mentions: number;
}

export type RecordTally = Tally & { fields: Record<string, Tally> };

/** How a discussion about a type of record begins, resolved for one of them. */
export interface Template {
  name: string;
  goal: string | null;
  question: string | null;
  kind: Kind | null;
  sponsor: string | null;
  due_at: string | null;
  visibility: Visibility | null;
}

export const SHELVES = ["for-you", "mentions", "assigned", "due", "followed", "waiting", "later", "done"] as const;
export type Shelf = (typeof SHELVES)[number];

/** Why a thread is in somebody's inbox. */
export interface Reason {
  reason:
    | "asked"
    | "assigned"
    | "due"
    | "mention"
    | "answered"
    | "came_of_it"
    | "decided"
    | "resolved"
    | "reopened"
    | "visibility"
    | "reply"
    | "reaction"
    | "later";
  by: string | null;
  at: string;
  comment_id: string | null;
  action_id: string | null;
}

/** One thread in somebody's inbox; `comment` is what its strongest reason points to. */
export interface Entry {
  thread: Omit<Thread, "comments">;
  record: Subject;
  reasons: Reason[];
  comment?: Comment | null;
  at: string;
  unread: boolean;
  due_at: string | null;
  waiting_since: string | null;
  snoozed_until: string | null;
  done_at: string | null;
}

/** A discussion that was found, and where: what was looked for stands in a `mark`. */
export type Found = Omit<Thread, "comments"> & {
  snippet?: { source: string; comment_id: string | null; nodes?: Node[] } | null;
};

export type Tallies = Partial<Record<Shelf | "unread" | "requests", number>>;

/** Somebody is to be let see a record, or a discussion on it. */
export interface WaitingRequest {
  request: { id: string; person_id: string; asked_by: string | null; comment: string | null; asked_at: string };
  record: Subject;
  thread: Omit<Thread, "comments"> | null;
}

export interface InboxAnswer {
  data: Entry[];
  requests: WaitingRequest[];
  next: string | null;
  counts: Tallies;
  people: People;
}

/** Somebody who cannot see what they would be mentioned in. */
export type Hidden = Pick<Person, "id" | "name">;

export interface ProblemDocument {
  title: string;
  status: number;
  detail: string;
  code: string;
  current?: unknown;
  errors?: { path: string; message: string }[];
  newly_visible_to?: string[];
  people?: People | string[] | Hidden[];
}
