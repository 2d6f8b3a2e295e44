/**
 * What somebody began to write, kept per place and person.
 *
 * Law: text is never lost while the page lives; where the browser keeps nothing, `lasting` says so.
 */
import { keyOf } from "./kept";
import type { Picked } from "./mentions";
import type { Comment } from "./wire";

/** What a draft becomes when it is sent. */
export type DraftKind = Comment["kind"] | "action";

export interface Draft {
  body: string;
  kind: DraftKind;
  /** Who is mentioned in it, by the name that stands there. */
  picked?: Picked | undefined;
}

export class Drafts {
  readonly lasting: boolean;
  #storage: Kept;

  /** `place` is where it is written (a thread's id or `type:key#field`), `person` whose it is. */
  constructor(
    readonly place: string,
    readonly person: string,
    storage: Storage | null = localStorageIfAny(),
  ) {
    this.lasting = storage !== null;
    this.#storage = storage ?? MEMORY;
  }

  get draft(): Draft | null {
    try {
      return JSON.parse(MEMORY.getItem(this.#key) ?? this.#storage.getItem(this.#key) ?? "null");
    } catch {
      return null;
    }
  }

  set draft(draft: Draft | null) {
    keep(this.#key, draft?.body ? draft : null, this.#storage);
  }

  get #key(): string {
    return keyOf("draft", this.person, this.place);
  }
}

/** Keep `value` under that name in `storage`, or while the page lives where that is full; null forgets it. */
export function keep(key: string, value: unknown, storage: Kept = localStorageIfAny() ?? MEMORY): void {
  const text = JSON.stringify(value);
  MEMORY.removeItem(key);
  try {
    if (value === null) storage.removeItem(key);
    else storage.setItem(key, text);
  } catch {
    if (value !== null) MEMORY.setItem(key, text);
  }
}

type Kept = Pick<Storage, "getItem" | "setItem" | "removeItem">;
const memory = new Map<string, string>();
const MEMORY = {
  getItem: (key: string) => memory.get(key) ?? null,
  setItem: (key: string, text: string) => void memory.set(key, text),
  removeItem: (key: string) => void memory.delete(key),
};

/** The browser's storage, or null in frames and modes that have none. */
function localStorageIfAny(): Storage | null {
  try {
    const probe = "apropos:probe";
    localStorage.setItem(probe, "1");
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return null;
  }
}
