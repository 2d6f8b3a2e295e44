/**
 * Puts a discussion on paper as a record: in place of the page around it where it was asked for from here, else after that.
 *
 * Law: it stands beside the host's page while the browser prints, hides that on paper alone, and leaves nothing behind.
 */
import { render } from "preact";
import { useEffect } from "preact/hooks";
import { dress } from "../../theme";
import { type Here, HereContext, useHere } from "../here";
import type { Talk } from "../talk";
import { Paper } from "./paper";
import { complete, pictured } from "./whole";

const LONG = "html{height:auto!important;overflow:visible!important}";
const ALONE = "html{background:#fff!important;color-scheme:light!important}body{display:none!important}";

/** The discussions that are on paper now, by how each is taken off. */
const laid = new Map<Here, () => void>();

/** What makes the foot of each page, once somebody printed from the menu. */
let footed: ((paper: Element) => string) | undefined;

/** Print it whole, and nothing else. */
export async function print(here: Here, talk: Talk): Promise<void> {
  await complete(here, talk).catch(() => undefined);
  ({ footed } = await import("./footer").catch(() => ({ footed })));
  await new Promise(requestAnimationFrame); // all that came shows first
  await pictured(lay(here, talk, true));
  globalThis.print();
}

/** Is there while a discussion shows, so that printing the page prints it too. */
export function Ready({ talk }: { talk: Talk }) {
  const here = useHere();
  useEffect(() => {
    const begin = () => void lay(here, talk, here.root.activeElement !== null);
    const end = () => laid.get(here)?.();
    addEventListener("beforeprint", begin);
    addEventListener("afterprint", end);
    return () => {
      removeEventListener("beforeprint", begin);
      removeEventListener("afterprint", end);
      end();
    };
  }, []);
  return null;
}

/** Lay it on paper, with or without the host's page before it, unless it is there; returns the paper. */
function lay(here: Here, talk: Talk, isAlone: boolean): ParentNode {
  laid.get(here)?.();
  const { root, session } = here;
  const paper = document.createElement("div");
  const on = paper.attachShadow({ mode: "open" });
  const wrapper = document.createElement("div");
  const shown = root.querySelector<HTMLElement>(".ap") as HTMLElement;
  const sheet = new CSSStyleSheet();
  const focused = root.activeElement as HTMLElement | null;
  on.adoptedStyleSheets = root.adoptedStyleSheets;
  on.append(wrapper);
  dress(wrapper, root.host as HTMLElement, { ...session.look.value, theme: "light" });
  wrapper.className = "ap ap-paper";
  wrapper.dataset.aproposTheme = "light";
  wrapper.toggleAttribute("data-alone", isAlone);
  shown.toggleAttribute("data-laid", true);
  document.documentElement.append(paper);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  render(
    <HereContext.Provider value={here}>
      <Paper talk={talk} />
    </HereContext.Provider>,
    wrapper,
  );
  sheet.replaceSync(`@media print{${LONG}${isAlone ? ALONE : ""}${footed?.(wrapper) ?? ""}}`);
  laid.set(here, () => {
    laid.delete(here);
    render(null, wrapper);
    paper.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    shown.toggleAttribute("data-laid", false);
    if (focused?.isConnected && root.activeElement !== focused) focused.focus({ preventScroll: true });
  });
  return on;
}
