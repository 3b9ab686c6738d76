// The answer on the page: asked of the server as a piece of the page, then shown in one of its views.
import { drawable, prepareChart } from "./chart.ts";
import { drawGraph, zoom } from "./graph.ts";
import { readLinks } from "./links.ts";
import type { Links } from "./links.ts";
import { announce, byId, say } from "./page.ts";
import { readRows } from "./rows.ts";
import type { State, View } from "./state.ts";
import { announceSort, makeSortable, showSorted } from "./table.ts";

export interface Shown {
  /** Show the answer as a state says. */
  apply(state: State): void;
}
type Change = (change: Partial<State>) => void;

/** Ask for the answer to a query. Rejects when the server cannot be reached or the question is given up. */
export async function ask(query: string, signal: AbortSignal): Promise<void> {
  const body = new URLSearchParams({ query, part: "answer" });
  const reply = await fetch(location.pathname, { method: "POST", body, signal });
  const parsed = new DOMParser().parseFromString(await reply.text(), "text/html");
  const fresh = parsed.getElementById("answer");
  if (!fresh) throw new Error(`The server answered ${reply.status}`);
  byId("answer").replaceWith(document.adoptNode(fresh));
}

/** Where the query is wrong, as the answer says. */
export function errorPlace(): { line: number; column: number } | null {
  const place = document.getElementById("error-place");
  return place && { line: Number(place.dataset["line"]), column: Number(place.dataset["column"]) };
}

/** What the answer is, in a few words. */
export function summary(): string {
  const error = document.getElementById("error-text");
  if (error) {
    const title = document.getElementById("result")?.textContent ?? "";
    return [title, document.getElementById("error-place")?.textContent].filter(Boolean).join(": ");
  }
  return document.getElementById("answer-count")?.textContent ?? "";
}

/** Make the views of the answer work; `change` is told what a person chooses. */
export function prepare(change: Change, describe: (iri: string) => void): Shown | null {
  const table = document.querySelector<HTMLTableElement>("#answer-table table");
  if (!table) return null;
  const rows = readRows(table);
  const order = [...(table.tBodies[0]?.rows ?? [])];
  const titles = [...table.querySelectorAll("thead th")].map((head) => head.textContent?.trim() ?? "");
  const links = readLinks(rows);
  const offered: Record<View, boolean> = { table: true, chart: drawable(rows), graph: Boolean(links?.nodes.size) };
  let indexes: readonly number[] = [];
  const drawBars = offered.chart ? prepareChart(rows, titles, () => indexes) : null;
  makeSortable(table, (sort) => {
    change({ sort });
    announceSort(table, sort);
  });
  buttons(offered, (view) => change({ view }));
  return {
    apply(state) {
      const view = offered[state.view] ? state.view : "table";
      indexes = showSorted(table, rows, state.sort, order);
      show(view);
      if (view === "chart") drawBars?.();
      if (view === "graph" && links) void graph(links, describe);
    },
  };
}

async function graph(links: Links, describe: (iri: string) => void): Promise<void> {
  try {
    await drawGraph(links, describe);
  } catch {
    announce(say("editor.failed"));
  }
}

function buttons(offered: Record<View, boolean>, choose: (view: View) => void): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("#answer-views [data-view]")) {
    const view = button.dataset["view"] as View;
    button.hidden = !offered[view];
    button.addEventListener("click", () => choose(view));
  }
  byId("answer-views").hidden = !offered.chart && !offered.graph;
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-answer-zoom]")) {
    button.addEventListener("click", () => zoom(button.dataset["answerZoom"] ?? "fit"));
  }
}

function show(view: View): void {
  for (const name of ["table", "chart", "graph"]) byId(`answer-${name}`).hidden = name !== view;
  for (const button of document.querySelectorAll<HTMLElement>("#answer-views [data-view]")) {
    button.setAttribute("aria-pressed", String(button.dataset["view"] === view));
  }
}
