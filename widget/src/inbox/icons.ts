/** Icons that only the inbox has. */
import type { Icon } from "../icons";

export const star: Icon = ["M8 2.4l1.7 3.6 3.9.5-2.9 2.7.8 3.9L8 11.2l-3.5 1.9.8-3.9L2.4 6.5l3.9-.5z"];
export const send: Icon = ["M8 13V3.4M3.8 7.4L8 3.2l4.2 4.2"];
export const snooze: Icon = [
  "M3.2 8.8a4.8 4.8 0 1 0 9.6 0a4.8 4.8 0 1 0-9.6 0M6.6 7.2h2.8L6.6 10.4h2.8M2.4 4.2l2-1.8M13.6 4.2l-2-1.8",
];
export const search: Icon = ["M2.7 7a4.3 4.3 0 1 0 8.6 0a4.3 4.3 0 1 0-8.6 0M10.2 10.2L13.6 13.6"];
