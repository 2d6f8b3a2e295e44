/** Names as they are compared here, at once; the service knows more letters. Pure. */

/** The text without accents and case: `Müller` is `muller`. */
export function bare(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase("en");
}
