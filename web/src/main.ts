// The SPARQL page with its editor. Without this script the page is a form that works.
import "./editor.css";
import { ask, errorPlace, prepare, summary } from "./answer.ts";
import type { Shown } from "./answer.ts";
import { mount } from "./editor.ts";
import { remember, startHistory } from "./history.ts";
import { startQuestionList } from "./question-list.ts";
import { announce, byId, say } from "./page.ts";
import { readState, writeState } from "./state.ts";
import type { State } from "./state.ts";

const form = byId<HTMLFormElement>("ask");
const field = byId<HTMLTextAreaElement>("query");
const stop = byId<HTMLButtonElement>("editor-stop");
let state: State = readState(location.search);
let shown: Shown | null = null;
let running: AbortController | null = null;

const editor = mount(field, () => void run(), () => {
  editor.clearError();
  linkTwin();
});

/** The link to the other language leads to the same query in the same view. */
function linkTwin(): void {
  const twin = document.querySelector<HTMLAnchorElement>("a.lang");
  const search = writeState({ ...state, query: editor.text() });
  if (twin && search !== null) twin.search = search;
}

function keep(next: State, how: "pushState" | "replaceState"): void {
  state = next;
  const search = writeState(state);
  if (search === null) announce(say("editor.address-long"));
  history[how](null, "", search === null ? location.pathname : location.pathname + search);
  linkTwin();
}

function change(part: Partial<State>): void {
  keep({ ...state, ...part }, "replaceState");
  shown?.apply(state);
}

function showAnswer(): void {
  shown = prepare(change, (iri) => start(`DESCRIBE <${iri}>`));
  shown?.apply(state);
  const wrong = errorPlace();
  if (wrong) editor.error(wrong.line, wrong.column);
}

function busy(now: AbortController | null): void {
  running = now;
  stop.hidden = !now;
  byId("answer").setAttribute("aria-busy", String(Boolean(now)));
}

async function evaluate(query: string): Promise<void> {
  running?.abort();
  const own = new AbortController();
  busy(own);
  announce(say("editor.running"));
  editor.clearError();
  try {
    await ask(query, own.signal);
    showAnswer();
    announce(summary());
    if (errorPlace()) editor.focus();
  } catch {
    if (running === own) announce(say(own.signal.aborted ? "editor.stopped" : "editor.failed"));
  } finally {
    if (running === own) busy(null);
  }
}

async function run(): Promise<void> {
  const query = editor.text();
  if (!query.trim()) return;
  remember(query, choose);
  keep(query === state.query ? state : { query, view: state.view, sort: null }, "pushState");
  await evaluate(query);
}

/** Put a query into the editor and run it. */
function start(query: string): void {
  editor.replace(query);
  void run();
}

/** Put a query into the editor, to be read and changed. */
function choose(query: string): void {
  editor.replace(query);
  editor.focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void run();
});
stop.addEventListener("click", () => running?.abort());
window.addEventListener("popstate", () => {
  state = readState(location.search);
  editor.replace(state.query);
  if (state.query) void evaluate(state.query);
  else byId("answer").replaceChildren();
});
startHistory(choose);
startQuestionList(choose);
if (state.query) remember(state.query, choose);
showAnswer();
linkTwin();
