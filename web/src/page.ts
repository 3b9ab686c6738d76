// What the server put into the page: language, prefixes, messages, and elements by id.

interface Data {
  readonly lang: "fa" | "en";
  readonly prefixes: Readonly<Record<string, string>>;
  readonly messages: Readonly<Record<string, string>>;
}

const block = document.getElementById("editor-data");
export const data: Data = JSON.parse(block?.textContent ?? "{}") as Data;

/** The element with an id, which the template always writes. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element #${id}`);
  return found as T;
}

/** A number in the digits of the page's language. */
export function digits(value: number | string): string {
  const text = String(value);
  return data.lang === "fa" ? text.replace(/\d/g, (d) => "۰۱۲۳۴۵۶۷۸۹"[Number(d)] ?? d) : text;
}

/** A message with its values filled in; values are text. */
export function say(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const message = data.messages[key] ?? key;
  return message.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? "";
    return typeof value === "number" ? digits(value) : value;
  });
}

/** Say something to everybody: it is shown, and screen readers read it out. */
export function announce(text: string): void {
  byId("editor-status").textContent = text;
}
