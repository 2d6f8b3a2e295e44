/** The recorded value of a discussion. */

import { useEffect } from "preact/hooks";
import { amount } from "../../amounts";
import type { Field } from "../../wire";
import { Icon } from "../bits";
import { useHere } from "../here";
import { look } from "./covered";
import { figured } from "./figured";
import { arrow } from "./icons";

/** Then, when the discussion began, and now. */
export function Value({
  then,
  now,
  shrunk,
}: {
  then: Field | null;
  now: Field | null;
  shrunk?: object | false | undefined;
}) {
  const here = useHere();
  const { say, locale } = here;
  useEffect(() => void look(here), []);
  const field = now ?? then;
  if (!field) return null;
  const isSame = !then || then.value === now?.value;
  const since = () => {
    const change = isSame ? 0 : Number(now?.value) - Number(then?.value);
    const isNumber = typeof then?.value === "number" && typeof now?.value === "number";
    if (isSame) return say("value_same");
    if (!isNumber) return say("value_changed");
    return say(change < 0 ? "value_less" : "value_more", { amount: amount(Math.abs(change), field.type, locale) });
  };
  return (
    <div
      class="ap-value"
      part="value"
      role="group"
      aria-label={say("recorded_value")}
      data-same={isSame ? "" : undefined}
      {...shrunk}
    >
      <span class="ap-value-label">{field.label ?? say("recorded_value")}</span>
      <span class="ap-value-pair">
        {!isSame && (
          <>
            <del>
              <span class="ap-sr">{say("was")}</span>
              {figured(here, then)}
            </del>
            <Icon of={arrow} s={14} flip />
          </>
        )}
        <ins>
          {!isSame && <span class="ap-sr">{say("is")}</span>}
          {figured(here, now)}
        </ins>
        {field.unit && <span class="ap-muted">{field.unit}</span>}
      </span>
      {then && <span class="ap-value-since">{since()}</span>}
    </div>
  );
}
