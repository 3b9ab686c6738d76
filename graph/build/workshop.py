"""Everything that turning a bucket of records into statements needs, prepared once for many buckets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from operator import attrgetter
from pathlib import Path

import pyoxigraph as ox

from graph.build.assertions import Asserter
from graph.build.checks import gatherings, read_checks
from graph.build.errors import BuildError
from graph.build.gather import GATHERERS, Gathering, by_property, gatherer_of, slices_of, sorted_nquads
from graph.build.gather_checks import CHECKED
from graph.build.ontology import Ontology
from graph.build.provenance import provenance, record_provenance
from graph.build.rule_reads import Reading, Reads
from graph.build.rules import QueryFile, infer, read_rules
from graph.records.model import Record

# Turtle files of the ontology folder and the graph each belongs to.
TURTLE = {"codes.ttl": "graph/codes", "daftar.ttl": "graph/ontology", "align/*.ttl": "graph/ontology"}
_GRAPH = attrgetter("graph_name.value")


@dataclass
class Part:
    """Statements of one part of a dataset.

    Attributes:
        nquads: Sorted N-Quads.
        graphs: Number of statements of each graph, by IRI.
        slices: What the part gives to rules that look across records.
    """

    nquads: bytes
    graphs: Counter[str] = field(default_factory=Counter)
    slices: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, quads: Iterable[ox.Quad], slices: dict[str, bytes] | None = None) -> Part:
        """Make a part of statements, each once; each stands in a named graph."""
        found = set(quads)
        graphs = Counter(map(_GRAPH, found))
        return cls(sorted_nquads(found), graphs, slices or {})


@dataclass(frozen=True)
class Statements:
    """What a bucket of records says.

    Attributes:
        store: The lists, and what the records assert: all of it, or what rules read of it.
        asserted: What the records assert.
        new: What of it the lists do not say.
        concluded: What rules conclude from it, beyond what they conclude from the lists.
        meta: Where the records come from.
    """

    store: ox.Store
    asserted: set[ox.Quad]
    new: set[ox.Quad]
    concluded: set[ox.Quad]
    meta: list[ox.Quad]


class Workshop:
    """Turns buckets of records into statements.

    Rules read the lists (bodies, instruments, forms ...) together with each bucket;
    what rules conclude from the lists alone is known, so that it is not said again with each bucket.

    Args:
        ontology: The ontology.
        asserter: Turns records into asserted statements.
        lists: The asserted statements of the lists.
        gathering: What rules that look across records need to know.
        sources: Ids of the source documents.
        folder: The data folder.
        base_iri: The base of resource IRIs.
        concluded: What rules conclude from the lists, if that is known already.
        reads: What those rules read that look at one record and the lists, as :func:`reads_of` gives it;
            unset, they may read anything.

    Raises:
        BuildError: If a file of the ontology is not as it should be.
    """

    def __init__(
        self,
        ontology: Ontology,
        asserter: Asserter,
        lists: Iterable[ox.Quad],
        gathering: Gathering,
        sources: Sequence[str],
        folder: Path,
        base_iri: str,
        concluded: Iterable[ox.Quad] | None = None,
        reads: Reads | None = None,
    ) -> None:
        self._ontology, self._asserter, self.gathering = ontology, asserter, gathering
        self._sources, self._folder, self._base = sources, folder, base_iri
        self.rules = read_rules(ontology)
        self._local = [rule for rule in self.rules if rule.gathers is None]
        self._across = [rule for rule in self.rules if rule.gathers is not None]
        for rule in self._across:
            if rule.gathers not in GATHERERS:
                known = ", ".join(GATHERERS)
                raise BuildError(f"rule {rule.name} gathers {rule.gathers!r}; choose from {known}")
        self._checked = gatherings(read_checks(ontology.folder))
        self.lists = set(lists) | set(turtle(ontology, base_iri))
        if concluded is None:
            store = ox.Store()
            store.bulk_extend(self.lists)
            concluded = self._conclude(store)
        self.concluded = set(concluded)
        self._reading = Reading(reads)

    @cached_property
    def _read_lists(self) -> list[ox.Quad]:
        """What rules read of the lists."""
        return self._reading.of(self.lists)

    def bucket(self, records: Sequence[Record]) -> Part:
        """Turn a bucket of records into statements.

        Args:
            records: The records: processes, services, entries of the index.

        Returns:
            What they assert, what rules conclude from each of them, and where it comes from.

        Raises:
            BuildError: If a record cannot become RDF.
        """
        made = self.statements(records)
        wanted = sorted({rule.gathers for rule in self._across if rule.gathers})
        said = by_property(made.asserted)
        slices = slices_of(GATHERERS, said, wanted, self.gathering)
        slices |= slices_of(CHECKED, said, self._checked, self.gathering)
        return Part.of([*made.new, *made.concluded, *made.meta], slices)

    def statements(self, records: Sequence[Record], *, whole: bool = False) -> Statements:
        """Turn a bucket of records into statements, by what each comes from.

        Args:
            records: The records: processes, services, entries of the index.
            whole: Whether everything shall stand in the store, and not only what rules read.

        Returns:
            What they assert, what rules conclude from each of them, and where it comes from.

        Raises:
            BuildError: If a record cannot become RDF.
        """
        asserted = set(self._asserter.quads(records))
        new = asserted - self.lists
        # a store of its own: one that statements come into and go from again keeps what went
        store = ox.Store()
        lists, read = (self.lists, new) if whole else (self._read_lists, self._reading.of(new))
        store.bulk_extend(chain(lists, read))
        concluded = set(self._conclude(store)) - self.concluded
        own = [record for record in records if record.kind in ("process", "service")]
        meta = record_provenance(own, self._asserter, self._ontology, self._sources, self._folder, self._base)
        return Statements(store, asserted, new, concluded, list(meta))

    def across(self, slice_: str, nquads: Iterable[bytes]) -> Part:
        """Conclude from a slice that was gathered from every bucket.

        Args:
            slice_: Its name.
            nquads: What each bucket gives to it.

        Returns:
            The conclusions.
        """
        gathered: set[ox.Quad] = set()
        for text in nquads:
            gathered.update(ox.parse(text, format=ox.RdfFormat.N_QUADS))
        rules = [rule for rule in self._across if rule.gathers == gatherer_of(slice_)]
        if gatherer_of(slice_) != "wording":  # what is compared, and bodies, stand in the lists
            gathered |= self.lists
        store = ox.Store()
        store.bulk_extend(gathered)
        return Part.of(quad for rule in rules for quad in infer(store, rule, self._graph(rule)))

    def shared(self, present: Iterable[str]) -> Part:
        """What does not belong to one record: the lists, what follows from them, the ontology, provenance.

        Args:
            present: Paths of the graphs that other parts have, below the base IRI.

        Returns:
            The statements.

        Raises:
            BuildError: If a rule does not describe itself.
        """
        own = [*self.lists, *self.concluded]
        names = {quad.graph_name.value for quad in own if isinstance(quad.graph_name, ox.NamedNode)}
        paths = {name.removeprefix(self._base) for name in names} | set(present)
        meta = provenance(self._ontology, self.rules, sorted(paths), self._base)
        return Part.of([*own, *meta])

    def _conclude(self, store: ox.Store) -> Iterable[ox.Quad]:
        for rule in self._local:
            yield from infer(store, rule, self._graph(rule))

    def _graph(self, rule: QueryFile) -> ox.NamedNode:
        return ox.NamedNode(f"{self._base}graph/inferred/{rule.name}")


def turtle(ontology: Ontology, base_iri: str) -> Iterable[ox.Quad]:
    """The statements of the ontology's Turtle files, each in its graph.

    Args:
        ontology: The ontology.
        base_iri: The base of resource IRIs.

    Yields:
        The statements.

    Raises:
        BuildError: If a file is not Turtle.
    """
    for pattern, path_of_graph in TURTLE.items():
        graph = ox.NamedNode(base_iri + path_of_graph)
        for path in ontology.files(pattern):
            try:
                for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                    yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)
            except SyntaxError as error:
                raise BuildError(f"{path} is not Turtle: {error}") from error
