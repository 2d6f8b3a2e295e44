/** The value that a discussion came to: what the record says, until somebody says otherwise; it may be none. */
import type { Field } from "../../wire";
import { useHere } from "../here";

interface Props {
  field: Field;
  text: string;
  set: (text: string) => void;
}

/** Asks for it; `text` is what stands there. */
export function Worth({ field, text, set }: Props) {
  const { say } = useHere();
  const typed = ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLSelectElement }) =>
    set(currentTarget.value);
  return (
    <div class="ap-field">
      <label for="worth">
        {say("outcome_value")} {field.unit && `(${field.unit})`}
      </label>
      {typeof field.value === "boolean" ? (
        <select class="ap-select" id="worth" onChange={typed}>
          {["", "true", "false"].map((each) => (
            <option key={each} value={each} selected={each === text}>
              {each && say(each === "true" ? "yes" : "no")}
            </option>
          ))}
        </select>
      ) : (
        <input {...kindOf(field)} step="any" dir="auto" maxLength={1000} id="worth" value={text} onInput={typed} />
      )}
    </div>
  );
}

/** How the record's value stands there at first. */
export function textOf(field: Field | null): string {
  return `${field?.value ?? ""}`;
}

/** What stands there, as the record has its values; undefined where nothing does. */
export function worthOf(text: string, field: Field | null): Field["value"] | undefined {
  if (!text.trim() || !field) return undefined;
  if (typeof field.value === "boolean") return text === "true";
  return isNumber(field) ? Number(text) : text.trim();
}

function kindOf(field: Field): { type: "text" } {
  const isDay = field.type === "date" && /^(\d{4}-\d\d-\d\d)?$/.test(textOf(field));
  return { type: (isNumber(field) ? "number" : isDay ? "date" : "text") as "text" };
}

function isNumber({ value, type }: Field): boolean {
  return typeof value === "number" || (value === null && /^(number|money|percent)$/.test(type ?? ""));
}
