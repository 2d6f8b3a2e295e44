/** What stands at the foot of each printed page, for engines that put something there. */

/** The rule for the pages of a paper, which the host's are not: what its last line says, and the page's number. */
export function footed(paper: Element): string {
  const text = paper.lastElementChild?.lastElementChild?.textContent ?? "";
  const said = text.replace(/["\\\n\r\f]/g, (one) => `\\${one.charCodeAt(0).toString(16)} `);
  return `@page apropos{margin:14mm 12mm 16mm;font:8pt sans-serif;@bottom-left{content:"${said}"}@bottom-right{content:counter(page) " / " counter(pages)}}`;
}
