"""The scanner that looks at a query before any parser."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.query.scan import Scan, scan


def naive_depth(text: str) -> int:
    """Nesting by counting brackets and nothing else."""
    depth = deepest = 0
    for letter in text:
        if letter in "({[":
            depth += 1
            deepest = max(deepest, depth)
        elif letter in ")}]":
            depth = max(depth - 1, 0)
    return deepest


@given(st.text())
@settings(max_examples=300)
def test_it_never_raises(text: str) -> None:
    seen = scan(text)
    assert 0 <= seen.depth <= text.count("(") + text.count("{") + text.count("[")


@given(st.text(alphabet="(){}[] \nabc?x.,;=+*/|&!:_0123456789-^$~%"))
@settings(max_examples=300)
def test_it_agrees_with_a_bracket_counter_where_nothing_is_quoted(text: str) -> None:
    assert scan(text).depth == naive_depth(text)


QUOTED = (
    "'((('",
    '"((("',
    "'''(((\n'('''",
    '"""(((\n"("""',
    "# (((\n",
    "<http://example.org/(((>",
    "'\\'((('",
    "ex:\\(\\(",
)
PIECES = st.lists(
    st.one_of(st.text(alphabet="(){}[] abc?x.,;=+*", max_size=6), st.sampled_from(QUOTED)), max_size=12
)


@given(PIECES)
@settings(max_examples=300)
def test_what_is_quoted_does_not_count(pieces: list[str]) -> None:
    bare = " ".join("" if piece in QUOTED else piece for piece in pieces)
    assert scan(" ".join(pieces)).depth == naive_depth(bare)


@given(st.integers(1, 3000), st.sampled_from(["({", "(", "{", "[", "{("]))
def test_depth_is_exact(times: int, bracket: str) -> None:
    assert scan("SELECT * " + bracket * times).depth == times * len(bracket)


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("  # SELECT\n ask {}", "ASK"),
        ("PREFIX select: <urn:x> BASE <urn:y> CONSTRUCT {} {}", "CONSTRUCT"),
        ("PREFIX : <urn:x>\nDESCRIBE :a", "DESCRIBE"),
        ("PREFIX a: <urn:SELECT> INSERT DATA {}", "INSERT"),
        ("delete where {}", "DELETE"),
        ("", ""),
        ("# nothing", ""),
        ("{}", ""),
        ("'SELECT'", ""),
    ],
)
def test_the_form(query: str, form: str) -> None:
    assert scan(query).form == form


def graphs(query: str) -> list[str | None]:
    return [iri for _, iri in scan(query, {"df": "https://example.org/"}).froms]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("SELECT * FROM <urn:a> {}", ["urn:a"]),
        ("SELECT * from named <urn:a> FROM<urn:b> {}", ["urn:a", "urn:b"]),
        ("PREFIX g: <urn:g/> SELECT * FROM g:one {}", ["urn:g/one"]),
        ("SELECT * FROM df:one {}", ["https://example.org/one"]),
        ("SELECT * FROM x:one {}", [None]),
        ("SELECT * FROM # comment\n NAMED # comment\n <urn:a> {}", ["urn:a"]),
        ("SELECT * FROM <urn:\\u0061> {}", [None]),
        ("SELECT * { ?from ?s 'FROM <urn:a>' . # FROM <urn:a>\n }", []),
        ("SELECT * { <urn:FROM> :FROM from:a }", []),
    ],
)
def test_the_graphs(query: str, found: list[str | None]) -> None:
    assert graphs(query) == found


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("SELECT * { SERVICE <http://x/> {} }", 1),
        ("SELECT * { service silent ?x {} }", 1),
        ("SELECT * { FILTER(true)SERVICE<http://x/>{} }", 1),
        ("SELECT * { ?s ?p true.SERVICE <http://x/> {} }", 1),
        ("SELECT * { ?s ?p 1.SERVICE <http://x/> {} }", 1),
        ("SELECT * { ?s ?p _:b .SERVICE <http://x/> {} }", 1),
        ("SELECT * { ?service service:a 'SERVICE' . # SERVICE\n <urn:SERVICE> a :SERVICE }", 0),
    ],
)
def test_service(query: str, count: int) -> None:
    assert len(scan(query).services) == count


def test_places_are_counted_from_one() -> None:
    seen = scan("SELECT *\nFROM <urn:a>\n{ ((?x) }")
    assert (seen.froms[0][0].line, seen.froms[0][0].column) == (2, 6)
    assert seen.deepest is not None
    assert (seen.deepest.line, seen.deepest.column, seen.depth) == (3, 4, 3)


