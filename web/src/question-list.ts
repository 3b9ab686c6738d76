// The list of questions: search in both languages, and the text of a question without leaving the page.
import { fold } from "./fold.ts";
import { byId, say } from "./page.ts";

/** Make the list searchable; `choose` gets the text of the question that is chosen. */
export function startQuestionList(choose: (query: string) => void): void {
  const items = [...document.querySelectorAll<HTMLElement>("#question-list li")];
  const texts = items.map((item) => fold(item.dataset["find"] ?? ""));
  const field = byId<HTMLInputElement>("question-list-words");
  byId("question-list-find").hidden = false;
  field.addEventListener("input", () => {
    const wanted = fold(field.value).split(" ").filter(Boolean);
    let count = 0;
    items.forEach((item, index) => {
      item.hidden = !wanted.every((word) => texts[index]?.includes(word));
      if (!item.hidden) count += 1;
    });
    byId("question-list-status").textContent = wanted.length ? say("editor.questions.found", { n: count }) : "";
  });
  byId("question-list").addEventListener("click", (event) => {
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
