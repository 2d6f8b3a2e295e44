/** Small things that many parts show: icons, avatars, buttons, times. */
import type { ButtonHTMLAttributes, ComponentChildren, RefObject } from "preact";
import { colour, fullDate, initials, when } from "../figures";
import type { Icon as Drawing } from "../icons";
import type { Manner } from "../theme";
import { useHere } from "./here";

export function Icon({ of, s, flip }: { of: Drawing; s?: 12 | 14 | undefined; flip?: boolean | undefined }) {
  return (
    <svg class="ap-i" viewBox="0 0 16 16" aria-hidden="true" data-s={s} data-flip={flip ? "" : undefined}>
      {of[0] && <path d={of[0]} />}
      {of[1] && <path class="f" d={of[1]} />}
    </svg>
  );
}

export function Avatar({ id, name, small, ...marks }: { id: string; name: string; small?: boolean }) {
  return (
    <span
      {...marks}
      class="ap-av"
      data-slot={colour(id)}
      data-ini={initials(name)}
      data-s={small ? "s" : undefined}
      aria-hidden="true"
    />
  );
}

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "icon" | "label"> & {
  /** What it looks like. `link` comes with the kits that have such a button. */
  v?: Manner;
  big?: boolean;
  icon?: Drawing;
  flip?: boolean;
  label?: string;
  to?: RefObject<HTMLButtonElement | null>;
  children?: ComponentChildren;
};

/** A button; with `label` and no children it is its icon alone. */
export function Button({ v, big, icon, flip, label, to, children, ...rest }: ButtonProps) {
  const alone = icon && !children;
  return (
    <button
      type="button"
      class="ap-btn"
      data-v={v}
      data-s={big ? undefined : "s"}
      data-icon={alone ? "" : undefined}
      aria-label={label}
      title={alone ? label : undefined}
      ref={to}
      {...rest}
    >
      {icon && <Icon of={icon} s={alone ? undefined : 14} flip={flip} />}
      {children}
    </button>
  );
}

export function Time({ at }: { at: string }) {
  const { locale } = useHere();
  return (
    <time dateTime={at} title={fullDate(at, locale)}>
      {when(at, locale)}
    </time>
  );
}
