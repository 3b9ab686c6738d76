"""Every field of both form kinds, of every record, is in the graph or recorded as a state.

The records are read here as plain YAML, without the loader, and looked up in the graph without the tables
of the build: by the lines that stand beside a value and the value itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml
from conftest import BASE, ask_rows

from graph.build import Dataset
from graph.paths import bundled_data_dir

DATA = bundled_data_dir()
FORMS = [
    *(path for path in sorted((DATA / "processes").glob("*.yaml")) if path.stem <= "P27"),
    *sorted((DATA / "services").glob("*.yaml")),
]
DF, DFC = "https://w3id.org/daftar/ontology#", "https://w3id.org/daftar/code/"
# The fields printed on the two forms, counted on the document: sections 1 to 9, and 1 to 5.
PROCESS_FIELDS = [
    "title",
    "identifier",
    "date",
    "owner",
    "office",
    "goal",
    "class",
    "scope",
    "recipients",
    "trigger",
    "output",
    "documents",
    "regulations",
    "forms",
    "url",
    "system",
    "stages",
    "systems",
    "partners",
    "steps",
]
SERVICE_FIELDS = [
    "title",
    "parent",
    "description",
    "types",
    "nature",
    "level",
    "life-events",
    "trigger",
    "documents",
    "statistics",
    "duration",
    "frequency",
    "visits",
    "cost",
    "channels",
]
_NOT_VALUES = {"lines", "settled"}


class Graph:
    """All statements about one record's nodes, by the lines of the document that they carry."""

    def __init__(self, dataset: Dataset, ident: str) -> None:
        kind = "service" if ident.startswith("S") else "process"
        roots = (f"{BASE}{kind}/{ident}", f"{BASE}form/{ident}")
        said: dict[str, set[str]] = defaultdict(set)
        numbers: dict[str, dict[str, str]] = defaultdict(dict)
        for quad in dataset.store.quads_for_pattern(None, None, None):
            node = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
            if not any(node == root or node.startswith(root + "/") for root in roots):
                continue
            name = quad.predicate.value.removeprefix(DF)
            if name in ("sourceLineStart", "sourceLineEnd", "sourceLinesAsWritten"):
                numbers[node][name] = str(quad.object.value)  # type: ignore[union-attr]
            said[node].add(self._end(quad.object))
        self.root = said[roots[0]] | said[roots[1]]
        self.nodes = said
        self.by_lines: dict[tuple[str, str], set[str]] = defaultdict(set)
        for node, lines in numbers.items():
            self.by_lines[lines["sourceLineStart"], lines["sourceLineEnd"]] |= said[node]
            if "sourceLinesAsWritten" in lines:
                said[node].add(lines["sourceLinesAsWritten"])

    @staticmethod
    def _end(term: object) -> str:
        if isinstance(term, ox.NamedNode):
            return term.value.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
        return term.value if isinstance(term, ox.Literal) else ""


def span(lines: str) -> tuple[str, str]:
    numbers = [int(number) for part in lines.split(",") for number in part.strip().split("-")]
    return str(min(numbers)), str(max(numbers))


def leaves(data: Any, lines: str, pointer: str) -> Iterator[tuple[str, str, str, str]]:
    """Every value of a record: where it stands, its key, the value, and the lines that it comes with."""
    if isinstance(data, dict):
        here = data.get("lines", lines)
        for key, value in data.items():
            if isinstance(value, str):
                if key not in _NOT_VALUES:
                    yield f"{pointer}/{key}", key, value, here
            else:
                yield from leaves(value, here, f"{pointer}/{key}")
    elif isinstance(data, list):
        for number, value in enumerate(data):
            if isinstance(value, str):
                yield f"{pointer}/{number}", pointer.rsplit("/", 1)[-1], value, lines
            else:
                yield from leaves(value, lines, f"{pointer}/{number}")


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_value_of_a_record_is_in_the_graph_with_its_lines(shipped_dataset: Dataset, path: Path) -> None:
    record = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - keeps every scalar a string
    graph = Graph(shipped_dataset, path.stem)
    looked_up = 0
    for pointer, key, value, lines in leaves(record, record["form"]["lines"], ""):
        kebab = "".join(f"-{c.lower()}" if c.isupper() else c for c in value)
        wanted = {"confidential"} if value == "yes" else {kebab if key == "field" else value}
        if key in ("row", "number"):
            assert wanted <= {word for words in graph.nodes.values() for word in words}, pointer
            continue
        found = graph.by_lines.get(span(lines), set()) | graph.root if lines else graph.root
        assert wanted <= found, f"{path.name} {pointer}: {value!r} (lines {lines}) is not in the graph"
        looked_up += 1
    assert looked_up > 50


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_printed_field_is_accounted_for(shipped_dataset: Dataset, path: Path) -> None:
    kind, fields = ("service", SERVICE_FIELDS) if path.stem[0] == "S" else ("process", PROCESS_FIELDS)
    found = {
        row[0].removeprefix("field/")
        for row in ask_rows(
            shipped_dataset,
            f"SELECT DISTINCT ?f WHERE {{ <{kind}/{path.stem}> ?link ?node . ?node df:field ?f }}",
        )
    }
    assert set(fields) <= found


def test_a_state_is_never_an_empty_text(shipped_dataset: Dataset) -> None:
    for quad in shipped_dataset:
        assert not (isinstance(quad.object, ox.Literal) and not quad.object.value.strip()), quad


