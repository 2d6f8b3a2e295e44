/**
 * Elements whose insides come when their tag is in a page.
 *
 * Law: the script knows no more of them than their tags, what they observe and where the rest is.
 */
import type { Session } from "../session";
import { Shell } from "./shell";

/** What an element is to whatever fills it. */
export type Canvas = Pick<Shell, "root" | "wrapper" | "getAttribute" | "emit">;

/** What fills an element; it does so `again` when the look or the words changed. */
export interface Painting {
  again: () => void;
  end: () => void;
}

/** Fills an element, or null where its attributes do not say enough. */
export type Brush = (canvas: Canvas, session: Session) => Painting | null;

/** An element that observes `attributes` and is filled by the brush called `name` in what `load` brings. */
export function painted<Name extends string>(
  attributes: string[],
  load: () => Promise<{ [each in Name]: Brush }>,
  name: Name,
) {
  return class Painted extends Shell {
    static observedAttributes = attributes;
    #painting: Painting | null = null;

    protected async begin(session: Session): Promise<void> {
      this.again();
      const { [name]: brush } = await load();
      if (this.session === session) this.#painting = brush(this, session);
    }

    protected show(): void {
      this.#painting?.again();
    }

    override end(): void {
      super.end();
      this.#painting?.end();
      this.#painting = null;
    }
  };
}
