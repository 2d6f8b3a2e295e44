/**
 * Server-sent events, out of a body that comes in pieces. Pure.
 *
 * Source: HTML Living Standard, server-sent events, 9.2.6 (here without `\r` alone, which our service never writes).
 */

export interface Sent {
  kind: string;
  id?: string | undefined;
  data: string;
}

/** Takes pieces of a stream as they come. */
export class Events {
  #rest = "";
  /** After how many milliseconds to come again, where the stream said so. */
  retry = 0;

  /** The events that are whole now that `piece` came. */
  take(piece: string): Sent[] {
    const blocks = (this.#rest + piece).split(/\r?\n\r?\n/);
    this.#rest = blocks.pop() ?? "";
    return blocks.map((block) => this.#event(block)).filter((each) => each.data !== "");
  }

  #event(block: string): Sent {
    const sent: Sent = { kind: "message", data: "" };
    for (const line of block.split(/\r?\n/)) {
      const [, name, value = ""] = /^(\w*): ?(.*)$/.exec(line) ?? [];
      if (name === "event") sent.kind = value;
      else if (name === "id") sent.id = value;
      else if (name === "data") sent.data += sent.data ? `\n${value}` : value;
      else if (name === "retry") this.retry = Number(value);
    }
    return sent;
  }
}
