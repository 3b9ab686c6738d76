// The queries that were run in this browser; nothing of it leaves it.
import { headline, withQuery } from "./lists.ts";
import { byId, say } from "./page.ts";

const KEY = "daftar.queries";

function read(): string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter((each) => typeof each === "string") : [];
  } catch {
    return []; // no storage, or not ours
  }
}

function write(list: readonly string[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(list));
  } catch {
    // a browser that keeps nothing runs queries all the same
  }
}

/** Put a query into the history. */
export function remember(query: string, choose: (query: string) => void): void {
  write(withQuery(read(), query));
  show(choose);
}

function show(choose: (query: string) => void): void {
  const items = read().map((query) => {
    const item = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "link-button", textContent: headline(query) });
    button.dir = "auto";
    button.addEventListener("click", () => choose(query));
    item.append(button);
    return item;
  });
  const empty = Object.assign(document.createElement("li"), { textContent: say("editor.history.empty"), className: "muted" });
  byId("history-list").replaceChildren(...(items.length ? items : [empty]));
  byId("history-clear").hidden = !items.length;
}

/** Show the list and let it be cleared. */
export function startHistory(choose: (query: string) => void): void {
  byId("history").hidden = false;
  byId("history-clear").addEventListener("click", () => {
    write([]);
    show(choose);
  });
  show(choose);
}
