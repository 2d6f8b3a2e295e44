/**
 * Parts that are fetched when they are first wanted, with the styles and words they bring.
 *
 * Law: who reads an open discussion waits for none of them; what one cannot fetch is as if the service were away.
 */
import { useEffect, useState } from "preact/hooks";
import { sheetOf } from "../theme";
import { type Here, useHere, useSignal } from "./here";

const KITS = {
  acting: () => import("./acting"),
  editing: () => import("./editing"),
  files: () => import("./files"),
  folding: () => import("./folding"),
  kinds: () => import("./kinds"),
  mentioning: () => import("./mentioning"),
  past: () => import("./past"),
  places: () => import("./places"),
  presence: () => import("./presence"),
  purpose: () => import("./purpose"),
  settled: () => import("./settled"),
  sheet: () => import("./sheet"),
  showing: () => import("./showing"),
  states: () => import("./states"),
  tasks: () => import("./tasks"),
};

export type Kits = { [Name in keyof typeof KITS]: Awaited<ReturnType<(typeof KITS)[Name]>> };

/** The kit of that name, dressed and with its words. */
export async function kit<Name extends keyof Kits>(
  name: Name,
  { root, session }: Pick<Here, "root" | "session">,
): Promise<Kits[Name]> {
  const found = (await KITS[name]()) as Kits[Name];
  wear(root, found.css);
  session.language.learn(found.words);
  return found;
}

/** The kit of that name once it is there, if it is `wanted`. */
export function useKit<Name extends keyof Kits>(name: Name, wanted: boolean): Kits[Name] | undefined {
  const here = useHere();
  const [found, set] = useState<{ kit?: Kits[Name] }>({});
  useEffect(() => {
    if (wanted && !found.kit)
      kit(name, here).then(
        (it) => set({ kit: it }),
        () => here.session.client.reachable.set(false),
      );
  }, [wanted]);
  return found.kit;
}

export function useActing(): Kits["acting"] | undefined {
  return useKit("acting", useSignal(useHere().touched));
}

/** Give what is in `root` some styles, once. */
export function wear(root: ShadowRoot, css: string): void {
  const sheet = sheetOf(css);
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
