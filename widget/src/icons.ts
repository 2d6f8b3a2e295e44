/** Icons that pins and badges need: a path to stroke and, where it has dots, one to fill. On a 16 × 16 grid. */
export type Icon = readonly [stroke: string, fill?: string];

export const mark: Icon = [
  "M3.2 8.6V5.4a2.4 2.4 0 0 1 2.4-2.4h5a2.4 2.4 0 0 1 2.4 2.4v5a2.4 2.4 0 0 1-2.4 2.4H7.4",
  "M2 12.3a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0-3.4 0",
];
export const clock: Icon = ["M2.2 8a5.8 5.8 0 1 0 11.6 0a5.8 5.8 0 1 0-11.6 0M8 4.8V8l2.2 1.5"];
export const check: Icon = ["M3.2 8.4l3.1 3.1 6.5-7"];
export const plus: Icon = ["M8 3v10M3 8h10"];
