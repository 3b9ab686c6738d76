// A list of the static site: its page has all lines, and this narrows, counts and sorts them as the address says.
import { type Data, type Hit, find } from "./find.ts";
import { fold } from "./fold.ts";

interface Listed {
  readonly lang: "fa" | "en";
  /** Kind and id of each line, in the order of the page. */
  readonly things: readonly string[];
  /** Lines by value of each facet. */
  readonly facets: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
  /** By thing, the facets and values that it names. */
  readonly called: Readonly<Record<string, readonly (readonly [key: string, token: string])[]>>;
  /** Whether the lines are parts of things: steps. */
  readonly parts: boolean;
  readonly orders: Readonly<Record<string, readonly number[]>>;
  readonly order: string;
  readonly messages: Readonly<Record<string, string>>;
}
const NAMES = ["hit.id", "hit.name", "hit.spelling"];
const here = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : "";

function texts(): Promise<Data> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("search-data.js", here).href;
    script.onload = () => resolve((window as unknown as { daftarSearch: Data }).daftarSearch);
    script.onerror = reject;
    document.head.append(script);
  });
}

function show(list: Listed, lines: readonly HTMLTableRowElement[], asked: URLSearchParams, hits: ReadonlySet<string> | null, names: ReadonlySet<string> | null): void {
  const digits = (n: number): string => (list.lang === "fa" ? String(n).replace(/\d/g, (d) => "۰۱۲۳۴۵۶۷۸۹"[Number(d)] ?? d) : String(n));
  const said = (key: string): string => list.messages[key] ?? "";
  const q = asked.get("q")?.trim() ?? "", words = fold(q).split(" ").filter(Boolean);
  const chosen = Object.keys(list.facets).map((key) => [key, [...new Set(asked.getAll(key))]] as const).filter(([, tokens]) => tokens.length);
  const called = new Set([...(names ?? [])].flatMap((name) => list.called[name] ?? []).flatMap(([key, token]) => list.facets[key]?.[token] ?? []));
  const found = lines.map((line, at) => {
    if (!words.length || called.has(at)) return true;
    if (!list.parts) return Boolean(hits?.has(list.things[at] ?? ""));
    const text = fold(line.querySelector("th")?.textContent ?? "");  // a part of a thing is found by its own words
    return words.every((word) => text.includes(word));
  });
  const having = new Map(chosen.map(([key, tokens]) => [key, new Set(tokens.flatMap((token) => list.facets[key]?.[token] ?? []))]));
  const left = (at: number, but = ""): boolean => Boolean(found[at]) && [...having].every(([key, some]) => key === but || some.has(at));
  const shown = lines.filter((line, at) => !(line.hidden = !left(at))).length;

  const sort = asked.get("sort") ?? "", order = list.orders[sort] ?? list.orders[list.order];
  if (order) lines[0]?.parentElement?.append(...order.flatMap((at) => lines[at] ?? []));
  const now = list.orders[sort] ? sort : list.order;
  const to = (change: (one: URLSearchParams) => void): string => {
    const one = new URLSearchParams([...asked].filter(([, value]) => value));
    change(one);
    return `?${one}`;
  };
  for (const head of document.querySelectorAll<HTMLAnchorElement>("thead th a")) {
    const column = new URL(head.href).searchParams.get("sort")?.replace(/^-/, "") ?? list.order.replace(/^-/, "");
    const mine = now.replace(/^-/, "") === column, down = now.startsWith("-");
    const th = head.closest("th");
    th?.removeAttribute("aria-sort");
    head.querySelector(".way")?.remove();
    if (mine) {
      th?.setAttribute("aria-sort", down ? "descending" : "ascending");
      const way = document.createElement("span");
      way.className = `way ${down ? "down" : "up"}`;
      way.ariaHidden = "true";
      head.append(" ", way);
    }
    const first = head.dataset.first ?? new URL(head.href).searchParams.get("sort") ?? list.order;
    head.dataset.first = first;
    head.href = to((one) => one.set("sort", mine ? (down ? column : `-${column}`) : first));
  }

  const chips: HTMLElement[] = [];
  const chip = (what: string, name: string, href: string): void => {
    const item = document.createElement("li"), link = document.createElement("a"), value = document.createElement("bdi");
    const hidden = document.createElement("span"), cross = document.createElement("span");
    hidden.className = "hidden-text";
    hidden.textContent = `${said("browse.remove")}: `;
    value.textContent = name;
    cross.className = "cross";
    cross.ariaHidden = "true";
    link.className = "chip";
    link.href = href;
    link.append(hidden, `${what}: `, value, " ", cross);
    item.append(link);
    chips.push(item);
  };
  if (q) chip(said("browse.words"), q, to((one) => one.delete("q")));
  for (const key of Object.keys(list.facets)) {
    const tokens = having.has(key) ? asked.getAll(key) : [];
    let box: HTMLDetailsElement | null = null;
    for (const input of document.querySelectorAll<HTMLInputElement>(`.facet input[name="${CSS.escape(key)}"]`)) {
      box ??= input.closest("details");
      const count = (list.facets[key]?.[input.value] ?? []).filter((at) => left(at, key)).length, row = input.closest("li");
      input.checked = tokens.includes(input.value);
      if (row) row.hidden = !count && !input.checked;
      const number = row?.querySelector(".n");
      if (number) number.textContent = digits(count);
    }
    if (box && tokens.length) box.open = true;
    const title = box?.querySelector("legend")?.textContent ?? key;
    for (const token of new Set(tokens)) {
      const input = document.querySelector(`.facet input[name="${CSS.escape(key)}"][value="${CSS.escape(token)}"]`);
      const name = input?.closest("label")?.querySelector("span")?.textContent ?? token;
      chip(title, name.trim(), to((one) => one.delete(key, token)));
    }
  }
  const narrowed = Boolean(words.length || chosen.length), tally = document.getElementById("results-count");
  document.querySelector(".chips.chosen")?.remove();
  if (tally && narrowed) {
    const bold = document.createElement("b"), row = document.createElement("ul"), all = document.createElement("li"), clear = document.createElement("a");
    bold.textContent = said("browse.found").replace("{n}", digits(shown)).replace("{all}", digits(lines.length));
    tally.replaceChildren(bold);
    row.className = "plain chips chosen";
    clear.href = "?";
    clear.textContent = said("browse.clear");
    all.append(clear);
    row.append(...chips, all);
    tally.after(row);
  }
  const none = document.getElementById("list-none"), table = document.querySelector<HTMLElement>(".results .sheet");
  if (none) none.hidden = shown > 0;
  if (table) table.hidden = shown === 0;
  // the files beside the page have the whole list
  for (const one of document.querySelectorAll<HTMLElement>(".results .exports")) one.hidden = narrowed;
  const input = document.querySelector<HTMLInputElement>("#find-in"), select = document.querySelector<HTMLSelectElement>("#order");
  if (input) input.value = q;
  if (select) select.value = now;
  for (const twin of document.querySelectorAll<HTMLAnchorElement>("a.lang")) twin.search = asked.toString();
}

async function begin(): Promise<void> {
  const block = document.getElementById("list-data"), asked = new URLSearchParams(location.search);
  if (!block || ![...asked.values()].some(Boolean)) return;
  const list = JSON.parse(block.textContent ?? "{}") as Listed;
  const lines = [...document.querySelectorAll<HTMLTableRowElement>(".results tbody tr")];
  let hits: ReadonlySet<string> | null = null, names: ReadonlySet<string> | null = null;
  if (asked.get("q")?.trim()) {
    const data = await texts();
    const keyed = (found: readonly Hit[]): Set<string> => new Set(found.map((hit) => data.things[hit.thing]?.slice(0, 2).join("/") ?? ""));
    const found = find(data, data.entries.map((entry) => fold(entry[5])), asked.get("q") ?? "");
    hits = keyed(found);
    names = keyed(found.filter((hit) => hit.found.some(([, what]) => NAMES.includes(data.whats[what] ?? ""))));
  }
  show(list, lines, asked, hits, names);
}
begin();
