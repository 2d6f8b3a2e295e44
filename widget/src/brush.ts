/** Shows a place of discussion in an element that is not the panel. */
import css from "virtual:sheet/standing";
import type { ComponentType } from "preact";
import type { Canvas, Painting } from "./elements/painted";
import { wear } from "./parts/kits";
import { paint, type Shown } from "./parts/paint";
import type { Session } from "./session";

/** Show the discussion, or those of the place, that an element's attributes name; `View` does it, else all that a panel shows. */
export function brush(canvas: Canvas, session: Session, View?: ComponentType<Shown>): Painting | null {
  const thread = canvas.getAttribute("thread");
  const record = canvas.getAttribute("record");
  const source = thread ? { thread } : record && { record, field: canvas.getAttribute("field") };
  wear(canvas.root, css);
  return source ? paint(canvas, session, { source }, View) : null;
}
