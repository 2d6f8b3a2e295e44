/** What every part of an open discussion may ask: who looks, in which words, and how to tell them something. */
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Conversation } from "../conversation";
import type { Drafts } from "../drafts";
import type { Outgoing } from "../kept";
import type { Session } from "../session";
import type { Heard, Signal } from "../signal";
import type { Store } from "../store";
import type { Facts } from "../words";
import type { Word } from "../words/en";
import type { Kits } from "./kits";
import type { Region } from "./regions";

export interface Here {
  session: Session;
  store: Store;
  root: ShadowRoot;
  locale: string;
  say: (word: Word, facts?: Facts) => string;
  /** Tell a screen reader; as its status, if it is not said as what. */
  tell: (text: string, as?: Region) => void;
  emit: (name: string, detail: unknown) => boolean;
  /** What was fetched for it so far, and what was asked for. */
  kits: Signal<Partial<Kits>>;
  asked: Set<keyof Kits>;
  /** Somebody moved, touched or typed in here: fetch what it takes to act. */
  touch: () => void;
  /** What else is known of people, as attributes of their pictures, by their id. */
  marks: Signal<Record<string, object>>;
  /** Do something, as soon as what it takes is there. */
  act: (work: (acting: Kits["acting"]) => void) => void;
  /** Where it is kept what somebody writes here, once they do. */
  drafts?: Drafts;
  label?: string | null;
  close?: () => void;
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
