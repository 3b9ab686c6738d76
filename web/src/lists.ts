// Lists of queries: what the history keeps, and how a query is called in it.

const MOST = 50;

/** The list with a query put first; each query stands in it once. */
export function withQuery(list: readonly string[], query: string): string[] {
  return [query, ...list.filter((known) => known !== query)].slice(0, MOST);
}

/** The first line that is no comment and no declaration, for a list. */
export function headline(query: string): string {
  const lines = query.split("\n").map((line) => line.trim());
  const comment = lines.find((line) => line.startsWith("#"))?.replace(/^#\s*/, "");
  const first = lines.find((line) => line && !/^(#|PREFIX\b|BASE\b)/i.test(line)) ?? "";
  const text = comment ? `${comment} — ${first}` : first;
  return text.length > 110 ? `${text.slice(0, 109)}…` : text;
}
