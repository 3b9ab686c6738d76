// What the editor offers: names of this catalogue from the server; variables, prefixes and words of SPARQL.
import type { Completion, CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";
import { insertCompletionText, pickedCompletion } from "@codemirror/autocomplete";
import type { ChangeSpec } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { announce, data, say } from "./page.ts";
import { declaration, declared } from "./prefixes.ts";
import { inText, placeAt, typedAt } from "./scan.ts";
import type { Place } from "./scan.ts";

interface Offer {
  readonly group: string;
  readonly kind: string;
  readonly id: string;
  readonly iri: string;
  readonly name: string | null;
  readonly label: string;
}

const KINDS: Readonly<Record<Place, string>> = {
  class: "class",
  property: "property",
  term: "thing,code,class,property",
  graph: "graph",
  none: "",
};
const WORDS =
  "SELECT DISTINCT WHERE CONSTRUCT DESCRIBE ASK FROM NAMED PREFIX BASE OPTIONAL UNION MINUS GRAPH FILTER BIND VALUES EXISTS LIMIT OFFSET HAVING COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR COALESCE IF BOUND REGEX REPLACE CONTAINS STRSTARTS STRENDS STRLEN SUBSTR CONCAT LCASE UCASE LANG LANGMATCHES DATATYPE STR IRI isIRI isLITERAL isBLANK UNDEF AS NOT IN".split(
    " ",
  );
const PHRASES = ["GROUP BY", "ORDER BY", "ORDER BY DESC()", "FILTER NOT EXISTS {  }"];

/** Replace what was typed by a name, and declare its prefix where the query does not. */
function apply(offer: Offer) {
  return (view: EditorView, completion: Completion, from: number, to: number): void => {
    const query = view.state.doc.toString();
    const prefix = offer.name?.slice(0, offer.name.indexOf(":")) ?? "";
    const known = declared(query).get(prefix);
    const usable = offer.name !== null && (known === undefined || known === data.prefixes[prefix]);
    const text = usable ? (offer.name ?? "") : `<${offer.iri}>`;
    const added = usable ? declaration(query, prefix, data.prefixes[prefix] ?? "") : null;
    const close = !usable && view.state.sliceDoc(to, to + 1) === ">" ? 1 : 0;
    const changes: ChangeSpec[] = [{ from, to: to + close, insert: text }];
    if (added && added.from <= from) changes.unshift(added);
    const shift = added && added.from <= from ? added.insert.length : 0;
    view.dispatch({
      changes,
      selection: { anchor: from + shift + text.length },
      annotations: pickedCompletion.of(completion),
      userEvent: "input.complete",
      scrollIntoView: true,
    });
    if (shift) announce(say("editor.prefix-added", { name: prefix }));
  };
}

function described(offer: Offer): Completion {
  const group = offer.group === "thing" ? `kind.${offer.kind}` : `editor.group.${offer.group}`;
  const id = offer.name ?? offer.id;
  return {
    label: offer.label,
    displayLabel: offer.label === id ? id : `${offer.label} · ${id}`,
    detail: say(group),
    apply: apply(offer),
  };
}

async function asked(text: string, kinds: string, signal: AbortSignal): Promise<readonly Offer[]> {
  const given = new URLSearchParams({ q: text.slice(0, 200), lang: data.lang, kinds, limit: "12" });
  const answer = await fetch(`/api/complete?${given.toString()}`, { signal });
  if (!answer.ok) return [];
  return ((await answer.json()) as { results: Offer[] }).results;
}

/** Names of the catalogue, in either language; the server folds letters and ranks. */
export const names: CompletionSource = async (context: CompletionContext): Promise<CompletionResult | null> => {
  const before = context.state.sliceDoc(0, context.pos);
  if (inText(before)) return null;
  const typed = typedAt(before);
  if (!context.explicit && (!typed || typed.text.length < 2)) return null;
  const from = typed?.from ?? context.pos;
  const place = placeAt(before.slice(0, from));
  if (place === "none") return null;
  const stop = new AbortController();
  context.addEventListener("abort", () => stop.abort());
  try {
    const offers = await asked((typed?.text ?? "").replace(/^</, ""), KINDS[place], stop.signal);
    if (context.aborted || !offers.length) return null;
    return { from, options: offers.map(described), filter: false };
  } catch {
    return null; // the server cannot be asked now; the editor goes on without offers
  }
};

/** Variables of the query after ? or $. */
export const variables: CompletionSource = (context) => {
  const typed = context.matchBefore(/[?$][\p{L}\p{N}_]*/u);
  if (!typed || inText(context.state.sliceDoc(0, typed.from))) return null;
  const found = new Set(context.state.doc.toString().match(/[?$][\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
  found.delete(typed.text);
  const options = [...found].map((label) => ({ label, detail: say("editor.group.variable") }));
  return options.length ? { from: typed.from, options } : null;
};

/** Words of SPARQL and prefixes. */
export const words: CompletionSource = (context) => {
  const typed = context.matchBefore(/[A-Za-z][\w-]*/);
  if (!typed || (typed.text.length < 2 && !context.explicit)) return null;
  const before = context.state.sliceDoc(0, typed.from);
  if (inText(before) || /[?$@:<]$/.test(before)) return null;
  const options: Completion[] = [...WORDS, ...PHRASES].map((label) => ({ label, detail: say("editor.group.word"), boost: -20 }));
  for (const prefix of Object.keys(data.prefixes)) {
    options.push({ label: `${prefix}:`, detail: say("editor.group.prefix"), apply: withPrefix(prefix) });
  }
  return { from: typed.from, options, validFor: /^[\w-]*$/ };
};

function withPrefix(prefix: string) {
  return (view: EditorView, completion: Completion, from: number, to: number): void => {
    // the colon is typed as people type it, so that the prefix is declared as then
    view.dispatch({
      ...insertCompletionText(view.state, `${prefix}:`, from, to),
      annotations: pickedCompletion.of(completion),
    });
  };
}
