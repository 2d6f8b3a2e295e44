/** `<apropos-inbox view filter>`: everything that waits for whoever looks, as a page of its own or as a drawer. */
import { painted } from "./painted";

export const InboxElement = painted(["view", "filter"], () => import("../inbox/paint"), "brush");
