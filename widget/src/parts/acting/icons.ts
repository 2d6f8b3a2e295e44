/** Icons of what people do; those of what they see are in `../icons`. */
import type { Icon } from "../../icons";

export const box: Icon = ["M2.4 3.2h11.2v3H2.4zM3.4 6.2v6.6h9.2V6.2M6.5 8.8h3"];
export const retry: Icon = ["M13 8a5 5 0 1 1-1.5-3.6L13 5.8M13 2.6v3.2H9.8"];
export const alert: Icon = ["M8 2.4l6.2 11H1.8zM8 6.4v3.2", "M7.15 11.4a.85.85 0 1 0 1.7 0a.85.85 0 1 0-1.7 0"];
export const swap: Icon = ["M2.6 5.6h9.8M9.8 2.8l2.8 2.8-2.8 2.8M13.4 10.8H3.6M6.2 8.2l-2.8 2.6 2.8 2.8"];
export const pencil: Icon = ["M3 13l.6-2.7 7-7a1.4 1.4 0 0 1 2 2l-7 7z"];
export const trash: Icon = ["M3 4.4h10M6.2 4.4V2.8h3.6v1.6M4.2 4.4l.6 9h6.4l.6-9"];
export const link: Icon = [
  "M6.6 9.4l2.8-2.8M7.2 4.6l1.3-1.3a2.9 2.9 0 0 1 4.2 4.2l-1.3 1.3M8.8 11.4l-1.3 1.3a2.9 2.9 0 0 1-4.2-4.2l1.3-1.3",
];
export const clip: Icon = [
  "M12.8 7.6l-4.9 4.9a3 3 0 0 1-4.3-4.3l5.3-5.2a2 2 0 0 1 2.9 2.8l-5.2 5.2a1 1 0 0 1-1.4-1.4l4.6-4.6",
];
export const past: Icon = ["M2.8 8a5.2 5.2 0 1 0 1.6-3.8L2.8 5.8M2.8 2.8v3h3M8 5.2V8l2 1.4"];
export const decision: Icon = ["M3.5 14V2.6M3.5 3.4h8.2L9.9 6.2l1.8 2.8H3.5"];
export const action: Icon = [
  "M4.6 2.6h6.8a2 2 0 0 1 2 2v6.8a2 2 0 0 1-2 2H4.6a2 2 0 0 1-2-2V4.6a2 2 0 0 1 2-2zM5.5 8.2l1.8 1.8 3.3-3.7",
];
export const at: Icon = [
  "M5.6 8a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0-4.8 0M10.4 5.6v3.1c0 1 .6 1.6 1.5 1.6s1.7-.8 1.7-2.3A5.6 5.6 0 1 0 11 12.8",
];
export const lock: Icon = ["M3.8 7.2h8.4v6.2H3.8zM5.4 7.2V5.4a2.6 2.6 0 0 1 5.2 0v1.8"];
export const done: Icon = ["M2.2 8a5.8 5.8 0 1 0 11.6 0a5.8 5.8 0 1 0-11.6 0M5.4 8.2l1.9 1.9 3.4-3.8"];
export const offline: Icon = [
  "M2 2l12 12M4.2 6.2a3.2 3.2 0 0 0 .2 6.3h6.7M6.2 4.2a4 4 0 0 1 5.7 3.3 2.6 2.6 0 0 1 1.7 4",
];
