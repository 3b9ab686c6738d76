// The search of the static site: in the data of static/search-data.js, in the order of the server's search.
import { fold, foldLetter } from "./fold.ts";

export interface Piece {
  readonly text: string;
  readonly wanted: boolean;
}
export type Thing = readonly [kind: string, id: string, fa: string, en: string, address: string];
export type Entry = readonly [thing: number, what: number, weight: number, lang: string, lines: string, text: string];
export interface Data {
  readonly things: readonly Thing[];
  readonly whats: readonly string[];
  readonly entries: readonly Entry[];
  /** Kinds and kinds of texts in words, by language. */
  readonly words: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
export interface Hit {
  readonly thing: number;
  readonly score: number;
  readonly words: readonly string[];
  readonly found: readonly Entry[];
}

function scoreOf(folded: string, weight: number, words: readonly string[]): number {
  if (folded === words.join(" ")) return weight * 4;
  const own = new Set(folded.split(" "));
  return (weight * words.reduce((sum, word) => sum + (folded.includes(word) ? (own.has(word) ? 2 : 1) : 0), 0)) / words.length;
}

const less = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The words of a query; where a half-space joins words, also as those who write a space read them. */
function readings(query: string): string[][] {
  const cut = query.slice(0, 200);
  const spellings = cut.includes("\u200c") ? [cut.replaceAll("\u200c", " "), cut] : [cut];
  return spellings.map((spelling) => fold(spelling).split(" ").filter(Boolean)).filter((words) => words.length);
}

/** The things in whose texts all words occur, the best first: the search of the server, in the same order. */
export function find(data: Data, folded: readonly string[], query: string): Hit[] {
  const found = new Map(readings(query).flatMap((words) => findWords(data, folded, words).map((hit) => [hit.thing, hit])));
  const key = (hit: Hit): string => data.things[hit.thing]?.slice(0, 2).join("/") ?? "";
  return [...found.values()].sort((a, b) => b.score - a.score || less(key(a), key(b)));
}

function findWords(data: Data, folded: readonly string[], words: readonly string[]): Hit[] {
  const grouped = new Map<number, number[]>();
  data.entries.forEach((entry, number) => {
    if (!words.some((word) => folded[number]?.includes(word))) return;
    const group = grouped.get(entry[0]);
    if (group) group.push(number);
    else grouped.set(entry[0], [number]);
  });
  const hits: Hit[] = [];
  for (const [thing, numbers] of grouped) {
    if (!words.every((word) => numbers.some((number) => folded[number]?.includes(word)))) continue;
    const scored = numbers
      .map((number) => [scoreOf(folded[number] ?? "", data.entries[number]?.[2] ?? 0, words), data.entries[number] as Entry] as const)
      .sort((a, b) => b[0] - a[0] || less(data.whats[a[1][1]] ?? "", data.whats[b[1][1]] ?? ""));
    const texts = new Map(scored.map(([, entry]) => [entry[5], entry] as const).reverse());
    const first = [...new Set(scored.map(([, entry]) => entry[5]))].slice(0, 3);
    const score = (scored[0]?.[0] ?? 0) + scored.slice(1, 4).reduce((sum, [each]) => sum + each, 0) / 10;
    hits.push({ thing, score, words, found: first.map((text) => texts.get(text) as Entry) });
  }
  return hits;
}

/** The text in pieces, each with whether it was asked for. */
export function pieces(text: string, words: readonly string[]): Piece[] {
  const letters: string[] = [], origins: number[] = [];
  [...text].forEach((letter, index) => {
    for (const piece of foldLetter(letter)) {
      if (piece === " " && (!letters.length || letters.at(-1) === " ")) continue;
      letters.push(piece);
      origins.push(index);
    }
  });
  const source = [...text], folded = letters.join(""), marks = new Set<number>();
  for (const word of words) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
      const stop = origins[at + word.length] ?? source.length;
      for (let index = origins[at] ?? 0; index < stop; index += 1) marks.add(index);
    }
  }
  const found: Piece[] = [];
  for (let start = 0; start < source.length; ) {
    let end = start;
    while (end < source.length && marks.has(end) === marks.has(start)) end += 1;
    found.push({ text: source.slice(start, end).join(""), wanted: marks.has(start) });
    start = end;
  }
  return found;
}
