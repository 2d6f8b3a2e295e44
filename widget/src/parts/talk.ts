/** One discussion as somebody takes part in it. */
import { useMemo, useState } from "preact/hooks";
import type { Problem } from "../client";
import type { Conversation } from "../conversation";
import { personOf } from "../figures";
import type { Comment, Thread } from "../wire";
import type { Here } from "./here";

/** One thing in a discussion: a message or, without one, something that the kit of kinds shows. */
export interface Line {
  at: string;
  comment?: Comment;
}

/** What somebody is about to do. */
export interface Doing {
  editing?: string | undefined;
  /** The field in which that began, and to which one comes back. */
  from?: HTMLElement | null | undefined;
  quoting?: Comment | undefined;
  asking?: "resolve" | "reopen" | "action" | "visibility" | "remove" | undefined;
  /** The message that something to do comes from, or that is to be removed. */
  source?: Comment | undefined;
  problem?: Problem | undefined;
  /** What was just done, and how it is undone, if it can be. */
  done?: { text: string; undo?: () => void } | undefined;
  /** The message whose history is looked at. */
  past?: Comment | undefined;
  /** Whether the discussion was closed here a moment ago. */
  hasClosed?: boolean;
  /** Messages deleted here a moment ago. */
  deleted?: string[];
}

/** The same as long as the discussion shows, and always as the discussion stands now: who draws by it hears elsewhere that it changed. */
export interface Talk {
  thread: Thread;
  conversation: Conversation;
  doing: Doing;
  change: (doing: Doing) => void;
  /** Whether one may: what one may on the record, as far as the discussion's state lets them now. */
  can: (act: string) => boolean;
  startNew: () => void;
  /** Whether unread messages are still to come before those that show: nothing is noted as read until then. */
  isBehind?: boolean;
}

/** Take part in a discussion; `startNew` leaves it for the beginning of another. */
export function useTalk(thread: Thread, conversation: Conversation, startNew: () => void): Talk {
  const [doing, setDoing] = useState<Doing>({});
  const talk = useMemo(() => {
    const made = {
      change: (some) => setDoing((before) => ({ ...before, ...some })),
      can(act) {
        const { can } = made.conversation;
        const writes = can.includes("comment") || can.includes("reopen");
        const isOpen = made.thread.status === "open";
        if (act === "withdraw") return writes;
        if (act === "reopen") return writes && !isOpen;
        return /^(comment|resolve|archive)$/.test(act) ? writes && isOpen : can.includes(act);
      },
    } as Talk;
    return made;
  }, []);
  return Object.assign(talk, { thread, conversation, doing, startNew });
}

/** Who wrote it; the host where it was the host itself. */
export function authorOf({ session, say }: Here, { people }: Conversation, author: string | null) {
  return author ? personOf(people, author) : { id: "", name: session.hostName ?? say("this_page"), department: null };
}
