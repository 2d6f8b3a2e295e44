/** `<apropos-thread thread | record+field>`: one discussion in the page itself. */
import type { Painting } from "../parts/paint";
import type { Session } from "../session";
import { Shell } from "./shell";

export class ThreadElement extends Shell {
  static observedAttributes = ["thread", "record", "field"];
  #painting: Painting | null = null;

  protected async begin(session: Session): Promise<void> {
    const thread = this.getAttribute("thread");
    const record = this.getAttribute("record");
    if (!thread && !record) return;
    const source = thread ? { thread } : { record: record as string, field: this.getAttribute("field") };
    const { paint } = await import("../parts/paint");
    if (this.session !== session) return;
    const emit = (name: string, detail: unknown) => this.emit(name, detail);
    this.#painting = paint(this.root, this.wrapper, session, { source, emit });
  }

  protected show(): void {
    this.#painting?.again();
  }

  override end(): void {
    super.end();
    this.#painting?.end();
    this.#painting = null;
  }
}
