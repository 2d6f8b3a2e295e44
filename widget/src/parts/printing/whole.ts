/** Brings what a discussion lacks before it is printed: messages that were not read yet, and the pictures in them. */
import { contentsOf } from "../contents";
import type { Here } from "../here";
import { type Kits, kit } from "../kits";
import type { Talk } from "../talk";

const PAGE = 100;
/** How long pictures are waited for, in milliseconds. */
const PATIENCE = 5_000;
const PAUSE = 50;

/** How many of its messages are not here. */
export function missing({ comments, comment_count }: Talk["thread"]): number {
  return Math.max(0, comment_count - comments.filter((each) => !each.withdrawn_at).length);
}

/** Fetch every message of it, and the kits that show them; what cannot be had is left out. */
export async function complete(here: Here, talk: Talk): Promise<void> {
  const { id } = talk.thread;
  const { fetchSome } = await kit("folding", here);
  let after: string | undefined;
  for (let isMore = missing(talk.thread) > 0; isMore; ) {
    const page = await fetchSome(here, id, { after, limit: `${PAGE}` }).catch(() => []);
    after = page.at(-1)?.id;
    isMore = page.length === PAGE;
  }
  const names = Object.entries(contentsOf(talk.thread, talk.conversation)).filter(([, wanted]) => wanted);
  await Promise.all(names.map(([name]) => kit(name as keyof Kits, here)));
}

/** Wait until each picture in `paper` is drawn, or for as long as one waits. */
export async function pictured(paper: ParentNode): Promise<void> {
  const isDrawn = (each: Element) => each.querySelector("img")?.complete;
  for (let waited = 0; waited < PATIENCE; waited += PAUSE) {
    if ([...paper.querySelectorAll(".ap-image")].every(isDrawn)) return;
    await new Promise((go) => setTimeout(go, PAUSE));
  }
}
