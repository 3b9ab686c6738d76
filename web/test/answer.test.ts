import assert from "node:assert/strict";
import { test } from "node:test";
import { fold } from "../src/fold.ts";
import { withQuery } from "../src/lists.ts";
import { MOST_NODES, place, readLinks } from "../src/links.ts";
import { numberColumns, sorted } from "../src/rows.ts";
import type { Cell, Rows } from "../src/rows.ts";
import { readState, writeState } from "../src/state.ts";

const words = (text: string): Cell => ({ text, number: null, node: "", href: "" });
const number = (value: number): Cell => ({ text: String(value), number: value, node: "", href: "" });
const thing = (name: string): Cell => ({ text: name, number: null, node: `urn:${name}`, href: "" });
const table = (...cells: Cell[][]): Rows => ({ columns: (cells[0] ?? []).map((_, i) => `c${i}`), cells, statements: false });

test("numbers are sorted by size and what is not there stands last both ways", () => {
  const rows = table([number(10)], [number(9)], [words("")], [number(-1)]);
  assert.deepEqual(numberColumns(rows), [0]);
  assert.deepEqual(sorted(rows, 0, false, "en"), [3, 1, 0, 2]);
  assert.deepEqual(sorted(rows, 0, true, "en"), [0, 1, 3, 2]);
});

test("words are sorted as the language does, equal ones stay in the order of the answer", () => {
  const rows = table([words("پلیس")], [words("آب")], [words("گمرک")], [words("آب")]);
  assert.deepEqual(sorted(rows, 0, false, "fa"), [1, 3, 0, 2]);
});

test("the address holds the whole state and gives it back", () => {
  const state = { query: "SELECT * { ?س ?p \"a&b=c\" }", view: "chart", sort: { column: "n", down: true } } as const;
  assert.deepEqual(readState(writeState(state) ?? ""), state);
  assert.equal(writeState({ query: "", view: "table", sort: null }), "");
  assert.equal(writeState({ query: "x".repeat(20_000), view: "table", sort: null }), null);
});

test("rows of three things make a graph; other rows make none", () => {
  const found = readLinks(table([thing("a"), thing("p"), thing("b")], [thing("a"), thing("q"), thing("b")]));
  assert.deepEqual([...(found?.nodes.keys() ?? [])], ["urn:a", "urn:b"]);
  assert.deepEqual(found?.links, [{ from: "urn:a", to: "urn:b", label: "p · q" }]);
  assert.equal(readLinks(table([thing("a"), thing("p"), words("b")])), null);
  assert.equal(readLinks(table([thing("a"), thing("p")])), null);
});

test("a large graph is cut to the nodes with most links and says how many there are", () => {
  const star = Array.from({ length: 300 }, (_, i) => [thing("hub"), thing("p"), thing(`n${i}`)]);
  const found = readLinks(table(...star));
  assert.equal(found?.nodes.size, MOST_NODES);
  assert.ok(found.nodes.has("urn:hub"));
  assert.equal(found.allNodes, 301);
  assert.equal(found.links.length, MOST_NODES - 1);
});

test("the same graph is placed the same, and no node on another", () => {
  const rows = table(...Array.from({ length: 40 }, (_, i) => [thing(`n${i % 7}`), thing("p"), thing(`m${i}`)]));
  const found = readLinks(rows);
  assert.ok(found);
  const [first, second] = [place(found, () => 40), place(found, () => 40)];
  assert.deepEqual(first, second);
  const places = [...first.values()];
  for (const [i, a] of places.entries()) {
    for (const b of places.slice(i + 1)) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) > 60);
  }
});

test("letters are folded as the server folds them", () => {
  assert.equal(fold("شوراي  تأمین"), "شورای تامین");
  assert.equal(fold("می\u200cشود ۱۳۹۶"), "میشود 1396");
});

test("the history holds each query once, the last first, and not without end", () => {
  assert.deepEqual(withQuery(["a", "b"], "b"), ["b", "a"]);
  assert.equal(withQuery(Array.from({ length: 80 }, (_, i) => String(i)), "x").length, 50);
});
