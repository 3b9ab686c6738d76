// Bars for rows of a name and a number: a list that is read out as such, in the direction of the page.
import { byId, data, digits, say } from "./page.ts";
import { numberColumns } from "./rows.ts";
import type { Rows } from "./rows.ts";

const MOST_BARS = 60;

/** Whether there is something to draw. */
export function drawable(rows: Rows): boolean {
  return !rows.statements && rows.cells.length > 0 && numberColumns(rows).length > 0 && rows.columns.length > 1;
}

/** Fill the choices of the two columns and draw when they change. */
export function prepareChart(rows: Rows, titles: readonly string[], order: () => readonly number[]): () => void {
  const numbers = numberColumns(rows);
  const label = byId<HTMLSelectElement>("chart-label");
  const value = byId<HTMLSelectElement>("chart-value");
  const option = (index: number): HTMLOptionElement => new Option(titles[index] ?? "", String(index));
  label.replaceChildren(...rows.columns.map((_, index) => index).map(option));
  value.replaceChildren(...numbers.map(option));
  const first = rows.columns.findIndex((_, index) => !numbers.includes(index));
  label.value = String(Math.max(first, 0));
  value.value = String(numbers.find((index) => String(index) !== label.value) ?? numbers[0]);
  const draw = (): void => bars(rows, titles, Number(label.value), Number(value.value), order());
  label.onchange = value.onchange = draw;
  return draw;
}

function bars(rows: Rows, titles: readonly string[], label: number, value: number, order: readonly number[]): void {
  const filled = order.filter((index) => rows.cells[index]?.[value]?.number !== null);
  const shown = filled.slice(0, MOST_BARS).map((index) => rows.cells[index]);
  const most = Math.max(...shown.map((row) => Math.abs(row?.[value]?.number ?? 0)), Number.MIN_VALUE);
  const caption = say("editor.chart.caption", { value: titles[value] ?? "", label: titles[label] ?? "" });
  const cut = shown.length < filled.length ? ` ${say("editor.shown", { n: shown.length, total: filled.length })}` : "";
  byId("chart-caption").textContent = caption + cut;
  const format = new Intl.NumberFormat(data.lang, { maximumFractionDigits: 3 });
  byId("chart-bars").replaceChildren(
    ...shown.map((row) => {
      const number = row?.[value]?.number ?? 0;
      const name = Object.assign(document.createElement("span"), { className: "name" });
      const cell = row?.[label];
      const words = cell?.number !== null && cell ? digits(cell.text) : (cell?.text ?? "");
      const bdi = Object.assign(document.createElement("bdi"), { textContent: words });
      if (cell?.href) name.append(Object.assign(document.createElement("a"), { href: cell.href, textContent: words }));
      else name.append(bdi);
      const track = Object.assign(document.createElement("span"), { className: "track" });
      const bar = Object.assign(document.createElement("span"), { className: number < 0 ? "bar below" : "bar" });
      bar.style.inlineSize = `${(100 * Math.abs(number)) / most}%`;
      track.setAttribute("aria-hidden", "true");
      track.append(bar);
      const amount = Object.assign(document.createElement("span"), { className: "amount", textContent: format.format(number) });
      const item = document.createElement("li");
      item.append(name, " ", track, " ", amount);
      return item;
    }),
  );
}
