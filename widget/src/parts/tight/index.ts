/** A low window, or one that is much enlarged: all but the head's bar and the field scrolls together. */
export { default as css } from "virtual:sheet/tight";
export const words = {};
