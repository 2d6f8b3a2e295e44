/** `<apropos-inbox view filter>`: everything that waits for whoever looks, as a page of its own or as a drawer. */
import type { Painted } from "../inbox/paint";
import type { Session } from "../session";
import { SHELVES, type Shelf } from "../wire";
import { Shell } from "./shell";

export class InboxElement extends Shell {
  static observedAttributes = ["view", "filter"];
  #painted: Painted | null = null;

  protected async begin(session: Session): Promise<void> {
    const filter = this.getAttribute("filter") as Shelf;
    const shelf = SHELVES.includes(filter) ? filter : "for-you";
    const view = this.getAttribute("view") === "drawer" ? "drawer" : "page";
    const { paint } = await import("../inbox/paint");
    if (this.session !== session) return;
    const emit = (name: string, detail: unknown) => this.emit(name, detail);
    this.#painted = paint(this.root, this.wrapper, session, { view, shelf, emit });
  }

  protected show(): void {
    this.#painted?.again();
  }

  override end(): void {
    super.end();
    this.#painted?.end();
    this.#painted = null;
  }
}
