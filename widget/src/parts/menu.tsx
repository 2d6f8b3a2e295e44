/** A button that opens a menu. What is in the menu, and how it stands, comes when it is opened. */
import type { ComponentChild, ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Icon } from "../icons";
import { Button } from "./bits";
import { type Kits, useKit } from "./kits";

interface Props {
  label: string;
  icon: Icon;
  choices: (acting: Kits["acting"]) => Choice[];
  tabIndex?: number;
  /** Whether it looks like the buttons beside it. */
  framed?: boolean;
  children?: ComponentChildren;
}

export interface Choice {
  icon: Icon;
  text: string;
  help?: string;
  keys?: string;
  checked?: boolean;
  run?: () => void;
  /** What stands in the menu's place when this is chosen, if it asks for more; `end` closes that. */
  asks?: (end: () => void) => Promise<ComponentChild>;
}

export function Menu({ label, icon, choices, tabIndex, framed, children }: Props) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const acting = useKit("acting", isOpen);
  return (
    <>
      <Button
        v={framed ? undefined : "quiet"}
        icon={icon}
        label={label}
        to={button}
        tabIndex={tabIndex}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {children}
      </Button>
      {isOpen && acting && (
        <acting.Popup label={label} button={button} choices={choices(acting)} end={() => setOpen(false)} />
      )}
    </>
  );
}
