"""Graphs survive each format: the shipped catalogue, and any graph with any text."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.exchange import FORMATS, ExchangeError, read_back, write_graph

Graph = nx.MultiDiGraph
XML = ("graphml", "gexf")

# every character that UTF-8 can hold; for XML without those that it cannot
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NO_XML = "\ufffe\uffff"
SAYABLE = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=NO_XML, include_characters="\t\n\r"),
    max_size=12,
)
#: Names and texts that readers of some format trip over.
TRAPS = st.sampled_from(
    [
        *("", " ", "id", "Id_", "label", "source", "Target", "key", "kind", "type", "weight", "\\N", "|"),
        *(
            "a|b",
            "\\",
            '"',
            "'",
            "=1+1",
            "'=x",
            "-5",
            "@",
            "true",
            "1",
            "%",
            "*Arcs",
            "a\r\nb",
            "\r",
            "&amp;",
        ),
        *(
            "<x/>",
            "]]>",
            "شورای تأمین",
            "می\u200cشود",
            "node_for_adding",
            "u_for_edge",
            "\u2028",
            "\u0085",
            "😀",
        ),
    ]
)


def graphs(text: st.SearchStrategy[str]) -> st.SearchStrategy[Graph[str]]:
    """Graphs whose attributes have one type each, chosen anew in every graph."""
    texts = TRAPS | text
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "string": texts,
        "long": st.integers(-(2**63), 2**63 - 1),
        "double": st.floats(allow_nan=False, allow_infinity=False),
        "boolean": st.booleans(),
        "list": st.lists(texts, max_size=3).map(tuple),
    }

    @st.composite
    def draw_graph(draw: st.DrawFn) -> Graph[str]:
        graph: Graph[str] = nx.MultiDiGraph()
        columns = draw(st.dictionaries(texts, st.sampled_from(sorted(kinds)), max_size=4))
        said = st.fixed_dictionaries({}, optional={name: kinds[kind] for name, kind in columns.items()})
        nodes = draw(st.lists(texts, unique=True, max_size=4))
        for node in nodes:
            graph.add_node(node)
            graph.nodes[node].update(draw(said))
        if nodes:
            ends = st.sampled_from(nodes)
            for source, target, key in draw(st.lists(st.tuples(ends, ends, texts), unique=True, max_size=5)):
                graph.add_edge(source, target, key)
                graph.edges[source, target, key].update(draw(said))
        return graph

    return draw_graph()


def same(one: Graph[str], other: Graph[str]) -> bool:
    """Equality with types: ``True`` is not ``1`` here."""

    def whole(graph: Graph[str]) -> tuple[str, str]:
        edges = sorted(((s, t, k), sorted(d.items())) for s, t, k, d in graph.edges(keys=True, data=True))
        return repr([(n, sorted(d.items())) for n, d in graph.nodes(data=True)]), repr(edges)

    return type(other) is nx.MultiDiGraph and whole(one) == whole(other)


def through(graph: Graph[str], form: str, **options: Any) -> Graph[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph"
        write_graph(graph, path, form, **options)
        return read_back(path, form)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_shipped_catalogue_comes_back(shipped: Graph[str], form: str, lang: str) -> None:
    assert same(shipped, through(shipped, form, lang=lang))


@pytest.mark.parametrize("form", XML)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(graph=graphs(SAYABLE))
def test_any_graph_survives_xml(form: str, graph: Graph[str]) -> None:
    assert same(graph, through(graph, form))


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in XML])
@settings(max_examples=60, deadline=None, derandomize=True)
@given(graph=graphs(ANY))
def test_any_graph_survives(form: str, graph: Graph[str]) -> None:
    assert same(graph, through(graph, form))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(graph=graphs(ANY))
def test_any_graph_survives_the_tables_for_spreadsheets(graph: Graph[str]) -> None:
    assert same(graph, through(graph, "csv", spreadsheet=True))


def test_the_same_graph_gives_the_same_bytes(shipped: Graph[str], tmp_path: Path) -> None:
    for form in FORMATS:
        first = write_graph(shipped, tmp_path / "one" / form, form)
        second = write_graph(shipped.copy(), tmp_path / "two" / form, form)
        assert [f.read_bytes() for f in first] == [f.read_bytes() for f in second]


def test_files_are_replaced_whole_and_nothing_is_left_over(shipped: Graph[str], tmp_path: Path) -> None:
    path = tmp_path / "new" / "graph.gexf"
    assert write_graph(shipped, path, "gexf") == (path,)
    before = path.read_bytes()
    spoilt = shipped.copy()
    spoilt.add_node("x", fa="\x00")
    with pytest.raises(ExchangeError):
        write_graph(spoilt, path, "gexf")
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_none_is_left_out_and_a_list_is_a_tuple() -> None:
    graph: Graph[str] = nx.MultiDiGraph()
    graph.add_node("a", fa=None, subkinds=["x", "y"])
    for form in FORMATS:
        assert dict(through(graph, form).nodes(data=True)) == {"a": {"subkinds": ("x", "y")}}


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (float("nan"), "attribute 'x' of node 'a' is nan"),
        (float("inf"), "finite"),
        (2**63, "64 bits"),
        ({"deep": 1}, "only texts"),
        ((1, 2), "lists of texts"),
        (b"bytes", "only texts"),
        ("\ud800", "half a character"),
    ],
)
@pytest.mark.parametrize("form", FORMATS)
def test_what_no_format_can_say_is_refused(form: str, value: object, why: str) -> None:
    graph: Graph[str] = nx.MultiDiGraph()
    graph.add_node("a", x=value)
    with pytest.raises(ExchangeError, match=why):
        through(graph, form)


@pytest.mark.parametrize("form", FORMATS)
def test_an_attribute_of_two_types_is_refused(form: str) -> None:
    graph: Graph[str] = nx.MultiDiGraph()
    graph.add_node("a", x=1)
    graph.add_node("b", x="1")
    with pytest.raises(ExchangeError, match="'x' of node 'b' is of type string, elsewhere of type long"):
        through(graph, form)


@pytest.mark.parametrize("form", XML)
@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1f", "\ufffe"])
def test_what_xml_cannot_hold_is_refused_with_its_place(form: str, bad: str) -> None:
    graph: Graph[str] = nx.MultiDiGraph()
    graph.add_edge("a", "b", "serves", words=f"one{bad}two")
    with pytest.raises(ExchangeError, match=rf"'words' of edge 'serves' from 'a' to 'b'.*U\+{ord(bad):04X}"):
        through(graph, form)
    assert same(graph, through(graph, "json"))


def test_keys_that_are_no_texts_are_refused() -> None:
    numbered: Graph[Any] = nx.MultiDiGraph()
    numbered.add_edge("a", "b")
    with pytest.raises(ExchangeError, match="the key of an edge from 'a' to 'b' is 0; it must be a text"):
        through(numbered, "json")
    numbered = nx.MultiDiGraph()
    numbered.add_node(1)
    with pytest.raises(ExchangeError, match="the key of a node is 1"):
        through(numbered, "json")


def test_unknown_formats_are_named_with_the_known(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="no format 'dot'; say one of: graphml, gexf, pajek, json, csv"):
        write_graph(nx.MultiDiGraph(), tmp_path / "x", "dot")
    with pytest.raises(ExchangeError, match="no format 'dot'"):
        read_back(tmp_path / "x", "dot")
    with pytest.raises(ExchangeError, match="only csv"):
        write_graph(nx.MultiDiGraph(), tmp_path / "x", "json", spreadsheet=True)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "content", [b"", b"<a><b></a>", b"[1]", b"{}", b"\xff\xfe", b"<graphml/>x", b"*Vertices 1\n", b"<a/>"]
)
def test_files_of_others_are_refused_by_name(form: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "strange"
    if form == "csv":
        path.mkdir()
        for name in ("nodes.csv", "edges.csv", "csv-metadata.json"):
            (path / name).write_bytes(content)
    else:
        path.write_bytes(content)
    with pytest.raises(ExchangeError, match="strange"):
        read_back(path, form)


def test_a_missing_file_is_an_error_of_the_system(tmp_path: Path) -> None:
    for form in FORMATS:
        with pytest.raises(OSError, match="No such file"):
            read_back(tmp_path / "nothing", form)


@pytest.mark.parametrize("form", XML)
def test_xml_that_networkx_wrote_is_refused(form: str, tmp_path: Path) -> None:
    """Its edges have no keys of ours, so parallel ones would be lost in silence."""
    graph: Graph[str] = nx.MultiDiGraph()
    graph.add_edge("a", "b", "serves")
    graph.add_edge("a", "b", "produces")
    path = tmp_path / "other"
    {"graphml": nx.write_graphml, "gexf": nx.write_gexf}[form](graph, path)
    with pytest.raises(ExchangeError, match=r"other: .*(not written by Daftar|not \{)"):
        read_back(path, form)
