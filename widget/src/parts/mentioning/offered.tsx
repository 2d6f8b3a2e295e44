/** A list beside a field while somebody writes. The field keeps the focus; its keys are heard here before anybody else hears them. */
import type { ComponentChild, RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { place } from "../acting/place";

/** How many there were: each has an id of its own. */
let lists = 0;

interface Props<Item> {
  field: RefObject<HTMLTextAreaElement | null>;
  label: string;
  /** At least one. */
  items: Item[];
  /** What was typed to find them: another begins at the first. */
  asked: string;
  /** A row's class, and what it shows. */
  row: string;
  show: (item: Item) => ComponentChild;
  pick: (item: Item) => void;
  dismiss: () => void;
}

export function Offered<Item>({ field, label, items, asked, row, show, pick, dismiss }: Props<Item>) {
  const element = field.current as HTMLTextAreaElement;
  const list = useRef<HTMLDivElement>(null);
  const [moved, move] = useState({ asked, by: 0 });
  const at = (moved.asked === asked ? moved.by + items.length : 0) % items.length;
  const [id] = useState(() => `ap-offered-${++lists}`);
  const key = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) move({ asked, by: at + step });
    else if ((event.key === "Enter" || event.key === "Tab") && !event.ctrlKey && !event.metaKey)
      pick(items[at] as Item);
    else if (event.key === "Escape") dismiss();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  useEffect(() => {
    element.addEventListener("keydown", key, { capture: true });
    return () => element.removeEventListener("keydown", key, { capture: true });
  });
  useEffect(() => {
    element.setAttribute("aria-controls", id);
    element.setAttribute("aria-activedescendant", `${id}-${at}`);
  });
  useEffect(() => {
    const popover = list.current as HTMLElement;
    popover.showPopover();
    return place(popover, element, "start");
  }, [items.length]);
  useEffect(
    () => () => {
      element.removeAttribute("aria-controls");
      element.removeAttribute("aria-activedescendant");
    },
    [],
  );
  return (
    <div class="ap-pop" popover="manual" role="listbox" id={id} aria-label={label} ref={list}>
      {items.map((item, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and hears the keys
        <div
          class={row}
          role="option"
          id={`${id}-${index}`}
          key={index}
          tabIndex={-1}
          aria-selected={index === at}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => pick(item)}
        >
          {show(item)}
        </div>
      ))}
    </div>
  );
}
