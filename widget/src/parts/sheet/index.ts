/** A sheet on a phone: it keeps the focus, is drawn down to close it, and once it is scrolled its head shrinks to two lines. */
import { LOW } from "../contents";

export { default as css } from "virtual:sheet/sheet";
export { Grip } from "./grip";
export const words = {};

/** What the purpose and the value have then; not in a low window, where they scroll away. */
export const shrunk = () => (innerHeight < LOW ? undefined : { "data-condensed": "" });
