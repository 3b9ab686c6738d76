// The matrix by keyboard, and the evidence of the cell that has the focus. Without this script it is a table.
// The walk is the grid pattern of the ARIA authoring practices: one tab stop, arrow keys from cell to cell.

type Reason = readonly [way: string, words: readonly string[], lines: string, inferred: 0 | 1, copied: 0 | 1, own?: { readonly href: string | null }];
interface Data {
  readonly lang: "fa" | "en";
  readonly ways: Readonly<Record<string, string>>;
  readonly cells: Readonly<Record<string, readonly Reason[]>>;
  readonly messages: Readonly<Record<string, string>>;
}

const table = document.getElementById("matrix") as HTMLTableElement | null;
const panel = document.getElementById("matrix-why");
const block = document.getElementById("matrix-data");
if (table && panel && block) start(table, panel, JSON.parse(block.textContent ?? "{}") as Data);

function start(grid: HTMLTableElement, why: HTMLElement, data: Data): void {
  const rows = [...grid.rows].map((row) => [...row.cells]);
  const say = (key: string): string => data.messages[key] ?? key;
  const digits = (text: string): string =>
    data.lang === "fa" ? text.replace(/\d/g, (d) => "۰۱۲۳۴۵۶۷۸۹"[Number(d)] ?? d) : text;
  let crossed: HTMLElement[] = [];

  /** What takes the focus for a cell: its link, or the cell itself. */
  const target = (cell: HTMLTableCellElement): HTMLElement => cell.querySelector("a") ?? cell;
  const place = (cell: HTMLTableCellElement): [number, number] => {
    const row = (cell.parentElement as HTMLTableRowElement).rowIndex;
    return [row, cell.cellIndex];
  };
  const label = (cell: HTMLTableCellElement | undefined): string =>
    cell?.querySelector(".label")?.textContent?.trim() ?? cell?.textContent?.trim() ?? "";

  grid.setAttribute("role", "grid");
  for (const element of grid.querySelectorAll<HTMLElement>("a, input")) element.tabIndex = -1;
  for (const row of rows) for (const cell of row) if (target(cell) === cell) cell.tabIndex = -1;
  const first = rows[1]?.[1];
  if (first) target(first).tabIndex = 0;
  const keys = document.getElementById("matrix-keys");
  if (keys) keys.hidden = false;

  function go(row: number, column: number): void {
    const line = rows[Math.max(0, Math.min(row, rows.length - 1))];
    const cell = line?.[Math.max(0, Math.min(column, line.length - 1))];
    if (!cell) return;
    const next = target(cell);
    next.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    // a sticky cell counts as in view already, and the panel covers the foot of the window
    const { top, bottom } = cell.getBoundingClientRect();
    const foot = window.innerHeight - (why.hidden ? 0 : why.offsetHeight);
    if (bottom > foot) window.scrollBy(0, bottom - foot);
    else if (top < 0) window.scrollBy(0, top);
  }

  function isFilled(row: number, column: number): boolean {
    return `${row - 1}:${column - 1}` in data.cells;
  }

  function part(tag: string, text: string, lang?: string): HTMLElement {
    const element = document.createElement(tag);
    element.textContent = text;
    if (lang) {
      element.lang = lang;
      element.dir = lang === "fa" ? "rtl" : "ltr";
    }
    return element;
  }

  function chip(text: string, kind: string): HTMLElement {
    const element = part("span", text);
    element.className = `chip ${kind}`;
    return element;
  }

  function reason(one: Reason, shown: string | undefined): HTMLElement {
    const [way, words, lines, inferred, copied, own] = one;
    const href = own ? own.href : shown;
    const item = document.createElement("li");
    item.append(`${data.ways[way] ?? way}: `);
    words.forEach((text, at) => item.append(at ? " · " : "", part("span", `«${text}»`, "fa")));
    if (lines) item.append(" ", part("span", `${say("source.lines")} ${digits(lines)}`));
    if (inferred) item.append(" ", chip(say("layer.inferred"), "infer"));
    if (copied) item.append(" ", chip(say("matrix.copied"), "doubt"));
    if (href) {
      const link = document.createElement("a");
      link.href = href;
      link.textContent = say("matrix.open");
      item.append(" · ", link);
    }
    return item;
  }

  function show(row: number, column: number): void {
    for (const element of crossed) element.classList.remove("pointed");
    const heads = [rows[row]?.[0], rows[0]?.[column]];
    crossed = heads.filter((cell): cell is HTMLTableCellElement => Boolean(cell));
    for (const element of crossed) element.classList.add("pointed");
    const inner = row > 0 && row < rows.length - 1 && column > 0 && column < (rows[row]?.length ?? 0) - 1;
    why.hidden = !inner;
    if (!inner) return;
    const title = document.createElement("p");
    title.append(part("b", label(rows[row]?.[0])), " × ", part("b", label(rows[0]?.[column])));
    const reasons = data.cells[`${row - 1}:${column - 1}`];
    const list = document.createElement("ul");
    const shown = rows[row]?.[column]?.querySelector("a")?.getAttribute("href") ?? undefined;
    if (reasons) list.append(...reasons.map((one) => reason(one, shown)));
    else list.append(part("li", say("matrix.empty")));
    why.replaceChildren(title, list);
  }

  function cellOf(event: Event): HTMLTableCellElement | null {
    return event.target instanceof Element ? event.target.closest("td, th") : null;
  }

  grid.addEventListener("focusin", (event) => {
    const cell = cellOf(event);
    if (!cell) return;
    for (const old of grid.querySelectorAll<HTMLElement>('[tabindex="0"]')) old.tabIndex = -1;
    target(cell).tabIndex = 0;
    show(...place(cell));
  });

  grid.addEventListener("keydown", (event) => {
    const cell = cellOf(event);
    if (!cell || event.altKey || event.metaKey) return;
    const [row, column] = place(cell);
    const ahead = document.documentElement.dir === "rtl" ? -1 : 1;
    const last = (rows[row]?.length ?? 1) - 1;
    const moves: Record<string, [number, number]> = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      ArrowRight: [row, column + ahead],
      ArrowLeft: [row, column - ahead],
      PageUp: [row - 10, column],
      PageDown: [row + 10, column],
      Home: [event.ctrlKey ? 0 : row, 0],
      End: [event.ctrlKey ? rows.length - 1 : row, last],
    };
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      go(...move);
    } else if (event.key === " ") {
      event.preventDefault();
      const box = cell.querySelector("input");
      if (box) box.checked = !box.checked;
    }
  });

  // a click shows why; the link in the panel, Enter, and a new tab lead to the form
  grid.addEventListener("click", (event) => {
    const cell = cellOf(event);
    if (!cell || event.detail === 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const [row, column] = place(cell);
    if (cell.tagName !== "TD") return;
    if (isFilled(row, column)) event.preventDefault();
    target(cell).focus({ preventScroll: true });
    show(row, column);
  });
}
