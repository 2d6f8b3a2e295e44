/** Puts an entry off: a button and the times there are. */
import { useRef, useState } from "preact/hooks";
import { Popup } from "../parts/acting/popup";
import { Button } from "../parts/bits";
import type { Choice } from "../parts/menu";
import { snooze } from "./icons";

export function Later({ label, choices, tabIndex }: { label: string; choices: Choice[]; tabIndex: number }) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Button
        v="quiet"
        icon={snooze}
        label={label}
        to={button}
        tabIndex={tabIndex}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={(event) => {
          event.preventDefault(); // else the same click closes what it opened
          setOpen(!isOpen);
        }}
      />
      {isOpen && <Popup label={label} button={button} choices={choices} end={() => setOpen(false)} />}
    </>
  );
}
