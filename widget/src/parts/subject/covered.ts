/** Whether the value in the host's page shows; what lets it show comes where it does not. */
import type { Here } from "../here";

export async function look(here: Here): Promise<void> {
  const cells = [...document.querySelectorAll("[data-apropos-open]")];
  if (!here.close || !cells[0] || cells.some(isSeen)) return;
  const { uncover } = await import("../uncovering");
  uncover(cells[0], here);
}

/** Whether both of its ends are what one would press there. */
function isSeen(cell: Element): boolean {
  const { left, right, top, bottom } = cell.getBoundingClientRect();
  return [left + 2, right - 2].every((x) => cell.contains(document.elementFromPoint(x, (top + bottom) / 2)));
}
