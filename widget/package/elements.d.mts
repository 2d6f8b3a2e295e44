interface Element {
  name: string;
  attributes: Record<string, object>;
  events: Record<string, object>;
  parts?: Record<string, string>;
}
export const ELEMENTS: Record<string, Element>;
export const VARIABLES: Record<string, string>;
export function manifest(): object;
export function types(): string;
export function reactTypes(): string;
export function reactModule(): string;
