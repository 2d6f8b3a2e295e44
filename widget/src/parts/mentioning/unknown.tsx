/** In the place of a list: that it could not be had. */
import { useEffect, useRef } from "preact/hooks";
import { place } from "../acting/place";
import { useHere } from "../here";

export function Unknown({ field }: { field: HTMLElement }) {
  const { say } = useHere();
  const note = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const popover = note.current as HTMLElement;
    popover.showPopover();
    return place(popover, field, "start");
  }, []);
  return (
    <div class="ap-pop" popover="manual" ref={note}>
      <p class="ap-pop-note">{say("people_unknown")}</p>
    </div>
  );
}
