import type { Plugin } from "vite";

export interface Sheet {
  styles: string[];
  code: string[];
  beside?: string;
}

export function sheets(root: string, wanted: Record<string, Sheet>): Plugin;
export function trimmed(styles: string, code: string, beside?: string): string;
export function inliner(styles: string): (css: string) => string;
