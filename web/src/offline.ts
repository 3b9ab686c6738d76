// The static site: the search page searches in the data beside it, and the page for what needs the server says
// which address was asked for.
import { type Data, type Hit, type Thing, find, pieces } from "./find.ts";
import { fold } from "./fold.ts";

interface Said {
  readonly lang: "fa" | "en";
  readonly messages: Readonly<Record<string, string>>;
  readonly shown: number;
}
/** The text with the words that were asked for marked. */
function marked(text: string, words: readonly string[]): Node[] {
  return pieces(text, words).map((one) => (one.wanted ? make("mark", one.text) : document.createTextNode(one.text)));
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
  const words = data.words[said.lang] ?? {};
  const digits = (n: number): string => (said.lang === "fa" ? String(n).replace(/\d/g, (d) => "۰۱۲۳۴۵۶۷۸۹"[Number(d)] ?? d) : String(n));
  const say = (key: string, n: number): string => (said.messages[key] ?? "").replace("{n}", digits(n));

  function item(hit: Hit): HTMLElement {
    const [kind, id, fa, en, address] = data.things[hit.thing] as Thing;
    const line = make("li"), head = make("h2"), about = make("p", "", { class: "small muted" });
    const own = said.lang === "fa" ? fa || en : en || fa, other = said.lang === "fa" ? en : fa;
    head.append(make("a", own || id, { href: `../${address}` }));
    about.append(make("span", words[`kind.${kind}`] ?? kind, { class: "chip" }));
    if (kind === "process" || kind === "service") about.append(" ", make("span", id, { class: "chip id" }));
    if (other && own !== other) about.append(" ", make("span", other, { class: "twin", lang: said.lang === "fa" ? "en" : "fa", dir: said.lang === "fa" ? "ltr" : "rtl" }));
    const list = make("ul", "", { class: "plain" });
    for (const [, what, , lang, lines, text] of hit.found) {
      const row = make("li"), words_ = make("span", "", { lang, dir: lang === "fa" ? "rtl" : "ltr", class: "other" });
      words_.append(...marked(text, hit.words));
      row.append(make("span", words[data.whats[what] ?? ""] ?? "", { class: "muted small" }), " ", words_);
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
