/** `<apropos-thread thread | record+field>`: one discussion in the page itself. */
import { painted } from "./painted";

export const ThreadElement = painted(["thread", "record", "field"], () => import("../brush"), "brush");
