/** Asks for a day, in a menu that offers one. */
import css from "virtual:sheet/dating";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "./parts/bits";
import { wear } from "./parts/kits";
import type { Language } from "./words";

interface Props {
  say: Language["say"];
  /** Hears the day, at 9 in the morning. */
  chosen: (until: Date) => void;
}

/** The form, for whoever is not a part. */
export const dating = (say: Props["say"], chosen: Props["chosen"]) => <Dating say={say} chosen={chosen} />;

function Dating({ say, chosen }: Props) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const input = field.current as HTMLInputElement;
    wear(input.getRootNode() as ShadowRoot, css);
    const now = new Date();
    input.valueAsNumber = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() + 1);
    input.min = input.value;
    input.focus();
  }, []);
  const choose = () => {
    const { value, validity } = field.current as HTMLInputElement;
    if (value && validity.valid) chosen(new Date(`${value}T09:00`));
    else field.current?.reportValidity();
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    choose();
  };
  return (
    <div class="ap-dating">
      <label class="ap-field">
        <span class="ap-label">{say("a_date")}</span>
        <input type="date" required ref={field} onKeyDown={key} />
      </label>
      <Button v="primary" onClick={choose}>
        {say("later")}
      </Button>
    </div>
  );
}
