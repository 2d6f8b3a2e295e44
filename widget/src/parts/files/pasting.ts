/**
 * What is pasted or dropped into a message: its text goes where the cursor is, a table as Markdown, files beside it.
 *
 * Law: only the clipboard's plain text is read, so nothing that a page put there can run; undo takes it back.
 */
import type { Given } from "../acting/composing";

/** What of it is text and what goes as files: not the names of files, nor the picture that a spreadsheet adds of its own cells. */
export function sorted({ files, text = "", isTable }: Given) {
  const rows = isTable ? cellsOf(text) : [];
  if ((rows[0]?.length ?? 0) > 1)
    return { text: tableOf(rows), isLines: true, files: files.filter((each) => !each.type.startsWith("image/")) };
  const names = files.map((each) => each.name);
  const isNames = text.split(/\r?\n/).every((line) => !line || names.includes(line.split("/").at(-1) ?? ""));
  return { text: isNames ? "" : text, isLines: false, files };
}

/** Put that in place of what is marked, so that undo takes it away again, and it alone; with `isLines` on lines of its own. */
export function insert(field: HTMLTextAreaElement, given: string, isLines: boolean): void {
  const { selectionStart, selectionEnd } = field;
  const isInside = isLines && field.value.slice(0, selectionStart).trim() !== "";
  const text = isInside ? `\n\n${given}` : given;
  field.focus();
  field.select(); // what was typed until here is a step of its own only once the cursor was elsewhere
  field.setSelectionRange(selectionStart, selectionEnd);
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** A spreadsheet's cells, as it writes them: between tabs, and in quotation marks where there is a line in one. */
function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  const CELL = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\r?\n|$)/gy;
  for (const [, quoted, plain = "", end] of text.trimEnd().matchAll(CELL)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain.replace(/\r$/, ""));
    if (!end) break;
    if (end !== "\t") rows.push([]);
  }
  return rows;
}

/** A table in Markdown, its first row for its head. */
function tableOf(rows: string[][]): string {
  const width = Math.max(...rows.map((row) => row.length));
  const cell = (text = "") =>
    text
      .trim()
      .replaceAll("|", "\\|")
      .replace(/\s*\n\s*/g, " ");
  const line = (row: string[]) => `| ${Array.from({ length: width }, (_, at) => cell(row[at])).join(" | ")} |`;
  const [head = [], ...rest] = rows;
  return `${[line(head), `|${" --- |".repeat(width)}`, ...rest.map(line)].join("\n")}\n\n`;
}
