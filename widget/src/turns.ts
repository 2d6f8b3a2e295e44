/**
 * Work that comes many times at once, as with the pins of a whole table: a little in a task, and frames of the page in between.
 *
 * Law: what is asked for again before its turn is done once, and what is alone is done at once.
 */
const SLICE = 8;

const waiting = new Set<() => void>();
/** Until when this task may work; 0 when none is to come. */
let until = 0;

export function inTurn(work: () => void): void {
  if (!until) next();
  if (waiting.size === 0 && performance.now() < until) work();
  else waiting.add(work);
}

function next(): void {
  until = performance.now() + SLICE;
  setTimeout(run);
}

function run(): void {
  until = 0;
  if (waiting.size) next();
  for (const work of waiting) {
    waiting.delete(work);
    work();
    if (performance.now() > until) return;
  }
}
