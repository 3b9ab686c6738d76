// The static site: the search page searches in the data beside it, and the page for what needs the server says
// which address was asked for.
import { fold, foldLetter } from "./fold.ts";

type Thing = readonly [kind: string, id: string, fa: string, en: string, address: string];
type Entry = readonly [thing: number, what: number, weight: number, lang: string, lines: string, text: string];
interface Data {
  readonly things: readonly Thing[];
  readonly whats: readonly string[];
  readonly entries: readonly Entry[];
}
interface Said {
  readonly lang: "fa" | "en";
  readonly messages: Readonly<Record<string, string>>;
  readonly shown: number;
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

/** The text with the words that were asked for marked. */
function marked(text: string, words: readonly string[]): Node[] {
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
  const nodes: Node[] = [];
  for (let start = 0; start < source.length; ) {
    let end = start;
    while (end < source.length && marks.has(end) === marks.has(start)) end += 1;
    const words_ = source.slice(start, end).join("");
    nodes.push(marks.has(start) ? make("mark", words_) : document.createTextNode(words_));
    start = end;
  }
  return nodes;
}

function make(tag: string, text = "", attributes: Readonly<Record<string, string>> = {}): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function search(place: HTMLElement): void {
  const data = (window as unknown as { daftarSearch: Data }).daftarSearch;
  const said = JSON.parse(document.getElementById("offline-data")?.textContent ?? "{}") as Said;
  const input = document.querySelector<HTMLInputElement>("main input[name=q]");
  const status = document.getElementById("offline-status");
  if (!data || !input || !status) return;
  const folded = data.entries.map((entry) => fold(entry[5]));
  const digits = (n: number): string => (said.lang === "fa" ? String(n).replace(/\d/g, (d) => "۰۱۲۳۴۵۶۷۸۹"[Number(d)] ?? d) : String(n));
  const say = (key: string, n: number): string => (said.messages[key] ?? "").replace("{n}", digits(n));

  function item(hit: Hit): HTMLElement {
    const [kind, id, fa, en, address] = data.things[hit.thing] as Thing;
    const line = make("li"), head = make("h2"), about = make("p", "", { class: "small muted" });
    const own = said.lang === "fa" ? fa || en : en || fa, other = said.lang === "fa" ? en : fa;
    head.append(make("a", own || id, { href: `../${address}` }));
    about.append(make("span", said.messages[`kind.${kind}`] ?? kind, { class: "chip" }));
    if (kind === "process" || kind === "service") about.append(" ", make("span", id, { class: "chip id" }));
    if (other && own !== other) about.append(" ", make("span", other, { class: "twin", lang: said.lang === "fa" ? "en" : "fa", dir: said.lang === "fa" ? "ltr" : "rtl" }));
    const list = make("ul", "", { class: "plain" });
    for (const [, what, , lang, lines, text] of hit.found) {
      const row = make("li"), words_ = make("span", "", { lang, dir: lang === "fa" ? "rtl" : "ltr", class: "other" });
      words_.append(...marked(text, hit.words));
      row.append(make("span", said.messages[data.whats[what] ?? ""] ?? "", { class: "muted small" }), " ", words_);
      if (lines) row.append(" ", make("span", said.lang === "fa" ? lines.replace(/\d/g, (d) => digits(Number(d))) : lines, { class: "ln" }));
      list.append(row);
    }
    line.append(head, about, list);
    return line;
  }
  function show(query: string): void {
    const hits = find(data, folded, query);
    place.replaceChildren(...hits.slice(0, said.shown).map(item));
    const cut = hits.length > said.shown ? ` ${say("search.cut", said.shown)}` : "";
    const found = !hits.length ? say("search.none", 0) : say(hits.length === 1 ? "search.found.one" : "search.found.other", hits.length);
    if (status) status.textContent = fold(query) ? found + cut : "";
  }
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  show(input.value);
  input.addEventListener("input", () => show(input.value));
}

function server(place: HTMLElement): void {
  const asked = new URLSearchParams(location.search), page = asked.get("page");
  if (!page || !page.startsWith("/")) return;
  asked.delete("page");
  const rest = asked.toString();
  place.textContent = `http://127.0.0.1:8000${page}${rest ? (page.includes("?") ? "&" : "?") + rest : ""}`;
}

if (typeof document !== "undefined") {
  const hits = document.getElementById("offline-hits"), asked = document.getElementById("offline-address");
  if (hits) search(hits);
  if (asked) server(asked);
}
