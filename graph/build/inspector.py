"""The worker that looks at buckets of records instead of writing them down."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox

from graph.build.crew import Site, Worker
from graph.build.dataset import Dataset
from graph.build.examine import Examiner
from graph.build.findings import Finding
from graph.build.gather import GATHERERS, by_property, slices_of
from graph.build.places import Places
from graph.build.plan import Common
from graph.build.results import Result
from graph.build.shapes_ask import Compiled
from graph.build.validate import findings_of
from graph.records.errors import RecordError
from graph.records.load import FOLDERS, Reader, as_catalogue
from graph.records.model import Record
from graph.records.yamlfile import Marks

_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_COMPARED = "compared"


@dataclass
class Seen:
    """What came of looking at something.

    Attributes:
        errors: What is wrong with the records.
        findings: What shapes and checks found.
        records: How many files were read.
        graphs: Paths of the graphs that the statements stand in, below the base IRI.
    """

    errors: list[RecordError] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    records: int = 0
    graphs: set[str] = field(default_factory=set)


class Inspector(Worker):
    """Looks at buckets and slices, and says what is wrong.

    Args:
        site: Where; its edition is a folder for what is needed on the way.
        files: The record files; unset, those that the build saw.
        common: What all buckets share; unset, it is read.
        shapes: The compiled shapes; unset, they are compiled now.
    """

    def __init__(
        self,
        site: Site,
        files: Sequence[str] | None = None,
        common: Common | None = None,
        shapes: Compiled | None = None,
    ) -> None:
        super().__init__(site, files, common)
        shop = self.workshop
        base = shop.lists | shop.concluded
        self._examiner = Examiner(base, self._common.base_iri, site.ontology, shop.gathering, shapes)

    def look(self, numbers: Sequence[int], files: Sequence[str]) -> Seen:
        """Read the records of some buckets, check them, and look at what they say.

        Args:
            numbers: The buckets.
            files: Their record files below the data folder.

        Returns:
            What is wrong.

        Raises:
            BuildError: If a record cannot become RDF.
        """
        reader = self._read(files)
        if reader.errors:
            return Seen(reader.errors)
        entries = [entry for number in numbers for entry in self._entries(number)]
        records = [*reader.records, *entries]
        said = self.workshop.statements(records, whole=True)
        asserted = by_property(said.asserted)
        slices = self._examiner.slices(asserted)
        slices |= slices_of(GATHERERS, asserted, [_COMPARED], self.workshop.gathering)
        self._keep(numbers[0], slices, {})
        store = said.store
        for quads in (self.workshop.concluded, said.concluded, said.meta):
            store.bulk_extend(quads)
        base = self._common.base_iri
        graphs = {name.value.removeprefix(base) for name in store.named_graphs() if name.value}
        results = self._examiner.bucket(store, self._own(records), self._types(said.new, records))
        found = self._told(results, records, store)
        return Seen(findings=found, records=len(reader.records), graphs=graphs)

    def ask(self, slices: Sequence[str]) -> Seen:
        """Ask the checks that gather in one way.

        Args:
            slices: Some of the slices that were gathered in this way.

        Returns:
            What they find.
        """
        quads = self._gathered_quads(slices)
        results = self._examiner.across(slices[0], quads)
        return Seen(findings=self._told(results, None, None))

    def common(self, present: Collection[str]) -> Seen:
        """Look at what belongs to no record.

        Args:
            present: Paths of the graphs that the buckets have, below the base IRI.

        Returns:
            What is wrong with it.
        """
        store = ox.Store()
        store.bulk_load(self.workshop.shared(present).nquads, format=ox.RdfFormat.N_QUADS)
        compared = self.workshop.across(_COMPARED, self._gathered([_COMPARED])[_COMPARED])
        store.bulk_load(compared.nquads, format=ox.RdfFormat.N_QUADS)
        return Seen(findings=self._told(self._examiner.common(store), self._lists, store))

    def _gathered_quads(self, slices: Sequence[str]) -> set[ox.Quad]:
        texts = [text for found in self._gathered(slices).values() for text in found]
        return {quad for text in texts for quad in ox.parse(text, format=ox.RdfFormat.N_QUADS)}

    def _own(self, records: Iterable[Record]) -> set[str]:
        expander, own = self._asserter.expander, set()
        for record in records:
            own.add(expander.path_of(record))
            if record.kind != "index-entry":
                own |= {f"form/{record.id}", expander.graph_of(record)}
        return own

    def _types(self, quads: Iterable[ox.Quad], records: Iterable[Record]) -> set[ox.Quad]:
        """The types of processes and services that statements point at and that are not among the records."""
        base, things = self._common.base_iri, self._asserter.expander.things
        there = {record.id for record in records}
        pointed: set[tuple[str, str]] = set()
        for end in {quad.object for quad in quads}:
            if isinstance(end, ox.NamedNode):
                kind, _, ident = end.value.removeprefix(base).partition("/")
                if things.get(ident) == f"{kind}/{ident}" and ident not in there:
                    pointed.add((kind, ident))
        marks = Marks.of([1], [1])
        stubs = [Record(kind, ident, {"id": ident}, self._site.data, 1, marks) for kind, ident in pointed]
        return {quad for quad in self._asserter.quads(stubs) if quad.predicate == _TYPE}

    def _told(
        self, results: Collection[Result], records: Sequence[Record] | None, store: ox.Store | None
    ) -> list[Finding]:
        """Say where results stand; what is not at hand is read again."""
        if not results:
            return []
        if records is None or store is None:
            records, store = self._again(results)
        catalogue = as_catalogue(self._site.data, [*records])
        there = Dataset(store, self._common.base_iri, self._site.ontology)
        return findings_of(results, Places(there, catalogue, self._asserter.expander))

    def _again(self, results: Iterable[Result]) -> tuple[list[Record], ox.Store]:
        """Read the records that results are about."""
        things = {self._examiner.thing_of(result.focus) for result in results}
        names = sorted({path.rpartition("/")[2] for path in things})
        files = [f"{folder}/{name}.yaml" for folder in FOLDERS for name in names]
        reader = Reader(self._site.data, self._schemas)
        for path in (self._site.data / name for name in files):
            if path.exists():
                reader.read_file(path)
        store = self._examiner.store(self._asserter.quads(reader.records))
        return [*self._lists, *reader.records], store

    @cached_property
    def _lists(self) -> list[Record]:
        """The records of the lists, which are read again only when something is wrong with them."""
        reader = Reader(self._site.data, self._schemas)
        reader.read_lists(index=False)
        return reader.records
