/** Icons of an open discussion; those of pins are in `../icons`, those of what people do in `acting/icons`. */
import type { Icon } from "../icons";

const ring = "M2.2 8a5.8 5.8 0 1 0 11.6 0a5.8 5.8 0 1 0-11.6 0";
const dot = (x: number, y: number, r: number) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;

export const close: Icon = ["M4 4l8 8M12 4l-8 8"];
export const more: Icon = ["", dot(3.2, 8, 1.25) + dot(8, 8, 1.25) + dot(12.8, 8, 1.25)];
export const bell: Icon = ["M4 11V7.2a4 4 0 0 1 8 0V11l1.2 1.4H2.8zM6.7 14.2h2.6"];
export const done: Icon = [`${ring}M5.4 8.2l1.9 1.9 3.4-3.8`];
export const question: Icon = [`${ring}M6.3 6.4a1.75 1.75 0 1 1 2.5 1.6c-.5.25-.8.6-.8 1.2`, dot(8, 11.1, 0.85)];
export const comment: Icon = [
  "M2.5 4.6c0-1 .7-1.6 1.6-1.6h7.8c.9 0 1.6.6 1.6 1.6v5c0 1-.7 1.6-1.6 1.6H7l-3 2.4v-2.4c-.9 0-1.5-.6-1.5-1.6z",
];
export const down: Icon = ["M4 6.2L8 10l4-3.8"];
export const left: Icon = ["M9.8 4L6 8l3.8 4"];
export const arrow: Icon = ["M2.8 8h10M9 4.2L12.8 8 9 11.8"];
export const eye: Icon = [
  "M1.8 8S4 3.9 8 3.9 14.2 8 14.2 8 12 12.1 8 12.1 1.8 8 1.8 8zM6.2 8a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0-3.6 0",
];
export const agree: Icon = [
  "M5.2 7.2L7.6 2.6c.9 0 1.5.7 1.5 1.6v2.2h3.1c.8 0 1.4.7 1.3 1.5l-.7 4.1c-.1.7-.7 1.2-1.4 1.2H5.2zM5.2 7.2H2.7v6h2.5",
];
export const thanks: Icon = ["M8 13.2S2.4 10 2.4 6.2A2.9 2.9 0 0 1 8 5a2.9 2.9 0 0 1 5.6 1.2C13.6 10 8 13.2 8 13.2z"];
export const calendar: Icon = [
  "M4.2 3.4h7.6a1.6 1.6 0 0 1 1.6 1.6v6.8a1.6 1.6 0 0 1-1.6 1.6H4.2a1.6 1.6 0 0 1-1.6-1.6V5a1.6 1.6 0 0 1 1.6-1.6zM2.6 6.6h10.8M5.4 2v2.6M10.6 2v2.6",
];
export const offline: Icon = [
  "M2 2l12 12M4.2 6.2a3.2 3.2 0 0 0 .2 6.3h6.7M6.2 4.2a4 4 0 0 1 5.7 3.3 2.6 2.6 0 0 1 1.7 4",
];
