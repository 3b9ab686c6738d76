// What the address of the page says: the query and how its answer is shown. The language is in the path.

export type View = "table" | "chart" | "graph";
export interface Sort {
  readonly column: string;
  readonly down: boolean;
}
export interface State {
  readonly query: string;
  readonly view: View;
  readonly sort: Sort | null;
}

/** Browsers and servers take longer addresses, but not all that stand between them do. */
export const LONGEST = 16_000;

/** Read a query string. */
export function readState(search: string): State {
  const given = new URLSearchParams(search);
  const view = given.get("view");
  const sort = given.get("sort") ?? "";
  return {
    query: given.get("query") ?? "",
    view: view === "chart" || view === "graph" ? view : "table",
    sort: sort ? { column: sort.replace(/^-/, ""), down: sort.startsWith("-") } : null,
  };
}

/** Write a query string; what is usual is left out. Null when it is too long for an address. */
export function writeState(state: State): string | null {
  const given = new URLSearchParams();
  if (state.query) given.set("query", state.query);
  if (state.view !== "table") given.set("view", state.view);
  if (state.sort) given.set("sort", (state.sort.down ? "-" : "") + state.sort.column);
  const text = given.toString();
  return text.length > LONGEST ? null : text && `?${text}`;
}
