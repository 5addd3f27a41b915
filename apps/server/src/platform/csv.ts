/** RFC 4180, with what spreadsheets make of it: UTF-8 with BOM, and no cell that they would run as a formula. */

const bom = "\uFEFF";
/** What Excel, Calc and Sheets take for the beginning of a formula, in half and full width. */
const formula = /^\s*[=+\-@\t\r＝＋－＠]/u;

export function csvOf(rows: readonly (readonly string[])[]): string {
  return `${bom}${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
}

function cell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export type CsvRow = { readonly line: number; readonly cells: readonly string[] };

/** Rows with the line each begins in, from 1. Empty lines are left out; a quote that is never closed ends with the text. */
export function parseCsv(text: string): readonly CsvRow[] {
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let field = "";
  let quoted = false;
  let line = 1;
  let began = 1;
  const endField = () => {
    cells.push(plain(field));
    field = "";
  };
  const endRow = () => {
    endField();
    if (cells.some((one) => one !== "")) rows.push({ line: began, cells });
    cells = [];
  };
  const source = text.startsWith(bom) ? text.slice(1) : text;
  for (let at = 0; at < source.length; at += 1) {
    const char = source[at] ?? "";
    if (char === "\n") line += 1;
    if (quoted) {
      if (char !== '"') field += char;
      else if (source[at + 1] === '"') {
        field += char;
        at += 1;
      } else quoted = false;
    } else if (char === '"' && field.trim() === "") {
      field = "";
      quoted = true;
    } else if (char === ",") endField();
    else if (char === "\n") {
      endRow();
      began = line;
    } else if (char !== "\r") field += char;
  }
  if (field !== "" || cells.length > 0) endRow();
  return rows;
}

/** The guard that an export puts before a formula is not a part of the text. */
function plain(field: string): string {
  const text = field.trim();
  return text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text;
}
