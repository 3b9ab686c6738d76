// Search as you type: offers things under the search box of every page, as an editable combobox with a list
// (WAI-ARIA Authoring Practices, "Combobox"). Without a script the box is the plain form that it was.
import type { Piece } from "./find.ts";

export interface Result {
  readonly label: string;
  readonly id: string;
  readonly kind: string;
  readonly kind_label: string;
  readonly page: string;
  readonly found: { readonly what: string; readonly lang: string; readonly pieces: readonly Piece[] } | null;
}
export interface Answer {
  readonly q: string;
  readonly total: number;
  readonly results: readonly Result[];
}

/** Answers what was typed: asked of the server, or found in the data of the static site. */
export type Ask = (q: string, lang: string, most: number, signal: AbortSignal) => Promise<Answer>;

const WAIT = 120;
const MOST = 8;

function element(tag: string, attributes: Readonly<Record<string, string>> = {}, text = ""): HTMLElement {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}

/** Everything about one search box. */
class Suggest {
  private readonly list: HTMLElement;
  private readonly status: HTMLElement;
  private options: readonly { readonly node: HTMLElement; readonly page: string }[] = [];
  private active = -1;
  private timer = 0;
  private running: AbortController | null = null;
  private asked = "";

  constructor(
    private readonly form: HTMLFormElement,
    private readonly field: HTMLInputElement,
    private readonly answers: Ask,
  ) {
    const label = field.getAttribute("aria-label") ?? "";
    this.list = element("ul", { role: "listbox", id: "suggestions", "aria-label": label, class: "suggestions" });
    this.list.hidden = true;
    this.status = element("span", { role: "status", class: "hidden-text" });
    form.append(this.list, this.status);
    const pattern = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list" };
    for (const [name, value] of Object.entries(pattern)) field.setAttribute(name, value);
    field.setAttribute("aria-controls", "suggestions");
    field.setAttribute("aria-expanded", "false");
    field.addEventListener("input", () => this.later());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("focus", () => this.reopen());
    field.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => this.click(event));
  }

  private later(): void {
    clearTimeout(this.timer);
    this.running?.abort();
    const q = this.field.value.trim();
    if (!q) {
      this.show(null);
      return;
    }
    this.timer = window.setTimeout(() => void this.ask(q), WAIT);
  }

  private async ask(q: string): Promise<void> {
    const running = (this.running = new AbortController());
    try {
      const found = await this.answers(q, document.documentElement.lang, MOST, running.signal);
      if (!running.signal.aborted && document.activeElement === this.field) this.show(found);
    } catch {
      if (!running.signal.aborted) this.show(null); // the form still works
    }
  }

  private show(answer: Answer | null): void {
    this.active = -1;
    this.asked = answer?.q ?? "";
    this.list.replaceChildren();
    this.options = [];
    this.status.textContent = "";
    if (!answer) {
      this.close();
      return;
    }
    const made = answer.results.map((result) => ({ node: this.option(result), page: result.page }));
    const all = element("li", { class: "all" }, this.say("suggestAll").replace("{q}", answer.q));
    const page = `${this.form.action}?${new URLSearchParams({ q: answer.q }).toString()}`;
    this.options = answer.total ? [...made, { node: all, page }] : made;
    this.options.forEach(({ node }, index) => {
      node.id = `suggestion-${index}`;
      node.setAttribute("role", "option");
      node.setAttribute("aria-selected", "false");
      this.list.append(node);
    });
    this.status.textContent = answer.total ? this.count(answer.results.length) : this.say("suggestNone");
    this.open(this.options.length > 0);
  }

  private option(result: Result): HTMLElement {
    const node = element("li");
    const name = element("span", { class: "what" }, result.label);
    node.append(name, " ", element("span", { class: "chip" }, result.kind_label));
    if (["process", "service"].includes(result.kind)) {
      node.append(" ", element("span", { class: "chip id" }, result.id));
    }
    const found = result.found;
    if (found) {
      const dir = found.lang === "fa" ? "rtl" : "ltr";
      const where = element("span", { class: "where" }, `${found.what} `);
      const words = element("span", { lang: found.lang, dir });
      for (const piece of found.pieces) {
        words.append(piece.wanted ? element("mark", {}, piece.text) : piece.text);
      }
      where.append(words);
      node.append(where);
    }
    return node;
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) this.reopen();
      if (!this.list.hidden) this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && open && this.active >= 0) {
      event.preventDefault();
      this.go(this.active);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      this.close();
    }
  }

  /** Down from the last suggestion leads to the field itself and on to the first, as the pattern has it. */
  private move(by: number): void {
    const places = this.options.length + 1;
    const next = (this.active + 1 + by + places) % places;
    this.options[this.active]?.node.setAttribute("aria-selected", "false");
    this.active = next - 1;
    const node = this.options[this.active]?.node;
    if (node) {
      node.setAttribute("aria-selected", "true");
      node.scrollIntoView({ block: "nearest" });
      this.field.setAttribute("aria-activedescendant", node.id);
    } else {
      this.field.removeAttribute("aria-activedescendant");
    }
  }

  private click(event: MouseEvent): void {
    const node = event.target instanceof Element ? event.target.closest("[role=option]") : null;
    const index = this.options.findIndex((option) => option.node === node);
    if (index < 0) return;
    if (event.metaKey || event.ctrlKey) window.open(this.options[index]?.page, "_blank", "noopener");
    else this.go(index);
  }

  private go(index: number): void {
    const page = this.options[index]?.page;
    if (page) location.assign(page);
  }

  private reopen(): void {
    if (this.options.length > 0 && this.asked === this.field.value.trim()) this.open(true);
    else if (this.field.value.trim() && document.activeElement === this.field && this.asked) this.later();
  }

  private open(open: boolean): void {
    this.list.hidden = !open;
    this.field.setAttribute("aria-expanded", String(open));
    if (!open) this.field.removeAttribute("aria-activedescendant");
  }

  private close(): void {
    clearTimeout(this.timer);
    this.running?.abort();
    this.options[this.active]?.node.setAttribute("aria-selected", "false");
    this.active = -1;
    this.open(false);
  }

  private count(n: number): string {
    const text = this.say(n === 1 ? "suggestOne" : "suggestOther");
    return text.replace("{n}", n.toLocaleString(document.documentElement.lang === "fa" ? "fa" : "en"));
  }

  private say(name: string): string {
    return this.form.dataset[name] ?? "";
  }
}

/** Put suggestions under the search box of the page, if it has one. */
export function suggest(answers: Ask): void {
  const form = document.querySelector<HTMLFormElement>("form[data-suggest-all]");
  const field = form?.querySelector<HTMLInputElement>("input[name=q]");
  if (form && field) new Suggest(form, field, answers);
}
