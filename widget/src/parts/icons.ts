/** Icons of an open discussion; those of pins are in `../icons`, those of what people do in `acting/icons`. */
import type { Icon } from "../icons";

const ring = "M2.2 8a5.8 5.8 0 1 0 11.6 0a5.8 5.8 0 1 0-11.6 0";

export const close: Icon = ["M4 4l8 8M12 4l-8 8"];
export const more: Icon = [
  "",
  "M1.95 8a1.25 1.25 0 1 0 2.5 0a1.25 1.25 0 1 0-2.5 0m4.8 0a1.25 1.25 0 1 0 2.5 0a1.25 1.25 0 1 0-2.5 0m4.8 0a1.25 1.25 0 1 0 2.5 0a1.25 1.25 0 1 0-2.5 0",
];
export const bell: Icon = ["M4 11V7.2a4 4 0 0 1 8 0V11l1.2 1.4H2.8zM6.7 14.2h2.6"];
export const question: Icon = [
  `${ring}M6.3 6.4a1.75 1.75 0 1 1 2.5 1.6c-.5.25-.8.6-.8 1.2`,
  "M7.15 11.1a.85.85 0 1 0 1.7 0a.85.85 0 1 0-1.7 0",
];
export const comment: Icon = [
  "M2.5 4.6c0-1 .7-1.6 1.6-1.6h7.8c.9 0 1.6.6 1.6 1.6v5c0 1-.7 1.6-1.6 1.6H7l-3 2.4v-2.4c-.9 0-1.5-.6-1.5-1.6z",
];
export const down: Icon = ["M4 6.2L8 10l4-3.8"];
export const left: Icon = ["M9.8 4L6 8l3.8 4"];