def test_prefixes_that_are_not_declared() -> None:
    seen = scan("PREFIX a: <urn:a> SELECT * { a:x b:y _:z ; c:d 'e:f' . # g:h\n <i:j> ?k }")
    assert set(seen.undeclared) == {"b", "c"}
    assert set(scan("SELECT * { :x a ex:y }", {"ex": "urn:"}).undeclared) == {""}


PROLOGUES = st.lists(
    st.sampled_from([
        "PREFIX", "prefix", "pref\u0131x", "BASE", "FROM", "ex:", "ex:a", ":", "ex.:", "نمونه:", "<urn:a>",
        "<urn:\\u0061>", "<urn: a>", "SELECT *", "SERVICE", "#a", "{", "(", "'", "\n", " ",
        "PREFIX ex: <urn:b#>", "Prefix :<>\n",
    ]),
    max_size=12,
)  # fmt: skip


@given(PROLOGUES, st.sampled_from(["", " "]), st.sampled_from(["FROM ex:g", "{ ex:a b:c :d", "(<'>"]))
@settings(max_examples=500)
def test_a_prologue_is_read_as_token_by_token(pieces: list[str], between: str, rest: str) -> None:
    query = between.join(pieces) + f" {rest}"
    seen, slowly = scan(query), scan("#\n" + query)  # a comment in front, and nothing is taken at once

    def fields(one: Scan, lines: int) -> str:
        return re.sub(r"line=(\d+)", lambda number: f"line={int(number[1]) - lines}", repr(one))

    assert fields(seen, 0) == fields(slowly, 1)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { FILTER(?a<'>'+((((1))))#'\n) }",
        "SELECT * { FILTER(?a<1#>'''\n+((1))#'''\n) }",
        "SELECT * { FILTER(?a<(((1)))>?b) }",
        "SELECT * { FILTER(abs(?a)<'>'+(1)#') }",
        "SELECT * { FILTER(1<'>'+(1)#') }",
        "SELECT * { FILTER('x'@fa<'>'+(1)#') }",
        "SELECT * { FILTER(EXISTS {}<'>'+(1)#') }",
        "SELECT ?x (?a<'>' AS ?y) {}",
        "SELECT * {} ORDER BY ?x (?a<'>')",
        "SELECT * {} ORDER BY (1) (?a<'>')",
        "SELECT * {} ORDER BY EXISTS {} (?a<'>')",
        "SELECT * { BIND(true<'>' AS ?x) }",
    ],
)
def test_what_cannot_be_told_apart_is_reported(query: str) -> None:
    assert len(scan(query).ambiguous) == 1


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?a <http://x/#(> ?b }",
        "SELECT * { VALUES (?a ?b) { (<http://x/#a> <http://x/#b>) (<http://x/#c> <http://x/#d>) } }",
        "SELECT * { VALUES ?a { <http://x/#a> <http://x/#b> } }",
        "SELECT * { ?a ?b ?c FILTER(?c IN (<http://x/#a>, <http://x/#b>)) }",
        "SELECT * { ?a ?b ?c FILTER(?c = <http://x/#a> || ?c != <http://x/#b>) }",
        "SELECT * { ?a (<http://x/#a>/<http://x/#b>|^<http://x/#c>)* ?b }",
        "SELECT * { FILTER(?a<?b && ?c>?d) }",
        "SELECT * { FILTER(?a < 'x' && ?c > 'y') }",
        "SELECT * { FILTER(?a<10) FILTER(?b>5) }",
        "SELECT (COUNT(DISTINCT <http://x/#a>) AS ?n) {}",
        "SELECT * { [] <http://x/#a> <http://x/#b> ; <http://x/#c> <http://x/#d> , <http://x/#e> }",
    ],
)
def test_what_people_write_is_not_reported(query: str) -> None:
    assert scan(query).ambiguous == []


@pytest.mark.parametrize(
    "unit",
    ["(", "'", '"', "<", "a", "\\", "\\'", "<\\u0041", ":%", "a.-", "'a", "'''a", "<a", "?", "@a-", "1e",
     "FROM :a ", "(?a<'a'>", "SERVICE ", "\n", ".", "a:b\\", "1.", "'''\\", '"""', "#", "<<", "{|",
     "PREFIX ", "PREFIX a", "PREFIX a:", "PREFIX a:<b>", "PREFIX a:<"],
)  # fmt: skip
def test_time_grows_with_the_length_and_no_faster(unit: str) -> None:
    text = unit * (64_000 // len(unit))
    started = time.thread_time()
    scan(text)
    assert time.thread_time() - started < 5.0  # 0.1 s on a quiet machine; the quadratic ones took 20 s
