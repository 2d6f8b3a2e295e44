/** A value that says when it changed. */
export class Signal<T> {
  declare value: T;
  #listeners = new Set<(value: T) => void>();

  constructor(value: T) {
    this.value = value;
  }

  /** Take a new value; listeners hear of it if it differs. */
  set(value: T): void {
    if (value === this.value) return;
    this.value = value;
    for (const listener of [...this.#listeners]) listener(value);
  }

  /** Call `listener` at every change, until the returned function is called. */
  on(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** A signal that one only listens to. */
export type Heard<T> = Pick<Signal<T>, "value" | "on">;
