// The editor in place of the text field. It lives in a shadow tree: there its styles are constructed style
// sheets, which the Content-Security-Policy of the site allows without any exception.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { EditorState, Prec, StateEffect, StateField } from "@codemirror/state";
import type { Transaction } from "@codemirror/state";
import { Decoration, EditorView, drawSelection, keymap, lineNumbers } from "@codemirror/view";
import type { DecorationSet } from "@codemirror/view";
import { names, variables, words } from "./completion.ts";
import { declareTyped } from "./declare.ts";
import { sparql } from "./language.ts";
import { byId, digits, say } from "./page.ts";

interface Wrong {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}
const markWrong = StateEffect.define<Wrong | null>();
const wrongPlace = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(markWrong)) continue;
      next = effect.value ? marksOf(effect.value) : Decoration.none;
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function marksOf(wrong: Wrong): DecorationSet {
  const line = Decoration.line({ class: "cm-error-line", attributes: { "aria-invalid": "true" } }).range(wrong.line);
  const place = wrong.to > wrong.from ? [Decoration.mark({ class: "cm-error-place" }).range(wrong.from, wrong.to)] : [];
  return Decoration.set([line, ...place], true);
}

/**
 * Typing over a selection. Left alone, Chromium may put style attributes on what it typed in its place,
 * which the Content-Security-Policy forbids and the console reports.
 */
const typeOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const text = event.data;
    const { from, to } = view.state.selection.main;
    if (event.inputType !== "insertText" || !text || view.composing) return false;
    if (from === to) return false;
    const typed = (): Transaction =>
      view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, from, to, text, typed))) view.dispatch(typed());
    event.preventDefault();
    return true;
  },
});

export interface Editor {
  text(): string;
  replace(text: string): void;
  focus(): void;
  /** Mark a place; line and column count from one. */
  error(line: number, column: number): void;
  clearError(): void;
}

/** Put the editor in place of the field; `run` is called for Ctrl+Enter, `changed` after every change. */
export function mount(field: HTMLTextAreaElement, run: () => void, changed: () => void): Editor {
  const host = byId("editor");
  const root = host.attachShadow({ mode: "open" });
  const label = document.querySelector(`label[for="${field.id}"]`);
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }])),
        lineNumbers({ formatNumber: (n) => digits(n) }),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        indentOnInput(),
        autocompletion({ override: [names, variables, words], icons: false, activateOnTypingDelay: 150, maxRenderedOptions: 14 }),
        declareTyped(),
        wrongPlace,
        typeOver,
        sparql(),
        EditorView.lineWrapping,
        EditorState.phrases.of({ Completions: say("editor.completions") }),
        EditorView.contentAttributes.of({
          "aria-label": label?.textContent ?? "",
          "aria-description": byId("editor-hint").textContent ?? "",
          dir: "ltr",
          lang: "en",
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) changed();
        }),
        // no Tab here: it leaves the editor, so that nobody is caught in it
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
      ],
    }),
  });
  host.hidden = false;
  field.hidden = true;
  byId("editor-hint").hidden = false;
  label?.addEventListener("click", () => view.focus());
  return {
    text: () => view.state.doc.toString(),
    focus: () => view.focus(),
    replace(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 } });
    },
    error(line, column) {
      const at = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
      const to = Math.min(at.from + offsetOf(at.text, column) + 1, at.to);
      const from = Math.max(Math.min(to - 1, at.to), at.from);
      view.dispatch({ effects: markWrong.of({ line: at.from, from, to }), selection: { anchor: from }, scrollIntoView: true });
    },
    clearError() {
      if (view.state.field(wrongPlace).size) view.dispatch({ effects: markWrong.of(null) });
    },
  };
}

/** The server counts characters, JavaScript counts halves of some. */
function offsetOf(text: string, column: number): number {
  return [...text].slice(0, Math.max(column - 1, 0)).join("").length;
}
