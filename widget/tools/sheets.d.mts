import type { Plugin } from "vite";

export interface Sheet {
  code: string[];
  beside?: string;
  own?: string[];
  from?: string[];
}

export interface Sheets extends Plugin {
  api: { names: string[]; made: (name: string) => { css: string; code: string } };
}

export function sheets(root: string, from: { shared: string[]; wanted: Record<string, Sheet> }): Sheets;
export function trimmed(styles: string, code: string, beside?: string): string;
export function inliner(styles: string): (css: string) => string;
