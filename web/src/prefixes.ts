// PREFIX declarations: which a query has, and where a new one goes.

const DECLARED = /^[ \t]*PREFIX\s+([^\s:]*):\s*<([^>\s]*)>/gimu;
const HEADER = /^(?:[ \t]*(?:#[^\n]*)?\n)*/u;

/** Prefixes that a query declares, with their namespaces. */
export function declared(query: string): Map<string, string> {
  return new Map([...query.matchAll(DECLARED)].map((match) => [match[1] ?? "", match[2] ?? ""]));
}

/** The change that declares a prefix: after the last declaration, else after the comments at the top. */
export function declaration(
  query: string,
  prefix: string,
  namespace: string,
): { from: number; insert: string } | null {
  if (declared(query).has(prefix)) return null;
  const line = `PREFIX ${prefix}: <${namespace}>\n`;
  let end = -1;
  for (const match of query.matchAll(DECLARED)) end = match.index + match[0].length;
  if (end >= 0) {
    const next = query.indexOf("\n", end);
    return next < 0 ? { from: query.length, insert: `\n${line.trimEnd()}` } : { from: next + 1, insert: line };
  }
  return { from: HEADER.exec(query)?.[0].length ?? 0, insert: line };
}
