/** Icons of what one answers in one click. */
import type { Icon } from "../../icons";

export const agree: Icon = [
  "M5.2 7.2L7.6 2.6c.9 0 1.5.7 1.5 1.6v2.2h3.1c.8 0 1.4.7 1.3 1.5l-.7 4.1c-.1.7-.7 1.2-1.4 1.2H5.2zM5.2 7.2H2.7v6h2.5",
];
export const thanks: Icon = ["M8 13.2S2.4 10 2.4 6.2A2.9 2.9 0 0 1 8 5a2.9 2.9 0 0 1 5.6 1.2C13.6 10 8 13.2 8 13.2z"];
export const eye: Icon = [
  "M1.8 8S4 3.9 8 3.9 14.2 8 14.2 8 12 12.1 8 12.1 1.8 8 1.8 8zM6.2 8a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0-3.6 0",
];
