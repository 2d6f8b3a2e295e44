/** What every part of an open discussion may ask: who looks, in which words, and how to tell them something. */
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Conversation } from "../conversation";
import type { Outgoing } from "../kept";
import type { Session } from "../session";
import type { Heard, Signal } from "../signal";
import type { Store } from "../store";
import type { Facts } from "../words";
import type { Word } from "../words/en";
import type { Kits } from "./kits";

export interface Here {
  session: Session;
  store: Store;
  root: ShadowRoot;
  locale: string;
  say: (word: Word, facts?: Facts) => string;
  /** Tell a screen reader, when there is time. */
  tell: (text: string) => void;
  /** Tell a screen reader at once. */
  alert: (text: string) => void;
  /** A message by somebody else came. */
  arrived: (text: string) => void;
  emit: (name: string, detail: unknown) => boolean;
  /** Whether somebody moved, touched or typed in here: then what it takes to act is fetched. */
  touched: Signal<boolean>;
  /** What else is known of people, as attributes of their pictures, by their id. */
  marks: Signal<Record<string, object>>;
  /** Do something, as soon as what it takes is there. */
  act: (work: (acting: Kits["acting"]) => void) => void;
  label: string | null;
  close: (() => void) | undefined;
}

export const HereContext = createContext<Here | null>(null);
export const useHere = () => useContext(HereContext) as Here;

/** Whether a message on its way begins a discussion at that place, which is not there yet. */
export function isBegun({ record, field, thread_id, opens }: Outgoing, place: Conversation): boolean {
  const isHere = record === place.record.record && field === place.field;
  return !thread_id && isHere && place.threads.every((each) => each.id !== opens);
}

/** A signal's value; the part shows anew when it changes. */
export function useSignal<T>(signal: Heard<T>): T {
  const { value } = signal;
  const [, show] = useState(value);
  useEffect(() => {
    show(signal.value);
    return signal.on(show);
  }, [signal]);
  return value;
}
