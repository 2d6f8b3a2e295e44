const FOCUSABLE = ':is(button, a[href], textarea, input, select, [tabindex="0"]):not([tabindex="-1"], :disabled)';

/** Keep Tab inside `root`: after the last comes the first. */
export function trap(event: KeyboardEvent, root: ShadowRoot): void {
  if (event.key !== "Tab") return;
  const all = [...root.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((each) => each.checkVisibility());
  const at = all.indexOf(root.activeElement as HTMLElement);
  const to = event.shiftKey ? Math.max(at, 0) - 1 : at + 1;
  event.preventDefault();
  all.at(to % all.length)?.focus();
}
