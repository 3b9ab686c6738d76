import assert from "node:assert/strict";
import { test } from "node:test";
import { inText, placeAt, typedAt } from "../src/scan.ts";

const cases: readonly (readonly [string, string])[] = [
  ["SELECT * WHERE { ", "term"],
  ["SELECT * WHERE { ?p ", "property"],
  ["SELECT * WHERE { ?p a ", "class"],
  ["SELECT * WHERE { ?p rdf:type ", "class"],
  ["SELECT * WHERE { ?p a df:Process ; ", "property"],
  ["SELECT * WHERE { ?p a df:Process . ", "term"],
  ["SELECT * WHERE { ?p df:involvesAgency ", "term"],
  ["SELECT * WHERE { ?p df:involvesAgency ?a , ", "term"],
  ["SELECT * WHERE { ?p df:hasStep/", "property"],
  ["SELECT * WHERE { ?p ^", "property"],
  ["SELECT * WHERE { ?p df:hasStep+ ", "term"],
  ["SELECT * WHERE { GRAPH ", "graph"],
  ["SELECT * WHERE { GRAPH ?g { ?s ", "property"],
  ["SELECT * FROM ", "graph"],
  ["SELECT * FROM NAMED ", "graph"],
  ["DESCRIBE ", "term"],
  ["SELECT * WHERE { ?s ?p ?o FILTER(?o = ", "term"],
  ["SELECT * WHERE { ?s ?p ?o FILTER(?o = 1) ", "term"],
  ["SELECT * WHERE { ?s ?p ?o OPTIONAL { ?o ", "property"],
  ['SELECT * WHERE { ?s dct:title "سلام؛ ."@fa ; ', "property"],
  ["SELECT * WHERE { ?s df:p [ ", "property"],
  ["SELECT * WHERE { ?s df:p [ df:q 1 ] ; ", "property"],
  ["SELECT * WHERE { VALUES ?x { ", "term"],
  ["PREFIX ", "none"],
  ["SELECT ", "none"],
  ["SELECT * WHERE { # note", "none"],
  ["PREFIX df: <https://w3id.org/daftar/ontology#>\nSELECT * WHERE { ?p ", "property"],
];

for (const [before, place] of cases) {
  test(`${JSON.stringify(before)} is followed by ${place}`, () => assert.equal(placeAt(before), place));
}

test("Persian words run together, other words do not", () => {
  assert.deepEqual(typedAt("?p ?q نیروی انتظامی"), { from: 6, text: "نیروی انتظامی" });
  assert.deepEqual(typedAt("{ ?p law enf"), { from: 9, text: "enf" });
  assert.deepEqual(typedAt("?p df:inv"), { from: 3, text: "df:inv" });
  assert.deepEqual(typedAt("?p <pol"), { from: 3, text: "<pol" });
});

test("variables and language tags are no names", () => {
  assert.equal(typedAt("?po"), null);
  assert.equal(typedAt('"x"@f'), null);
  assert.equal(typedAt("{ "), null);
});

test("strings and comments are told from the query", () => {
  assert.equal(inText('{ ?s ?p "نیروی'), true);
  assert.equal(inText("# نیروی"), true);
  assert.equal(inText('{ ?s ?p "a" '), false);
  assert.equal(inText("# a\nSELECT "), false);
  assert.equal(inText("{ ?s <http://x#y> "), false);
});
