/** Recorded values as people at work write them. Pure. */
import { day } from "./figures";
import type { Field } from "./wire";

/** A value in the reader's language, without its unit. */
export function figure(field: Field, locale: string, yes: string, no: string): string {
  const { value, type } = field;
  if (typeof value === "boolean") return value ? yes : no;
  if (typeof value === "number") return amount(value, type, locale);
  if (type === "date" && value && !Number.isNaN(Date.parse(value))) return day(value, locale, { year: "numeric" });
  return value ?? "";
}

/** A number as an amount of `type`: money with two decimals where it has any, a percentage with its sign. */
export function amount(value: number, type: Field["type"], locale: string): string {
  if (type === "percent")
    return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 }).format(value / 100);
  const decimals = type === "money" && !Number.isInteger(value) ? 2 : 0;
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: type === "money" ? 2 : 6,
  }).format(value);
}
