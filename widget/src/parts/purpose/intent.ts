/** What somebody intends with a new discussion, and how the service is asked for it. Pure. */
import type { Template } from "../../wire";

export interface Intent {
  template?: Template | undefined;
  goal?: string | undefined;
  sponsor?: string | undefined;
  /** A day such as `2026-11-27`. */
  due?: string | undefined;
  visibility?: "internal" | "shared" | undefined;
}

/** What a template says, before anybody changes it. */
export function intended(template: Template): Intent {
  const { goal, sponsor, due_at, visibility } = template;
  return {
    template,
    goal: goal ?? undefined,
    sponsor: sponsor ?? undefined,
    due: due_at ? localDay(due_at) : undefined,
    visibility: visibility === "shared" ? "shared" : undefined,
  };
}

/** The members of a new thread that say it; what the template fills is left to it. */
export function asked({ template, goal, sponsor, due, visibility }: Intent): Record<string, unknown> {
  const filled: Intent = template ? intended(template) : {};
  const all = {
    template: template?.name,
    goal: goal?.trim() === filled.goal ? undefined : goal?.trim() || undefined,
    sponsor: sponsor === filled.sponsor ? undefined : sponsor,
    due_at: due && due !== filled.due ? new Date(`${due}T17:00:00`).toISOString() : undefined,
    visibility: visibility === filled.visibility ? undefined : visibility,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** The day of a moment where the reader is. */
function localDay(at: string): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
