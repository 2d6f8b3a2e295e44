/** What a screen reader is told: three regions that are there from the start and else empty. */
import { useEffect, useState } from "preact/hooks";
import { Signal } from "../signal";
import { useSignal } from "./here";

const BATCH = 250;
const STAYS = 2_000;

export class Regions {
  readonly status = new Signal("");
  readonly log = new Signal("");
  readonly alert = new Signal("");
  #recent: number[] = [];

  /** New messages: each by itself, or how many when there are more than three in ten seconds. */
  arrived(text: string, many: (count: number) => string): void {
    const now = Date.now();
    this.#recent = [...this.#recent.filter((at) => now - at < 10_000), now];
    this.log.set(this.#recent.length > 3 ? many(this.#recent.length) : text);
  }
}

export function LiveRegions({ regions }: { regions: Regions }) {
  return (
    <>
      <Region role="status" of={regions.status} />
      <Region role="log" of={regions.log} />
      <Region role="alert" of={regions.alert} />
    </>
  );
}

function Region({ role, of }: { role: "status" | "log" | "alert"; of: Signal<string> }) {
  const text = useSignal(of);
  const [said, say] = useState("");
  useEffect(() => {
    if (!text) return undefined;
    const timers = [
      setTimeout(() => say(text), BATCH),
      setTimeout(() => {
        say("");
        of.set("");
      }, STAYS),
    ];
    return () => timers.forEach(clearTimeout);
  }, [text]);
  return (
    <div class="ap-sr" role={role}>
      {said}
    </div>
  );
}
