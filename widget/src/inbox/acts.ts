/** What a person does with entries of the inbox. */
import type { Entry } from "../wire";

export interface Acts {
  open: (entry: Entry) => void;
  /** They are read; where all of them were, they are not after all. */
  see: (entries: Entry[]) => void;
  react: (entry: Entry, emoji: string) => void;
  /** The caller's own action is done. */
  act: (entry: Entry) => void;
  done: (entry: Entry) => void;
  back: (entry: Entry) => void;
  later: (entry: Entry, until: Date) => void;
  reply: (entry: Entry, id: string, body: string) => Promise<void>;
  /** Open the composer in a row; with null, close it. */
  ask: (entry: Entry | null) => void;
  select: (entry: Entry) => void;
}
