"""Queries over the whole language, and the small graph that they are asked of."""

# ruff: noqa: E501 - one query a line
from __future__ import annotations

BASE = "https://example.org/"
TRIG = """
@prefix e: <https://example.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
e:g1 {
  e:ali e:name "علی"@fa, "Ali"@en ; e:age 31 ; e:knows e:sara, e:reza ; e:born "1991-03-21"^^xsd:date .
  e:sara e:name "سارا"@fa, "Sara"@en ; e:age 27 ; e:knows e:reza ; e:height 1.71 .
  e:reza e:name "رضا"@fa ; e:age 45 ; e:knows e:mina ; e:mail "reza@example.org" .
}
e:g2 {
  e:mina e:name "Mina"@en, "مینا"@fa ; e:age 38 ; e:boss e:ali ; e:active true .
  e:nima e:name "Nima" ; e:age 19 ; e:boss e:mina ; e:active false ; e:note "a \\"quoted\\" text" .
  e:city e:name "تهران"@fa ; e:in e:iran .
}
e:g3 { e:iran e:name "ایران"@fa, "Iran"@en ; e:code "IR" ; e:size 1.648e6 ; e:seen "2020-05-06T07:08:09Z"^^xsd:dateTime . }
"""
SAME_ROWS = {
    "one pattern": "SELECT ?s ?a { ?s e:age ?a }",
    "star": "SELECT * { ?s e:age ?a ; e:boss ?b }",
    "join": "SELECT ?s ?o { ?s e:knows ?m . ?m e:knows ?o }",
    "object list": "SELECT ?s { ?s e:knows e:sara, e:reza }",
    "distinct": "SELECT DISTINCT ?m { ?s e:knows ?m }",
    "optional": "SELECT ?s ?m { ?s e:age ?a OPTIONAL { ?s e:mail ?m } }",
    "optional with filter": "SELECT ?s ?k { ?s e:age ?a OPTIONAL { ?s e:knows ?k . ?k e:age ?b FILTER(?b > 40) } }",
    "union": "SELECT ?x { { ?x e:boss ?b } UNION { ?x e:mail ?m } }",
    "three-way union": "SELECT ?x ?y { { ?x e:code ?y } UNION { ?x e:mail ?y } UNION { ?x e:note ?y } }",
    "minus": "SELECT ?s { ?s e:age ?a MINUS { ?s e:knows ?k } }",
    "not exists": "SELECT ?s { ?s e:age ?a FILTER NOT EXISTS { ?s e:knows ?k } }",
    "exists": "SELECT ?s { ?s e:age ?a FILTER EXISTS { ?x e:knows ?s } }",
    "filter numbers": "SELECT ?s { ?s e:age ?a FILTER(?a >= 27 && ?a < 40 || ?a = 45) }",
    "not": "SELECT ?s { ?s e:active ?a FILTER(!?a) }",
    "in": "SELECT ?s { ?s e:age ?a FILTER(?a IN (19, 27)) }",
    "not in": "SELECT ?s { ?s e:age ?a FILTER(?a NOT IN (19, 27)) }",
    "language": 'SELECT ?s ?n { ?s e:name ?n FILTER(LANG(?n) = "fa") }',
    "language matches": 'SELECT ?n { ?s e:name ?n FILTER(LANGMATCHES(LANG(?n), "*")) }',
    "plain literal": 'SELECT ?s { ?s e:name "Nima" }',
    "literal with language": 'SELECT ?s { ?s e:name "علی"@fa }',
    "datatype": "SELECT ?s ?p { ?s ?p ?o FILTER(DATATYPE(?o) = xsd:date) }",
    "kinds of terms": "SELECT ?s ?o { ?s e:boss|e:name ?o FILTER(isIRI(?o) || isLiteral(?o)) }",
    "numeric": "SELECT ?o { ?s ?p ?o FILTER(isNumeric(?o)) }",
    "bound": "SELECT ?s { ?s e:age ?a OPTIONAL { ?s e:mail ?m } FILTER(!BOUND(?m)) }",
    "sameTerm": "SELECT ?s ?t { ?s e:boss ?b . ?t e:boss ?c FILTER(SAMETERM(?b, ?c)) }",
    "regex": 'SELECT ?n { ?s e:name ?n FILTER REGEX(STR(?n), "^[SM]") }',
    "regex flag": 'SELECT ?n { ?s e:name ?n FILTER REGEX(STR(?n), "^a", "i") }',
    "contains": 'SELECT ?n { ?s e:name ?n FILTER CONTAINS(STR(?n), "ران") }',
    "starts and ends": 'SELECT ?n { ?s e:name ?n FILTER(STRSTARTS(STR(?n), "M") || STRENDS(STR(?n), "n")) }',
    "before and after": 'SELECT ?u ?h { ?s e:mail ?m BIND(STRBEFORE(?m, "@") AS ?u) BIND(STRAFTER(?m, "@") AS ?h) }',
    "length": "SELECT ?n (STRLEN(?n) AS ?l) { ?s e:name ?n }",
    "case": "SELECT (UCASE(STR(?n)) AS ?u) (LCASE(STR(?n)) AS ?l) { ?s e:name ?n }",
    "substring": "SELECT (SUBSTR(STR(?n), 2, 2) AS ?x) { ?s e:name ?n }",
    "replace": 'SELECT (REPLACE(STR(?n), "a", "o") AS ?x) { ?s e:name ?n }',
    "concat": 'SELECT (CONCAT(STR(?n), "-", STR(?a)) AS ?x) { ?s e:name ?n ; e:age ?a }',
    "strlang": 'SELECT (STRLANG(?m, "en") AS ?x) { ?s e:mail ?m }',
    "strdt": "SELECT (STRDT(?c, xsd:token) AS ?x) { ?s e:code ?c }",
    "iri": 'SELECT (IRI(CONCAT("https://example.org/", LCASE(?c))) AS ?x) { ?s e:code ?c }',
    "encode": "SELECT (ENCODE_FOR_URI(STR(?n)) AS ?x) { ?s e:name ?n }",
    "hash": "SELECT (SHA256(?c) AS ?x) (MD5(?c) AS ?y) { ?s e:code ?c }",
    "arithmetic": "SELECT (?a + 1 AS ?x) (?a * 2 AS ?y) (?a - 30 AS ?z) (-?a AS ?w) { ?s e:age ?a }",
    "rounding": "SELECT (ROUND(?h) AS ?r) (CEIL(?h) AS ?c) (FLOOR(?h) AS ?f) (ABS(?h) AS ?a) { ?s e:height ?h }",
    "date parts": "SELECT (YEAR(?t) AS ?y) (MONTH(?t) AS ?m) (DAY(?t) AS ?d) (HOURS(?t) AS ?h) (TZ(?t) AS ?z) { ?s e:seen ?t }",
    "cast": "SELECT (xsd:integer(STR(?a)) AS ?i) (xsd:string(?a) AS ?s2) { ?s e:age ?a }",
    "if": 'SELECT ?s (IF(?a > 30, "old", "young") AS ?x) { ?s e:age ?a }',
    "coalesce": 'SELECT ?s (COALESCE(?m, "none") AS ?x) { ?s e:age ?a OPTIONAL { ?s e:mail ?m } }',
    "bind": "SELECT ?s ?x { ?s e:age ?a BIND(?a + 10 AS ?x) FILTER(?x > 40) }",
    "values": "SELECT ?s ?a { VALUES ?s { e:ali e:mina e:nobody } ?s e:age ?a }",
    "values of two": "SELECT ?s ?a { ?s e:age ?a } VALUES (?s ?a) { (e:ali 31) (e:sara UNDEF) (UNDEF 19) }",
    "count": "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?p) AS ?m) { ?s ?p ?o }",
    "group": "SELECT ?s (COUNT(?n) AS ?c) { ?s e:name ?n } GROUP BY ?s",
    "aggregates": "SELECT (SUM(?a) AS ?s) (MIN(?a) AS ?l) (MAX(?a) AS ?h) (AVG(?a) AS ?v) { ?x e:age ?a }",
    "having": "SELECT ?s { ?s e:name ?n } GROUP BY ?s HAVING(COUNT(?n) > 1)",
    "group by expression": "SELECT ?l (COUNT(*) AS ?c) { ?s e:name ?n } GROUP BY (LANG(?n) AS ?l)",
    "subquery": "SELECT ?s ?n { { SELECT ?s { ?s e:age ?a } ORDER BY DESC(?a) LIMIT 2 } ?s e:name ?n }",
    "path sequence": "SELECT ?s ?o { ?s e:boss/e:knows ?o }",
    "path inverse": "SELECT ?s ?o { ?s ^e:boss ?o }",
    "path alternative": "SELECT ?s ?o { ?s (e:boss|e:knows) ?o }",
    "path one or more": "SELECT ?o { e:ali e:knows+ ?o }",
    "path any number": "SELECT ?o { e:nima e:boss* ?o }",
    "path optional": "SELECT ?o { e:nima e:boss? ?o }",
    "path negated": "SELECT ?s ?o { ?s !(e:name|e:age|e:knows|e:seen) ?o }",
    "graph variable": "SELECT ?g ?s { GRAPH ?g { ?s e:age ?a } }",
    "graph named": "SELECT ?s { GRAPH e:g2 { ?s e:age ?a } }",
    "across graphs": "SELECT ?s ?n { GRAPH e:g2 { ?s e:boss ?b } GRAPH e:g1 { ?b e:name ?n } }",
    "blank node in pattern": "SELECT ?s { ?s e:boss [ e:age 31 ] }",
    "no rows": "SELECT ?s { ?s e:nothing ?o }",
    "base and prefix": "BASE <https://example.org/> PREFIX x: <https://example.org/> SELECT ?a { <ali> x:age ?a }",
    "comments and escapes": 'SELECT ?s { ?s e:note "a \\"quoted\\" text" } # { end',
    "code points": "SELECT ?s { ?s e:name '\\u0639\\u0644\\u06CC'@fa }",
}
SAME_ORDER = {
    "order": "SELECT ?a { ?s e:age ?a } ORDER BY ?a",
    "descending": "SELECT ?s ?a { ?s e:age ?a } ORDER BY DESC(?a)",
    "two keys": "SELECT ?s ?k { ?s e:knows ?k } ORDER BY ?s DESC(?k)",
    "slice": "SELECT ?a { ?s e:age ?a } ORDER BY ?a LIMIT 2 OFFSET 1",
}
YES_OR_NO = {
    "ask yes": ("ASK { e:ali e:knows e:sara }", True),
    "ask no": ("ASK { e:sara e:knows e:ali }", False),
    "ask path": ("ASK { e:ali e:knows/e:knows/e:knows e:mina }", True),
}
GRAPHS = {
    "construct": "CONSTRUCT { ?o e:knownBy ?s } { ?s e:knows ?o }",
    "construct short": "CONSTRUCT WHERE { ?s e:age ?a ; e:boss ?b }",
    "construct new literals": "CONSTRUCT { ?s e:next ?b } { ?s e:age ?a BIND(?a + 1 AS ?b) }",
    "construct skips unbound": "CONSTRUCT { ?s e:m ?m } { ?s e:age ?a OPTIONAL { ?s e:mail ?m } }",
    "describe": "DESCRIBE e:ali",
    "describe two": "DESCRIBE e:iran e:city",
    "describe where": "DESCRIBE ?s { ?s e:boss e:mina }",
    "describe nobody": "DESCRIBE e:nobody",
}
