import assert from "node:assert/strict";
import { test } from "node:test";
import { declaration, declared } from "../src/prefixes.ts";

function added(query: string): string {
  const change = declaration(query, "df", "urn:df#");
  return change ? query.slice(0, change.from) + change.insert + query.slice(change.from) : query;
}

test("a query that declares the prefix stays as it is", () => {
  for (const query of ["PREFIX df: <urn:other#>\nASK {}", "prefix df:<urn:df#> ASK {}"]) assert.equal(added(query), query);
});

test("a declaration follows the others, and the comments at the top", () => {
  assert.equal(added("ASK {}"), "PREFIX df: <urn:df#>\nASK {}");
  assert.equal(added("# what\n\nASK {}"), "# what\n\nPREFIX df: <urn:df#>\nASK {}");
  assert.equal(added("PREFIX a: <urn:a#>\nASK {}"), "PREFIX a: <urn:a#>\nPREFIX df: <urn:df#>\nASK {}");
  assert.equal(added("PREFIX a: <urn:a#>"), "PREFIX a: <urn:a#>\nPREFIX df: <urn:df#>");
});

test("what is declared is read with its namespace", () => {
  assert.deepEqual([...declared("PREFIX a: <urn:a#>\n PREFIX : <urn:b#>")], [["a", "urn:a#"], ["", "urn:b#"]]);
});
