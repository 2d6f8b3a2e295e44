/** A menu in the top layer, where nothing of the host can cut it. */
import type { ComponentChild, RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../bits";
import type { Choice } from "../menu";
import { place } from "./place";

interface Props {
  label: string;
  button: RefObject<HTMLButtonElement | null>;
  choices: Choice[];
  end: () => void;
}

export function Popup({ label, button, choices, end }: Props) {
  const menu = useRef<HTMLDivElement>(null);
  const [asked, setAsked] = useState<ComponentChild>(null);
  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>("[role]") ?? [])];
  useEffect(() => {
    const [popup, anchor] = [menu.current as HTMLElement, button.current as HTMLButtonElement];
    anchor.popoverTargetElement = popup;
    anchor.popoverTargetAction = "show"; // the click that opened it may not have ended yet: by default it would hide it again
    popup.showPopover();
    const stop = place(popup, anchor);
    return () => {
      stop();
      anchor.popoverTargetElement = null;
    };
  }, []);
  /** What is chosen, where all is a choice of one; else the first. */
  useEffect(
    () =>
      items()
        .find((each, _, [first]) => !first?.ariaChecked || each.ariaChecked === "true")
        ?.focus(),
    [!choices[0]],
  );
  const leave = () => {
    end();
    button.current?.focus();
  };
  const key = (event: KeyboardEvent) => {
    const all = items();
    const at = all.indexOf(event.target as HTMLElement);
    const to = asked ? undefined : { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) all.at(to % all.length)?.focus();
    else if (event.key === "Escape") leave();
    else if (event.key === "Tab" && !asked) end();
    if (to !== undefined || event.key === "Escape") event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      class="ap-pop"
      popover="auto"
      role={asked ? "dialog" : "menu"}
      aria-label={label}
      ref={menu}
      onToggle={(event: { newState: string }) => event.newState === "closed" && end()}
      onKeyDown={key}
    >
      {asked ??
        choices.map((choice) => (
          <button
            type="button"
            class="ap-opt"
            tabIndex={-1}
            key={choice.text}
            onClick={() => {
              if (choice.asks) choice.asks(leave).then(setAsked, leave);
              else {
                leave();
                choice.run?.();
              }
            }}
            role={choice.checked === undefined ? "menuitem" : "menuitemradio"}
            aria-checked={choice.checked}
          >
            <Icon of={choice.icon} />
            <b>{choice.text}</b>
            {choice.keys && <kbd class="ap-kbd">{choice.keys}</kbd>}
            {choice.help && <span>{choice.help}</span>}
          </button>
        ))}
    </div>
  );
}
