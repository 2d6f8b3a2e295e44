/**
 * How every element looks: sheets made once and shared, and what the host chose for all of them.
 *
 * Law: no `style` attribute and no `<style>` element anywhere, so that any policy of the host's page is kept.
 */
export interface Look {
  theme?: string | null | undefined;
  density?: string | null | undefined;
  lang: string;
}

/** What each element may say of its own look. */
export const LOOKS = ["theme", "density"] as const;

/** How much a button asks to be pressed. */
export type Manner = "primary" | "quiet" | "link";

const made = new Map<string, CSSStyleSheet>();

/** The sheet for some CSS; the same CSS is the same sheet. */
export function sheetOf(css: string): CSSStyleSheet {
  let sheet = made.get(css);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    made.set(css, sheet);
  }
  return sheet;
}

/** Give `wrapper`, which holds all that `element` shows, the look: the element's own attributes count before the page's. */
export function dress(wrapper: HTMLElement, element: HTMLElement, look: Look): void {
  for (const name of LOOKS) {
    const value = element.getAttribute(name) ?? look[name];
    if (value) wrapper.setAttribute(`data-apropos-${name}`, value);
    else wrapper.removeAttribute(`data-apropos-${name}`);
  }
  wrapper.lang = look.lang;
}
