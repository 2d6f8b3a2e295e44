/** A discussion on paper. */
export { default as css } from "virtual:sheet/printing";
export const words = {};
