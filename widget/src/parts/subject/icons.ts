/** Icons of what a discussion is about. */
import type { Icon } from "../../icons";

export const calendar: Icon = [
  "M4.2 3.4h7.6a1.6 1.6 0 0 1 1.6 1.6v6.8a1.6 1.6 0 0 1-1.6 1.6H4.2a1.6 1.6 0 0 1-1.6-1.6V5a1.6 1.6 0 0 1 1.6-1.6zM2.6 6.6h10.8M5.4 2v2.6M10.6 2v2.6",
];
export const arrow: Icon = ["M2.8 8h10M9 4.2L12.8 8 9 11.8"];
