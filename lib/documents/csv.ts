/** A cell of a table; numbers travel as decimal strings. */
export type CsvCell = string | bigint | null;

function quoted(cell: CsvCell): string {
  const text = cell === null ? '' : String(cell);
  // A spreadsheet runs a text that begins like a formula; numbers below zero are none.
  const safe = /^[=+@\t\r]|^-(?![\d.]+$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as CSV (RFC 4180) in UTF-8, with the mark by which spreadsheets know the encoding. The first row is the head. */
export function toCsv(rows: readonly (readonly CsvCell[])[]): Uint8Array {
  const text = rows.map((row) => row.map(quoted).join(',')).join('\r\n');
  return new TextEncoder().encode(`\ufeff${text}\r\n`);
}
