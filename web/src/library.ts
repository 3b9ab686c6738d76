// The library of questions: search in both languages, and the text of a question without leaving the page.
import { fold } from "./fold.ts";
import { byId, say } from "./page.ts";

/** Make the list searchable; `choose` gets the text of the question that is chosen. */
export function startLibrary(choose: (query: string) => void): void {
  const items = [...document.querySelectorAll<HTMLElement>("#library li")];
  const texts = items.map((item) => fold(item.dataset["find"] ?? ""));
  const field = byId<HTMLInputElement>("library-words");
  byId("library-find").hidden = false;
  field.addEventListener("input", () => {
    const wanted = fold(field.value).split(" ").filter(Boolean);
    let count = 0;
    items.forEach((item, index) => {
      item.hidden = !wanted.every((word) => texts[index]?.includes(word));
      if (!item.hidden) count += 1;
    });
    byId("library-status").textContent = wanted.length ? say("editor.questions.found", { n: count }) : "";
  });
  byId("library").addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    void textOf(link.href).then((text) => (text ? choose(text) : location.assign(link.href)));
  });
}

async function textOf(address: string): Promise<string> {
  try {
    const page = await (await fetch(address)).text();
    const parsed = new DOMParser().parseFromString(page, "text/html");
    return parsed.querySelector<HTMLTextAreaElement>("#query")?.value ?? "";
  } catch {
    return "";
  }
}
