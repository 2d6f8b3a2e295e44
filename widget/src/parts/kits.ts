/**
 * Parts that are fetched when they are first wanted, with the styles and words they bring.
 *
 * Law: who reads an open discussion waits for none of them; what one cannot fetch is as if the service were away, and comes when it is back.
 */
import { sheetOf } from "../theme";
import { type Here, useHere, useSignal } from "./here";

const KITS = {
  acting: () => import("./acting"),
  details: () => import("./details"),
  editing: () => import("./editing"),
  files: () => import("./files"),
  folding: () => import("./folding"),
  kinds: () => import("./kinds"),
  mentioning: () => import("./mentioning"),
  news: () => import("./news"),
  past: () => import("./past"),
  places: () => import("./places"),
  presence: () => import("./presence"),
  printing: () => import("./printing"),
  purpose: () => import("./purpose"),
  settled: () => import("./settled"),
  sheet: () => import("./sheet"),
  showing: () => import("./showing"),
  states: () => import("./states"),
  subject: () => import("./subject"),
  tasks: () => import("./tasks"),
  tight: () => import("./tight"),
  unsent: () => import("./unsent"),
};

export type Kits = { [Name in keyof typeof KITS]: Awaited<ReturnType<(typeof KITS)[Name]>> };

/** The kit of that name, dressed and with its words; all that shows is shown anew with it. It comes as soon as the service answers. */
export async function kit<Name extends keyof Kits>(name: Name, here: Here): Promise<Kits[Name]> {
  const { root, session, kits } = here;
  const { reachable } = session.client;
  const found = kits.value[name] ?? ((await KITS[name]().catch(() => null)) as Kits[Name] | null);
  if (!found) {
    reachable.set(false);
    return new Promise((resolve) => {
      const leave = reachable.on(() => {
        leave();
        resolve(kit(name, here));
      });
    });
  }
  if (!kits.value[name]) {
    wear(root, found.css);
    session.language.learn(found.words);
    kits.set({ ...kits.value, [name]: found });
  }
  return found;
}

/** Fetch a kit, once. */
export function fetchKit(name: keyof Kits, here: Here): void {
  if (!here.asked.has(name)) kit(name, here);
  here.asked.add(name);
}

/** The kit of that name once it is there, if it is `wanted`. */
export function useKit<Name extends keyof Kits>(name: Name, wanted: unknown): Kits[Name] | undefined {
  const here = useHere();
  const kits = useSignal(here.kits);
  if (wanted) fetchKit(name, here);
  return wanted ? kits[name] : undefined;
}

/** What people do, once somebody touched what shows. */
export const useActing = (): Kits["acting"] | undefined => useSignal(useHere().kits).acting;

/** Give what is in `root` some styles, once. */
export function wear(root: ShadowRoot, css: string): void {
  const sheet = sheetOf(css);
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}
