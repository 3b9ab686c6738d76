"""Records and ontology in, dataset out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from graph.build.assertions import Asserter, things_of
from graph.build.dataset import Dataset
from graph.build.ontology import read_ontology
from graph.build.provenance import provenance, record_provenance
from graph.build.rules import infer, read_rules
from graph.build.workshop import turtle
from graph.records.model import Catalogue


def build(catalogue: Catalogue, *, base_iri: str, ontology: Path) -> Dataset:
    """Build the dataset of a catalogue.

    The same records and ontology give the same dataset, byte for byte: nothing in it depends on the time, the
    machine or the order in which files are found.

    Args:
        catalogue: The records.
        base_iri: The base of resource IRIs, ending in `/`.
        ontology: The `ontology/` folder.

    Returns:
        The dataset: a graph for each record, the authority files, our readings, the English labels, the
        conclusions of each rule, the codes, the ontology and the provenance of them all.

    Raises:
        BuildError: If a record or a file of the ontology cannot become RDF.
    """
    parts = read_ontology(ontology)
    asserter = Asserter(parts, things_of(*_ids(catalogue)), base_iri)
    store = ox.Store()
    store.bulk_extend(asserter.quads(catalogue.all_records()))
    store.bulk_extend(turtle(parts, base_iri))
    rules = read_rules(parts)
    conclusions = [
        quad
        for rule in rules
        for quad in infer(store, rule, ox.NamedNode(f"{base_iri}graph/inferred/{rule.name}"))
    ]
    store.bulk_extend(conclusions)
    store.bulk_extend(
        record_provenance(
            catalogue.all_records(),
            asserter,
            parts,
            [record.id for record in catalogue.sources],
            catalogue.folder,
            base_iri,
        )
    )
    present = [g.value.removeprefix(base_iri) for g in store.named_graphs() if isinstance(g, ox.NamedNode)]
    store.bulk_extend(provenance(parts, rules, present, base_iri))
    return Dataset(store, base_iri, ontology)


def _ids(catalogue: Catalogue) -> Iterator[list[str]]:
    for records in (catalogue.processes, catalogue.services):
        yield [record.id for record in records]
