"""Every format says the same, whoever reads it, and the same bytes come out every time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from graph.export import GRAPH_FORMATS, Request, make_export
from graph.export.records import record_files
from graph.export.writing import EXPORT_PREFIXES, write_quads
from graph.paths import ontology_dir
from graph.query.formats import Format, format_named
from graph.store import Store
from graph.store.bridge import to_rdflib
from tests.export.conftest import BASE, node, parse, triples

NAMED = ("trig", "nquads", "jsonld")


Statement = tuple[object, ...]


def of_rdflib(dataset: rdflib.Dataset, *, named: bool) -> set[Statement]:
    """Every statement, with the name of its graph if that counts."""
    return {(*triple, graph.identifier if named else None) for graph in dataset.graphs() for triple in graph}


def read_by_rdflib(content: bytes, format_name: str) -> set[Statement]:
    names = {"ntriples": "nt", "rdfxml": "xml", "jsonld": "json-ld"}
    dataset = rdflib.Dataset()
    dataset.parse(data=content, format=names.get(format_name, format_name))
    return of_rdflib(dataset, named=format_name in NAMED)


# rdflib's own readers still use what rdflib has deprecated
@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
@pytest.mark.parametrize("chosen", GRAPH_FORMATS, ids=lambda chosen: chosen.name)
def test_every_format_reads_back(store: Store, chosen: Format) -> None:
    quads = set(store.quads())
    content = write_quads(quads, chosen)
    expected = quads if chosen.name in NAMED else triples(quads)
    assert parse(content, chosen.name) == expected
    other = of_rdflib(to_rdflib(quads), named=chosen.name in NAMED)
    assert read_by_rdflib(content, chosen.name) == other


@pytest.mark.parametrize("chosen", GRAPH_FORMATS, ids=lambda chosen: chosen.name)
def test_order_of_the_statements_does_not_matter(store: Store, chosen: Format) -> None:
    quads = list(store.quads())
    assert write_quads(quads, chosen) == write_quads(reversed(quads), chosen)


def test_awkward_values_survive_every_format() -> None:
    awkward = ['a "b" \\ c', "line\nbreak\ttab", "<&>'", "\u200cنیم‌فاصله", "https://x.org/a b", "dct:title"]
    quads = {
        ox.Quad(node("x"), ox.NamedNode(EXPORT_PREFIXES["dct"] + "title"), value, node("g"))
        for text in awkward
        for value in (
            ox.Literal(text),
            ox.Literal(text, language="fa"),
            ox.Literal(text, datatype=ox.NamedNode("urn:type")),
        )
    } | {
        ox.Quad(node("x"), node("p/number"), ox.Literal("007", datatype=ox.NamedNode(XSD_INTEGER)), node("g"))
    }
    for chosen in GRAPH_FORMATS:
        expected = quads if chosen.name in NAMED else triples(quads)
        assert parse(write_quads(quads, chosen), chosen.name) == expected, chosen.name


XSD_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"


def test_prefixes_are_declared_in_order_and_only_those_used(store: Store) -> None:
    content = write_quads(
        [q for q in store.quads() if "/graph/agencies" in str(q.graph_name)], format_named("turtle")
    )
    declared = [line.split()[1] for line in content.decode().splitlines() if line.startswith("@prefix")]
    assert declared == sorted(declared)
    assert "df:" in declared
    assert "org:" in declared
    assert "time:" not in declared


def test_the_whole_dataset_has_the_fingerprint_of_its_edition(store: Store) -> None:
    made = make_export(store, Request(formats=("nquads",)), ontology_dir())
    content = {file.name: file.content for file in made.files}["daftar.nq"]
    assert hashlib.sha256(content).hexdigest() == store.manifest.fingerprint == made.fingerprint


def test_record_files_hold_each_statement_about_records_once(store: Store) -> None:
    files = record_files(store, [format_named("nquads")])
    found = [quad for file in files for quad in parse(file.content, "nquads")]
    kinds = ("process", "service", "form", "agency", "collective", "instrument", "template", "source")
    prefixes = tuple(f"{BASE}{kind}/" for kind in (*kinds, "comparison", "index"))
    assert len(found) == len(set(found))
    assert set(found) == {quad for quad in store.quads() if str(quad.subject)[1:].startswith(prefixes)}
    assert len(files) == sum(store.manifest.records.values())
    eighth = next(file for file in files if file.name == "records/process/P08.nq")
    assert {str(quad.subject)[1:].removeprefix(BASE)[:11] for quad in parse(eighth.content, "nquads")} == {
        "process/P08",
        "form/P08>",
    }


@pytest.mark.slow
def test_another_process_with_another_hash_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    run = Path(sys.executable).parent / "daftar"
    where = tmp_path / "store"
    subprocess.run([run, "build", "--store", where], check=True, capture_output=True)
    sums = []
    for seed in ("1", "2"):
        out = tmp_path / f"out{seed}"
        everything = [
            part for name in ("full", "cpsv-ap", "dataset", "owl-time") for part in ("--profile", name)
        ]
        formats = [part for entry in GRAPH_FORMATS for part in ("--format", entry.name)]
        subprocess.run(
            [run, "export", "--store", where, "--out", out, "--per-record", *everything, *formats],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        sums.append((out / "SHA256SUMS").read_text(encoding="utf-8"))
        listed = {line.partition("  ")[2]: line[:64] for line in sums[-1].splitlines()}
        files = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
        assert files.keys() - {"SHA256SUMS"} == listed.keys()
        assert all(hashlib.sha256(files[name].read_bytes()).hexdigest() == listed[name] for name in listed)
    assert sums[0] == sums[1]
