/**
 * Where the focus goes when what had it goes: a form that is done, a button that was pressed, a message that is another kind now.
 *
 * Law: it is put back only where nobody took it elsewhere, and never out of the panel.
 */

/** So many places are remembered that had the focus. */
const MANY = 8;
const FOCUSABLE = ":is(button, a[href], textarea, input, select):not([tabindex='-1'], :disabled)";
const minded = new WeakSet<ShadowRoot>();

/** Keep the focus in `root` from now on, whatever is drawn anew there; something in `path` was pressed just now, when `active` had it. */
export function keepFocus(root: ShadowRoot, active: Element | null, path: EventTarget[]): void {
  if (minded.has(root)) return;
  minded.add(root);
  let had = active ? [active as HTMLElement] : [];
  let above = active ? path.filter((each) => each instanceof HTMLElement) : [];
  let isByKeys = !!active?.matches(":focus-visible");
  const take = (target: HTMLElement) => {
    had = [target, ...had.filter((each) => each !== target && each.isConnected)].slice(0, MANY);
    above = ancestors(target);
    isByKeys = target.matches(":focus-visible");
  };
  const rest = () => {
    if (!isLost(root) || !above[0]) return;
    const to =
      heir(root, above) ?? had.find((each) => each.checkVisibility()) ?? root.querySelector<HTMLElement>("h2, h3");
    to?.focus({ preventScroll: !isByKeys });
  };
  root.addEventListener("focusin", ({ target }) => take(target as HTMLElement));
  root.addEventListener("focusout", ({ target }) =>
    queueMicrotask(() => {
      if (!root.activeElement && (target as Node).isConnected) above = []; // somebody left; what goes is gone a moment later
    }),
  );
  const look = () => {
    if (above[0] && !had[0]?.isConnected && isLost(root)) setTimeout(rest); // who moves it on purpose did so by then
  };
  new MutationObserver(look).observe(root, { childList: true, subtree: true });
  if (root.activeElement) take(root.activeElement as HTMLElement);
  look();
}

/** What takes the place of something that stood in `above`: its message as it is drawn now, else what is in its row or list. */
function heir(root: ShadowRoot, above: HTMLElement[]): HTMLElement | undefined {
  const id = above.find((each) => each.dataset.id)?.dataset.id;
  const message = id && root.querySelector<HTMLElement>(`[data-id="${id}"]`);
  if (message) return message;
  const list = above.find((each) => each.isConnected && each.matches("li, .ap-todo"));
  return list?.querySelector<HTMLElement>(FOCUSABLE) ?? undefined;
}

function ancestors(element: HTMLElement | null): HTMLElement[] {
  return element ? [element, ...ancestors(element.parentElement)] : [];
}

/** Whether nothing in the page has the focus. */
function isLost({ host }: ShadowRoot): boolean {
  return host.isConnected && (document.activeElement ?? document.body) === document.body;
}
