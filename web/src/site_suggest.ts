// Search as you type on a page of the static site: a page opened from disk may fetch nothing, but it may run a
// script, so the texts are one; it is loaded when somebody begins to type.
import { type Answer, type Result, suggest } from "./combobox.ts";
import { type Data, type Hit, type Piece, find, pieces } from "./find.ts";
import { fold } from "./fold.ts";

interface Texts {
  readonly data: Data;
  readonly folded: readonly string[];
}

const BEFORE = 30;
const SHOWN = 110;
const here = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : "";
let texts: Promise<Texts> | null = null;

function load(): Promise<Texts> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("search-data.js", here).href;
    script.onload = () => {
      const data = (window as unknown as { daftarSearch: Data }).daftarSearch;
      resolve({ data, folded: data.entries.map((entry) => fold(entry[5])) });
    };
    script.onerror = reject;
    document.head.append(script);
  });
}

/** Cut a text to the surroundings of the first word that was asked for, as the server does. */
function around(all: readonly Piece[]): Piece[] {
  const found: Piece[] = [];
  let left = SHOWN;
  for (const [number, { text, wanted }] of all.entries()) {
    let shown = text;
    if (number === 0 && !wanted && text.length > BEFORE) {
      const end = text.slice(-BEFORE), space = end.indexOf(" ");
      shown = `… ${space < 0 ? "" : end.slice(space + 1)}`;
    }
    if (shown.length > left) {
      const cut = shown.slice(0, left);
      found.push({ text: `${cut.slice(0, Math.max(0, cut.lastIndexOf(" ")))} …`, wanted });
      break;
    }
    found.push({ text: shown, wanted });
    left -= shown.length;
  }
  return found;
}

function described(data: Data, hit: Hit, lang: string): Result {
  const [kind, id, fa, en, address] = data.things[hit.thing] ?? ["", "", "", "", ""];
  const words = data.words[lang] ?? {};
  const label = (lang === "fa" ? fa || en : en || fa) || id;
  const match = hit.found.find((entry) => data.whats[entry[1]] !== "hit.id");
  const said = match && match[5] !== label ? match : null;
  return {
    label,
    id,
    kind,
    kind_label: words[`kind.${kind}`] ?? kind,
    page: new URL(`../${lang}/${address}`, here).href,
    found: said && { what: words[data.whats[said[1]] ?? ""] ?? "", lang: said[3], pieces: around(pieces(said[5], hit.words)) },
  };
}

suggest(async (q, lang, most): Promise<Answer> => {
  texts ??= load();
  const { data, folded } = await texts;
  const hits = find(data, folded, q);
  return { q, total: hits.length, results: hits.slice(0, most).map((hit) => described(data, hit, lang)) };
});
