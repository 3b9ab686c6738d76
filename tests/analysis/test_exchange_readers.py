"""What other tools read in the files: NetworkX, pandas, a plain XML parser, readers written after Gephi's."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pandas as pd
import pytest

from graph.analysis.exchange import write_graph

Graph = nx.MultiDiGraph
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
GEXF = "{http://gexf.net/1.3}"
POLICE = "https://w3id.org/daftar/id/agency/police"
P08 = "https://w3id.org/daftar/id/process/P08"
LABEL = "نیروی انتظامی"


def ends(graph: Graph[str]) -> Counter[tuple[str, str, str]]:
    return Counter(list(graph.edges(keys=True)))  # a view would be taken for a mapping


def test_networkx_reads_the_graphml(shipped: Graph[str], tmp_path: Path) -> None:
    (file,) = write_graph(shipped, tmp_path / "g.graphml", "graphml")
    found = nx.read_graphml(file, force_multigraph=True)
    assert list(found) == list(shipped)
    assert Counter((s, t, d["label"]) for s, t, d in found.edges(data=True)) == ends(shipped)
    assert found.nodes[POLICE]["label"] == found.nodes[POLICE]["fa"] == LABEL
    assert found.nodes[P08]["documented"] is True
    assert found.nodes[P08 + "/step-02"]["number"] == 2
    weak = Counter(d["weak"] for _, _, d in found.edges(data=True))
    assert weak == Counter(d["weak"] for _, _, d in shipped.edges(data=True))


def test_a_plain_xml_parser_reads_the_graphml(shipped: Graph[str], tmp_path: Path) -> None:
    (file,) = write_graph(shipped, tmp_path / "g.graphml", "graphml", lang="en")
    root = ET.parse(file).getroot()  # noqa: S314 - our own file
    names = ("for", "attr.name", "attr.type")
    keys = {k.attrib["id"]: tuple(k.attrib[n] for n in names) for k in root.iter(f"{GRAPHML}key")}
    assert len(set(keys.values())) == len(keys)
    assert not {"d3", "d7"} & keys.keys()  # Gephi takes these for labels
    edges = list(root.iter(f"{GRAPHML}edge"))
    assert len({e.attrib["id"] for e in edges}) == len(edges) == shipped.number_of_edges()
    node = next(n for n in root.iter(f"{GRAPHML}node") if n.attrib["id"] == POLICE)
    said = {keys[d.attrib["key"]][1]: d.text for d in node.iter(f"{GRAPHML}data")}
    assert (said["label"], said["fa"], said["id_"]) == (said["en"], LABEL, "police")
    booleans = {i for i, (_, _, kind) in keys.items() if kind == "boolean"}
    assert {d.text for d in root.iter(f"{GRAPHML}data") if d.attrib["key"] in booleans} == {"true", "false"}


def test_networkx_reads_the_gexf(shipped: Graph[str], tmp_path: Path) -> None:
    (file,) = write_graph(shipped, tmp_path / "g.gexf", "gexf")
    found = nx.read_gexf(file)
    assert list(found) == list(shipped)
    assert Counter((s, t, d["label"]) for s, t, d in found.edges(data=True)) == ends(shipped)
    assert found.nodes[POLICE]["label"] == LABEL
    assert found.nodes[P08]["subkinds"] == "form-and-index|specialised"


def test_gephi_keeps_relations_apart_by_their_kind(shipped: Graph[str], tmp_path: Path) -> None:
    (file,) = write_graph(shipped, tmp_path / "g.gexf", "gexf")
    edges = list(ET.parse(file).getroot().iter(f"{GEXF}edge"))  # noqa: S314 - our own file
    kinds = [(e.attrib["source"], e.attrib["target"], e.attrib["kind"]) for e in edges]
    assert Counter(kinds) == ends(shipped)
    assert max(Counter((s, t) for s, t, _ in kinds).values()) > 1
    assert len({e.attrib["id"] for e in edges}) == len(edges)


def test_networkx_reads_the_pajek(shipped: Graph[str], tmp_path: Path) -> None:
    (file,) = write_graph(shipped, tmp_path / "g.net", "pajek")
    found = nx.read_pajek(file)
    assert found.number_of_nodes() == shipped.number_of_nodes()  # no label twice
    number = {
        said["id"]: key for key, said in zip(shipped, (d for _, d in found.nodes(data=True)), strict=True)
    }
    arcs = Counter(
        (number[found.nodes[s]["id"]], number[found.nodes[t]["id"]], d["l"])
        for s, t, d in found.edges(data=True)
    )
    assert arcs == ends(shipped)
    assert LABEL in found


def test_a_reader_like_gephis_reads_the_pajek(shipped: Graph[str], tmp_path: Path) -> None:
    """Gephi passes over what stands before ``*Vertices``, wants two quotes a vertex and one list of arcs."""
    (file,) = write_graph(shipped, tmp_path / "g.net", "pajek")
    lines = file.read_text(encoding="utf-8").split("\n")
    start = next(n for n, line in enumerate(lines) if line.strip().lower().startswith("*vertices"))
    count = int(lines[start].split()[1])
    for number, line in enumerate(lines[start + 1 : start + 1 + count], 1):
        ahead, _, behind = line.split('"')
        assert (int(ahead), behind) == (number, "")
    assert lines[start + 1 + count] == "*Arcs"
    arcs = [line.split() for line in lines[start + 2 + count :] if line]
    assert len(arcs) == shipped.number_of_edges()
    assert {arc[2] for arc in arcs} == {"1"}
    assert all(0 < int(end) <= count for arc in arcs for end in arc[:2])


def test_networkx_reads_the_json(shipped: Graph[str], tmp_path: Path) -> None:
    (file,) = write_graph(shipped, tmp_path / "g.json", "json")
    found = nx.node_link_graph(json.loads(file.read_text(encoding="utf-8")), edges="edges")
    assert isinstance(found, nx.MultiDiGraph)
    assert ends(found) == ends(shipped)
    assert found.nodes[POLICE]["id_"] == "police"


def test_pandas_reads_the_tables(shipped: Graph[str], tmp_path: Path) -> None:
    nodes, edges, _ = write_graph(shipped, tmp_path / "csv", "csv")
    people, arcs = pd.read_csv(nodes), pd.read_csv(edges)
    assert list(people["Id"]) == list(shipped)
    assert people.set_index("Id").loc[POLICE, "fa"] == LABEL
    assert people["number"].sum() == sum(d.get("number", 0) for _, d in shipped.nodes(data=True))
    triples = zip(arcs["Source"], arcs["Target"], arcs["Kind"], strict=True)
    assert Counter(triples) == ends(shipped)
    assert set(arcs["Type"]) == {"Directed"}
    assert arcs["weak"].sum() == sum(d["weak"] for *_, d in shipped.edges(data=True))
    assert arcs["Id"].is_unique


@pytest.mark.parametrize("text", ["=cmd|'/c calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_only_tables_for_spreadsheets_neutralise_formulas(text: str, tmp_path: Path) -> None:
    graph: Graph[str] = nx.MultiDiGraph()
    graph.add_node("a", fa=text, size=-1)
    for spreadsheet in (False, True):
        nodes, _, _ = write_graph(graph, tmp_path / "t", "csv", spreadsheet=spreadsheet)
        assert nodes.read_bytes().startswith(b"\xef\xbb\xbf") == spreadsheet
        with nodes.open(encoding="utf-8-sig", newline="") as stream:
            (row,) = csv.DictReader(stream)
        expected = f"'{text}" if spreadsheet else text
        assert (row["fa"], row["Label"], row["size_"]) == (expected, expected, "-1")


def test_labels_stand_in_for_each_other(tmp_path: Path) -> None:
    graph: Graph[str] = nx.MultiDiGraph()
    graph.add_node("a", fa="الف", en="A")
    graph.add_node("b", en="B")
    graph.add_node("c", id="see")
    graph.add_node("d")
    for lang, expected in (("fa", ["الف", "B", "see", "d"]), ("en", ["A", "B", "see", "d"])):
        (file,) = write_graph(graph, tmp_path / "g.gexf", "gexf", lang=lang)  # type: ignore[arg-type]
        assert [d["label"] for _, d in nx.read_gexf(file).nodes(data=True)] == expected
