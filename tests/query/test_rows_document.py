"""Rows that are counted and cut without parsing, against a parser of JSON."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.query.rows_document import EnoughError, RowsDocument

#: Texts that look like the document around them.
LOOKALIKES = [
    '}},{"',
    '}},{"x',
    "}},{",
    '},{"',
    '"',
    "\\",
    '\\"',
    "{}",
    ",{}",
    "[{}",
    "]}}",
    "}}",
    '","',
    "ث\n",
]
TERMS = st.one_of(
    st.none(),
    st.lists(st.sampled_from([*LOOKALIKES, "a"]), max_size=4).map(lambda parts: ox.Literal("".join(parts))),
    st.sampled_from(LOOKALIKES).map(ox.Literal),
    st.sampled_from(LOOKALIKES).map(lambda text: ox.Literal(text, language="en")),
    st.just(ox.NamedNode("urn:x")),
)
Row = tuple[ox.Literal | ox.NamedNode | None, ...]
ROWS = st.lists(st.tuples(TERMS, TERMS), max_size=6)


def answer(rows: list[Row]) -> bytes:
    """What the engine writes for these rows."""
    values = " ".join(f"({' '.join('UNDEF' if cell is None else str(cell) for cell in row)})" for row in rows)
    found = ox.Store().query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {values} }} }}")
    assert isinstance(found, ox.QuerySolutions)
    return found.serialize(format=ox.QueryResultsFormat.JSON) or b""


@given(ROWS, st.integers(1, 9))
def test_counted_and_cut_as_a_parser_does(rows: list[Row], piece: int) -> None:
    written = answer(rows)
    document = RowsDocument()
    for start in range(0, len(written), piece):
        document.write(written[start : start + piece])
    document.finish()
    assert document.rows == len(rows)
    whole = json.loads(written)
    for count in range(len(rows) + 1):
        cut = json.loads(document.cut(count))
        assert cut["head"] == whole["head"]
        assert cut["results"]["bindings"] == whole["results"]["bindings"][:count]


@given(ROWS, st.integers(0, 400))
def test_of_a_piece_only_whole_rows_count(rows: list[Row], size: int) -> None:
    written = answer(rows)
    document = RowsDocument()
    document.write(written[: max(size, written.index(b"[") + 40)])
    assert document.rows <= len(rows)
    cut = json.loads(document.cut(document.rows))["results"]["bindings"]
    assert cut == json.loads(written)["results"]["bindings"][: document.rows]


def test_the_engine_is_stopped_at_a_limit() -> None:
    endless = (
        "SELECT ?a ?b { " + " ".join(f"VALUES ?x{n} {{ {'1 ' * 50} }}" for n in range(5)) + " BIND(1 AS ?a) }"
    )
    for document, count in ((RowsDocument(rows=1000), 1001), (RowsDocument(size=100_000), 1001)):
        found = ox.Store().query(endless)
        assert isinstance(found, ox.QuerySolutions)
        with pytest.raises(EnoughError):
            found.serialize(document, format=ox.QueryResultsFormat.JSON)  # type: ignore[arg-type]
        assert document.rows >= count
        assert len(document.cut(1000)) < 200_000
        assert len(json.loads(document.cut(1000))["results"]["bindings"]) == 1000
