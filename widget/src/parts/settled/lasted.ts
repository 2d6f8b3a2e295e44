/** How long something took, in the largest unit that says it: "16 days", "3 hours". Pure. */

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

export function lasted(from: string, to: string, locale: string): string {
  const time = Date.parse(to) - Date.parse(from);
  const [unit, length] = UNITS.find(([, size]) => time >= size) ?? UNITS[2];
  const count = Math.max(1, Math.round(time / length));
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(count);
}
