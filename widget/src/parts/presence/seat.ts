/**
 * Where this page says that whoever looks is: at the place that was opened last, and that they write.
 *
 * Law: it is said seldom, and taken back when the place is closed, the page is hidden, or nobody touched it for minutes.
 */
import type { Live } from "../../live";
import type { Place, Session } from "../../session";

const PAUSE = 500;
const IDLE = 5 * 60_000;
const WRITING = 3_000;
const SIGNS = ["pointermove", "pointerdown", "keydown", "wheel", "focus"];

export class Seat {
  #live: Live;
  #places: Place[] = [];
  #said = "null";
  #pausing: ReturnType<typeof setTimeout> | undefined;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #touched = 0;
  #isAway = false;
  #wrote = { thread: "", at: 0 };
  #quit = new AbortController();

  constructor({ live }: Session) {
    this.#live = live;
    live.connected.on(() => {
      this.#said = "null";
    });
  }

  /** Be at a place until the returned function is called. */
  take(place: Place): () => void {
    this.#places.push(place);
    if (this.#said === "null") this.#said = ""; // before this was there, `others.ts` said where one is
    if (this.#places.length === 1) this.#watch();
    this.#settle();
    return () => {
      this.#places = this.#places.filter((each) => each !== place);
      if (this.#places.length === 0) this.#quit.abort();
      this.#settle();
    };
  }

  /** Say it again, though it was said: it is listened to anew, or somebody chose to be seen or not to be. */
  again(): void {
    this.#said = "";
    this.#settle();
  }

  /** Say that whoever looks writes in a discussion. */
  write(thread: string): void {
    const now = Date.now();
    if (thread === this.#wrote.thread && now - this.#wrote.at < WRITING) return;
    this.#wrote = { thread, at: now };
    this.#live.say({ typing: { thread_id: thread } });
  }

  #watch(): void {
    this.#quit = new AbortController();
    const { signal } = this.#quit;
    document.addEventListener("visibilitychange", () => this.#settle(), { signal });
    for (const sign of SIGNS) addEventListener(sign, () => this.#touch(), { capture: true, passive: true, signal });
    signal.addEventListener("abort", () => clearTimeout(this.#resting));
    this.#touch();
    this.#rest();
  }

  #touch(): void {
    this.#touched = Date.now();
    if (!this.#isAway) return;
    this.#isAway = false;
    this.#settle();
    this.#rest();
  }

  /** Look again when they would be idle, had they touched nothing since. */
  #rest(): void {
    this.#resting = setTimeout(
      () => {
        this.#isAway = Date.now() - this.#touched >= IDLE;
        if (this.#isAway) this.#settle();
        else this.#rest();
      },
      this.#touched + IDLE - Date.now(),
    );
  }

  #settle(): void {
    this.#pausing ??= setTimeout(() => {
      this.#pausing = undefined;
      this.#say();
    }, PAUSE);
  }

  #say(): void {
    const present = document.hidden || this.#isAway ? null : (this.#places.at(-1) ?? null);
    const said = JSON.stringify(present);
    if (said === this.#said || !this.#live.connected.value) return;
    this.#said = said;
    this.#live.say({ present });
  }
}

const seats = new WeakMap<Session, Seat>();

/** The page's one seat: a connection is at one place. */
export function seatOf(session: Session): Seat {
  const seat = seats.get(session) ?? new Seat(session);
  seats.set(session, seat);
  return seat;
}
