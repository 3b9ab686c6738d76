// Sorting the table of an answer by its headings.
import { announce, data, say } from "./page.ts";
import { sorted } from "./rows.ts";
import type { Rows } from "./rows.ts";
import type { Sort } from "./state.ts";

/** Turn the headings into buttons; `chosen` is told which order a click asks for. */
export function makeSortable(table: HTMLTableElement, chosen: (sort: Sort | null) => void): void {
  for (const head of table.querySelectorAll<HTMLElement>("thead th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const column = head.dataset["name"] ?? "";
      const now = head.getAttribute("aria-sort");
      chosen(now === "descending" ? null : { column, down: now === "ascending" });
    });
  }
}

/** Put the rows in order. */
export function showSorted(table: HTMLTableElement, rows: Rows, sort: Sort | null, order: readonly HTMLTableRowElement[]): number[] {
  const column = sort ? rows.columns.indexOf(sort.column) : -1;
  const indexes = sort && column >= 0 ? sorted(rows, column, sort.down, data.lang) : rows.cells.map((_, i) => i);
  table.tBodies[0]?.replaceChildren(...indexes.map((index) => order[index]).filter((row) => row !== undefined));
  for (const [index, head] of [...table.querySelectorAll("thead th")].entries()) {
    if (sort && index === column) head.setAttribute("aria-sort", sort.down ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
  }
  return indexes;
}

/** Say in which order the rows stand. */
export function announceSort(table: HTMLTableElement, sort: Sort | null): void {
  const head = sort && table.querySelector(`th[data-name="${CSS.escape(sort.column)}"]`);
  const key = !head ? "none" : sort.down ? "down" : "up";
  announce(say(`editor.sorted.${key}`, { name: head?.textContent?.trim() ?? "" }));
}
