"""What the bucket of a record does not see of it, because other records say it; nothing reads that."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import BASE

from graph.build import build, inspect
from graph.build.checks import read_checks
from graph.build.examine import Examiner
from graph.build.ontology import DF
from graph.build.results import Result
from graph.build.rule_reads import reads_of
from graph.paths import bundled_data_dir, ontology_dir
from graph.records import load_catalogue

UNSEEN = {f"{DF}sameWordingAs", f"{DF}deliversService"}
"""The decision on validation in buckets names them."""
BROAD = {
    # texts, dates and codes of any property: what another record leads to are links between things
    *("S15-unknown-code", "S17-letters", "S17-spaces", "S18-english-among-records", "S18-no-persian"),
    "S23-old-date",
    # assertions of a record, or evidence of a conclusion in the same bucket; named graphs
    *("S08-conclusion-asserted", "S08-evidence-inferred"),
    # properties that stand for a row of boxes
    "S11-shortcut-agrees",
}
"""Checks whose patterns may match any property. A new one is to be thought about, then named here."""


def test_what_a_bucket_does_not_see(monkeypatch: pytest.MonkeyPatch) -> None:
    """Conclusions of the whole about a bucket's things that are not in the bucket's store."""
    monkeypatch.setattr("graph.build.plan.RECORDS_OF_A_BUCKET", 4)
    monkeypatch.setattr("graph.build.inspection.BUCKETS_AT_ONCE", 1)
    whole = build(load_catalogue(bundled_data_dir()), base_iri=BASE, ontology=ontology_dir())
    by_thing = defaultdict(set)
    unseen: set[str] = set()
    looked = 0
    examine = Examiner.bucket

    def spy(
        self: Examiner,
        store: ox.Store,
        own: Collection[str],
        types: Iterable[ox.Quad],
        only: Sequence[str] | None = None,
    ) -> set[Result]:
        nonlocal looked
        looked += 1
        if not by_thing:
            for quad in whole:
                for name in _names(quad):
                    by_thing[self.thing_of(name)].add(quad.triple)
        there = {quad.triple for quad in store}
        unseen.update(each.predicate.value for thing in own for each in by_thing[thing] - there)
        return examine(self, store, own, types, only)

    monkeypatch.setattr(Examiner, "bucket", spy)
    inspect(bundled_data_dir(), base_iri=BASE, ontology=ontology_dir(), workers=1)
    assert looked > 5
    assert unseen == UNSEEN


def _names(quad: ox.Quad) -> Iterator[str]:
    """The things a statement is about; what is asserted is about its subject."""
    assert isinstance(quad.subject, ox.NamedNode)
    yield quad.subject.value
    if isinstance(quad.object, ox.NamedNode) and "/inferred/" in str(quad.graph_name):
        yield quad.object.value


def readers(folder: Path) -> set[str]:
    """Checks and files of shapes that read what is not seen, or may."""
    found = set()
    for check in read_checks(folder):
        reads = reads_of([check])
        if check.gathers is None and (reads is None or UNSEEN & {prop for prop, _ in reads}):
            found.add(check.name)
    for path in folder.glob("shapes/*.ttl"):
        quads = ox.parse(path=path, format=ox.RdfFormat.TURTLE, base_iri=DF)
        if any(
            isinstance(node, ox.NamedNode) and node.value in UNSEEN for quad in quads for node in quad.triple
        ):
            found.add(path.name)
    return found


def test_nothing_reads_what_a_bucket_does_not_see() -> None:
    assert readers(ontology_dir()) == BROAD


def test_what_would_read_it_is_found(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ontology_dir(), tmp_path / "ontology"))
    check = folder / "checks" / "S09-next.rq"
    for other in {*folder.glob("checks/*.rq")} - {check}:
        other.unlink()
    head = [line for line in check.read_text("utf-8").splitlines() if line.startswith("# ")]
    query = f"SELECT ?focus ?value {{ ?focus a <{DF}Body> ; (^<{DF}deliversService>)+ ?value }}"
    check.write_text("\n".join([*head, query]), "utf-8")
    (folder / "shapes" / "own.ttl").write_text(
        f"[] <http://www.w3.org/ns/shacl#path> <{DF}sameWordingAs> .", "utf-8"
    )
    assert readers(folder) == {"S09-next", "own.ttl"}
