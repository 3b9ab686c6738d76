// The table of an answer as data: the server has named the things, and the table is what everybody sees.

export interface Cell {
  readonly text: string;
  readonly number: number | null;
  /** IRI, or _:name for a node without one; empty for a value. */
  readonly node: string;
  readonly href: string;
}
export interface Rows {
  readonly columns: readonly string[];
  readonly cells: readonly (readonly Cell[])[];
  /** Whether the rows are the statements of a graph. */
  readonly statements: boolean;
}

/** Read the table. */
export function readRows(table: HTMLTableElement): Rows {
  const heads = [...table.querySelectorAll<HTMLElement>("thead th")];
  return {
    columns: heads.map((head) => head.dataset["name"] ?? ""),
    cells: [...table.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td")].map(readCell)),
    statements: heads[0]?.dataset["name"] === "subject" && !heads[0].querySelector("code"),
  };
}

function readCell(cell: HTMLTableCellElement): Cell {
  const { iri, blank, number } = cell.dataset;
  return {
    text: (cell.textContent ?? "").trim(),
    number: number === undefined ? null : Number(number),
    node: iri ?? (blank === undefined ? "" : `_:${blank}`),
    href: cell.querySelector("a")?.getAttribute("href") ?? "",
  };
}

/** Columns whose cells are all numbers, and one at least is there. */
export function numberColumns(rows: Rows): number[] {
  return rows.columns.flatMap((_, index) => {
    const filled = rows.cells.map((row) => row[index]).filter((cell) => cell?.text);
    return filled.length && filled.every((cell) => cell?.number !== null) ? [index] : [];
  });
}

/** The order of the rows by a column: numbers by size, words as the language sorts them, nothing last. */
export function sorted(rows: Rows, column: number, down: boolean, lang: string): number[] {
  const words = new Intl.Collator(lang, { numeric: true });
  const numbers = numberColumns(rows).includes(column);
  const sign = down ? -1 : 1;
  return rows.cells
    .map((_, index) => index)
    .sort((first, second) => {
      const [a, b] = [rows.cells[first]?.[column], rows.cells[second]?.[column]];
      if (!a?.text || !b?.text) return Number(!a?.text) - Number(!b?.text) || first - second;
      const order = numbers ? (a.number ?? 0) - (b.number ?? 0) : words.compare(a.text, b.text);
      return sign * order || first - second;
    });
}
