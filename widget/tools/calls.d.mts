export function spread(code: string): { code: string; modules: string[] };
export function asking(code: string, modules: Map<string, string[]>): string;
export function renamed(files: Map<string, string>): Map<string, string>;
