// Where the cursor stands in a query that is not finished: which words, and what may come next.
// The grammar of the highlighter recovers from errors, but not always so that the unfinished place is
// seen for what it is; a scan of the tokens before it (SPARQL 1.1, section 19.8) is.

export type Place = "class" | "property" | "term" | "graph" | "none";

const TOKEN =
  /#[^\n]*|"""(?:[^"\\]|\\[^]|"(?!""))*"""|'''(?:[^'\\]|\\[^]|'(?!''))*'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>|[?$][\p{L}\p{N}_]+|@[A-Za-z-]+|[\p{L}\p{N}_.-]*:(?:[\p{L}\p{N}_.:%-]|\\[^])*|[\p{L}_][\p{L}\p{N}_.-]*|\d[\d.eE+-]*|\^\^|[^\s]/gu;
const NUMBER_OR_STRING = /^["'\d]/;
const PATH_SIGN = /^[/|^()+*?!]$/;

interface Frame {
  kind: "{" | "[" | "(";
  next: "subject" | "verb" | "object" | "after" | "expression";
  verb: string;
}

/** What may stand at the end of a text that begins a query. */
export function placeAt(before: string): Place {
  const stack: Frame[] = [];
  let clause = "";
  for (const [token] of before.matchAll(TOKEN)) {
    if (token.startsWith("#")) {
      if (before.endsWith(token)) return "none";
      continue;
    }
    const frame = stack[stack.length - 1];
    const word = token.toUpperCase();
    if (token === "{") {
      stack.push({ kind: "{", next: "subject", verb: "" });
      clause = "";
    } else if (token === "[") {
      if (frame) placed(frame, token);
      stack.push({ kind: "[", next: "verb", verb: "" });
    } else if (token === "(" && !(frame && isPath(frame))) {
      stack.push({ kind: "(", next: "expression", verb: "" });
    } else if (token === "}" || token === "]" || (token === ")" && frame?.kind === "(")) {
      stack.pop();
      const outer = stack[stack.length - 1];
      if (token === "}" && outer) outer.next = "subject";
      if (token === ")" && outer?.next === "expression") continue;
    } else if (/^(GRAPH|FROM|NAMED|DESCRIBE|PREFIX|BASE)$/.test(word)) {
      clause = word;
    } else if (clause) {
      clause = word === "<" ? clause : "";
      if (frame) frame.next = "subject";
    } else if (frame) {
      step(frame, token, word);
    }
  }
  return expected(stack[stack.length - 1], clause);
}

function isPath(frame: Frame): boolean {
  return frame.next === "verb" && frame.kind !== "(";
}

function placed(frame: Frame, token: string): void {
  if (frame.next === "subject") frame.next = "verb";
  else if (frame.next === "verb") {
    frame.next = "object";
    frame.verb = token;
  } else if (frame.next === "object") frame.next = "after";
}

function step(frame: Frame, token: string, word: string): void {
  if (frame.next === "expression") return;
  if (/^(FILTER|BIND|VALUES|OPTIONAL|UNION|MINUS|NOT|EXISTS|SELECT|DISTINCT|WHERE)$/.test(word)) {
    frame.next = "subject";
  } else if (token === ".") frame.next = "subject";
  else if (token === ";") frame.next = "verb";
  else if (token === ",") frame.next = "object";
  else if (frame.next === "after" || token.startsWith("@") || token === "^^") {
    if (PATH_SIGN.test(token)) frame.next = "verb";
  } else if (frame.next === "object" && PATH_SIGN.test(token) && token !== "(") {
    if (!/^[+*?)]$/.test(token)) frame.next = "verb"; // a path goes on: a / b
  } else if (frame.next === "verb" && PATH_SIGN.test(token)) {
    return;
  } else placed(frame, NUMBER_OR_STRING.test(token) ? "" : token);
}

function expected(frame: Frame | undefined, clause: string): Place {
  if (clause === "GRAPH" || clause === "FROM" || clause === "NAMED") return "graph";
  if (clause === "DESCRIBE") return "term";
  if (clause || !frame) return "none";
  if (frame.next === "verb") return "property";
  if (frame.next === "object" && /^(a|rdf:type)$/.test(frame.verb)) return "class";
  return frame.next === "after" ? "none" : "term";
}

export interface Typed {
  readonly from: number;
  readonly text: string;
}

const PERSIAN = /[\p{Script=Arabic}\p{M}\u200c]+(?: [\p{Script=Arabic}\p{M}\u200c]+)*$/u;
const NAME = /<[^<>"{}|^`\\\s]*$|[\p{L}\p{N}_-]*:?[\p{L}\p{N}_-]+$|[A-Za-z][\w-]*:$/u;

/** The words before the cursor that a name is looked up by: Persian words run together, others are one. */
export function typedAt(before: string): Typed | null {
  const found = PERSIAN.exec(before) ?? NAME.exec(before);
  if (!found || /[?$@]$/.test(before.slice(0, found.index))) return null;
  return { from: found.index, text: found[0] };
}

/** Whether the end of a text stands in a string or a comment. */
export function inText(before: string): boolean {
  let rest = "";
  let end = 0;
  for (const match of before.matchAll(TOKEN)) {
    const token = match[0];
    end = match.index + token.length;
    rest = token;
  }
  if (rest.startsWith("#")) return end === before.length;
  return rest === '"' || rest === "'" || unclosed(before);
}

function unclosed(before: string): boolean {
  for (const match of before.matchAll(TOKEN)) {
    if (match[0] === '"' || match[0] === "'") return !before.slice(match.index).includes("\n");
  }
  return false;
}
