// SPARQL for CodeMirror: the grammar with the colours that it leaves out and with isolated text.
import { HighlightStyle, LanguageSupport, bidiIsolates, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { NodeProp } from "@lezer/common";
import { styleTags, tags } from "@lezer/highlight";
import { SparqlLanguage } from "codemirror-lang-sparql";

// A Persian string or comment runs from right to left without moving the signs around it.
const isolated = new Set(["String", "Comment"]);
const language = SparqlLanguage.configure({
  props: [
    NodeProp.isolate.add((type) => (isolated.has(type.name) ? "auto" : undefined)),
    styleTags({
      "Pname_ns Pname_ln": tags.namespace,
      IriRef: tags.url,
      Langtag: tags.annotation,
      A_predicate: tags.keyword,
    }),
  ],
});

// The colours are those of the site, which has a set for light and one for dark.
const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: tags.comment, color: "var(--ink-2)", fontStyle: "italic" },
  { tag: tags.string, color: "var(--doubt)" },
  { tag: [tags.variableName], color: "var(--infer)" },
  { tag: [tags.namespace, tags.url, tags.typeName], color: "var(--read)" },
  { tag: [tags.number, tags.integer, tags.float, tags.bool, tags.annotation], color: "var(--seal)" },
]);

const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--surface)", border: "1px solid var(--rule-2)", borderRadius: "3px" },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", fontSize: ".9rem", lineHeight: "1.6", maxHeight: "60vh" },
  ".cm-content, .cm-gutter": { minHeight: "14rem" },
  ".cm-content": { caretColor: "var(--ink)", padding: ".5rem 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--sunk)", color: "var(--ink-2)", border: "0", borderRight: "1px solid var(--rule)" },
  ".cm-activeLine": { backgroundColor: "transparent" },
  ".cm-activeLineGutter": { backgroundColor: "var(--rule)", color: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--mark)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--accent)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--seal-bg)" },
  ".cm-tooltip": { backgroundColor: "var(--surface)", color: "var(--ink)", border: "1px solid var(--rule-2)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxHeight: "none", maxWidth: "min(36rem, 92vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0 .5rem", display: "flex", gap: ".6rem", alignItems: "center", lineHeight: "2", overflow: "visible" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  ".cm-completionLabel": { unicodeBidi: "isolate", overflow: "hidden", textOverflow: "ellipsis" },
  ".cm-completionDetail": { marginLeft: "auto", fontStyle: "normal", fontSize: ".82em", opacity: "1", whiteSpace: "nowrap" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-error-line": { backgroundColor: "var(--seal-bg)" },
  ".cm-error-place": { textDecoration: "underline wavy var(--seal)" },
});

/** Highlighting, right-to-left text in strings and comments, and the looks of the editor. */
export function sparql(): Extension {
  return [new LanguageSupport(language), syntaxHighlighting(colours), bidiIsolates(), theme];
}
