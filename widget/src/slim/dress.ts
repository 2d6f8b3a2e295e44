/** Gives an element its attributes, listeners and values: only what differs from what it has. */

type Props = Record<string, unknown>;
type Listeners = Record<string, ((event: Event) => void) | undefined>;

const listeners = new WeakMap<EventTarget, Listeners>();

export function dress(
  element: Element,
  { children: _, ref: __, ...before }: Props,
  { children, ref, ...wanted }: Props,
): void {
  for (const name in { ...before, ...wanted }) {
    const value = wanted[name];
    if (/^(value|checked)$/.test(name)) hold(element, name, value ?? "");
    else if (before[name] === value) continue;
    else if (name.startsWith("on")) listen(element, name.slice(2).toLowerCase(), value as Listeners[string]);
    else attribute(element, name, value);
  }
}

/** Hand an element, or null when it goes, to whoever wants to know it. */
export function refer(ref: unknown, element: Element | null): void {
  if (ref) (ref as { current: Element | null }).current = element;
}

function hold(element: Element, name: string, value: unknown): void {
  const field = element as unknown as Props;
  if (field[name] !== value) field[name] = value;
}

/** One listener an element and event, whose function may be another at each rendering. */
function listen(element: Element, type: string, listener: Listeners[string]): void {
  const own = listeners.get(element) ?? {};
  listeners.set(element, own);
  element.addEventListener(type, heard); // a second time it is the same one
  own[type] = listener;
}

function heard(this: Element, event: Event): void {
  listeners.get(this)?.[event.type]?.(event);
}

/** As Preact does: `false` takes an attribute away, but for `aria-…` and `data-…`, which say so. */
function attribute(element: Element, name: string, value: unknown): void {
  const isSaid = value !== null && value !== undefined && (value !== false || name[4] === "-");
  if (isSaid) element.setAttribute(name, value === true && name[4] !== "-" ? "" : `${value}`);
  else element.removeAttribute(name);
}