def test_states_counted_by_hand(shipped_dataset: Dataset) -> None:
    """On the document: the official id is blank in all 27; two forms leave the steps to the provinces."""
    states = ask_rows(
        shipped_dataset,
        "SELECT ?p ?f ?s WHERE { ?p df:hasFieldState [df:field ?f ; df:state ?s] }",
    )
    assert sum(f == "field/identifier" and s == "field-state/blank" for _, f, s in states) == 27
    left = {p for p, f, s in states if f == "field/steps" and s == "field-state/left-to-provinces"}
    assert left == {"process/P26", "process/P27"}
    kept = {p for p, f, s in states if s == "field-state/left-to-provinces"}
    assert kept == {"process/P26", "process/P27", "service/S02"}


def test_every_mention_has_words_and_lines(shipped_dataset: Dataset) -> None:
    classes = "df:Participation df:InstrumentMention df:TemplateMention df:FieldReading"
    without = ask_rows(
        shipped_dataset,
        f"""SELECT ?m WHERE {{ VALUES ?c {{ {classes} }} ?m a ?c
        FILTER (NOT EXISTS {{ ?m df:asWritten|df:summary ?w FILTER (LANG(?w) = "fa") }}
          || NOT EXISTS {{ ?m df:sourceLineStart ?a ; df:sourceLineEnd ?b FILTER (?a <= ?b) }}) }}""",
    )
    assert without == set()


def test_lines_of_a_mention_stand_in_its_form(shipped_dataset: Dataset) -> None:
    outside = ask_rows(
        shipped_dataset,
        """SELECT ?m WHERE { ?form df:documents ?thing ; df:sourceLineStart ?a ; df:sourceLineEnd ?b .
        ?thing ?link ?m . ?m df:field ?f ; df:sourceLineStart ?c ; df:sourceLineEnd ?d
        FILTER (?c < ?a || ?d > ?b) }""",
    )
    assert outside == set()


def test_every_layer_says_what_made_it_and_from_what(shipped_dataset: Dataset) -> None:
    graphs = {graph.removeprefix(BASE) for graph in shipped_dataset.graphs()} - {"graph/meta"}
    query = """SELECT DISTINCT ?g WHERE { GRAPH <graph/meta> { ?g prov:wasGeneratedBy ?made .
      ?made a prov:Activity ; prov:wasAssociatedWith ?who . %s } }"""
    assert {row[0] for row in ask_rows(shipped_dataset, query % "")} >= graphs
    from_what = {row[0] for row in ask_rows(shipped_dataset, query % "?g prov:wasDerivedFrom ?source")}
    assert from_what >= {graph for graph in graphs if graph.startswith(("graph/record/", "graph/inferred/"))}
    assert "graph/resolution" in from_what
    assert "graph/labels-en" in from_what
    described = {
        row[0]
        for row in ask_rows(
            shipped_dataset,
            "SELECT DISTINCT ?s WHERE { GRAPH <graph/meta> { ?g prov:wasDerivedFrom ?s . ?s ?p ?o } }",
        )
    }
    named = {
        row[0]
        for row in ask_rows(
            shipped_dataset, "SELECT DISTINCT ?s WHERE { GRAPH <graph/meta> { ?g prov:wasDerivedFrom ?s } }"
        )
    }
    assert named <= described


# The index, counted by hand on lines 1-77 of the document.
def test_index_entries_without_a_form(shipped_dataset: Dataset) -> None:
    """Seven entries have no form; six of them say so, the first one does not."""
    found = ask_rows(
        shipped_dataset,
        """SELECT ?e ?says WHERE { ?e df:denotes ?thing ; df:statesNoForm ?says
        FILTER NOT EXISTS { ?form df:documents ?thing } }""",
    )
    assert len(found) == 7
    assert {entry for entry, says in found if says == "false"} == {"index/I01"}


def test_the_form_that_no_entry_announces(shipped_dataset: Dataset) -> None:
    found = ask_rows(
        shipped_dataset,
        """SELECT ?thing ?line WHERE { ?form df:documents ?thing ; df:sourceLineStart ?line
        FILTER NOT EXISTS { ?e df:denotes ?thing } }""",
    )
    assert found == {("process/P11", "1489")}


def test_the_services_said_to_have_no_form(shipped_dataset: Dataset) -> None:
    found = ask_rows(
        shipped_dataset,
        """SELECT ?thing WHERE { GRAPH <graph/index> { ?e df:statesNoForm true }
        ?e df:denotes ?thing . ?form a df:ServiceForm ; df:documents ?thing }""",
    )
    assert found == {("service/S01",), ("service/S02",)}


def test_the_index_has_35_entries_of_two_kinds(shipped_dataset: Dataset) -> None:
    found = ask_rows(
        shipped_dataset, "SELECT ?e ?section WHERE { ?e a df:IndexEntry ; df:indexSection ?section }"
    )
    assert sorted(section for _, section in found) == ["process"] * 33 + ["service"] * 2


def test_the_tick_at_the_edge_is_read_the_other_way_round(shipped_dataset: Dataset) -> None:
    """In six forms a mark stands beside "own finding" and "other"; in two at the left end of the line."""
    found = ask_rows(
        shipped_dataset,
        """SELECT ?p ?a ?b WHERE { ?p df:triggerReadingA ?a ; df:triggerReadingB ?b ;
        df:hasSelection/df:candidate <https://w3id.org/daftar/code/trigger/other> }""",
    )
    edge, between = {"P10", "P26"}, {"P01", "P02", "P11", "P23"}
    assert found == {
        *((f"process/{p}", "trigger/other", "trigger/agency") for p in edge),
        *((f"process/{p}", "trigger/agency", "trigger/other") for p in between),
    }
