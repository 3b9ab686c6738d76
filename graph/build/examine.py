"""What shapes and checks say of one part of a catalogue; all parts together say what the whole says.

A part is a bucket of records beside the lists. Shapes and checks look at it as if it were all there is, and
what they say of its own nodes counts. Those that look further say so, and get what they need:

- a shape of the group `crossing` sees of what records point at that it is there, and its types;
- a check with the header ``# gathers: ...`` is asked of what is gathered from all buckets
  (:mod:`graph.build.gather_checks`), not of a bucket;
- an entry of the index stands in the bucket of what it denotes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import pyoxigraph as ox

from graph.build.checks import check_results, gatherings, read_checks
from graph.build.dataset import Dataset
from graph.build.gather import Gathering, Said, gatherer_of, slices_of
from graph.build.gather_checks import CHECKED
from graph.build.results import Result
from graph.build.shapes_ask import Compiled, ask_shapes

# Kinds of nodes that a bucket has for its own; all others are of the lists, the ontology or the build.
_APART = ("process", "service", "form", "index", "graph/record")


class Examiner:
    """Examines the parts of one catalogue.

    Args:
        base: The lists, the ontology, and what rules conclude from them alone.
        base_iri: The base of resource IRIs.
        ontology: The ontology folder.
        gathering: What gathering needs to know.
        shapes: The compiled shapes; unset, they are compiled now.

    Attributes:
        shapes: The compiled shapes.

    Raises:
        BuildError: If a shape or check is not as it should be.
    """

    def __init__(
        self,
        base: Collection[ox.Quad],
        base_iri: str,
        ontology: Path,
        gathering: Gathering,
        shapes: Compiled | None = None,
    ) -> None:
        self._base, self._iri, self._ontology, self._known = base, base_iri, ontology, gathering
        if shapes is None:
            from graph.build.shapes import compile_ontology  # takes long to load, and is not always needed

            shapes = compile_ontology(self.dataset(self.store()))
        self.shapes = shapes
        self._checks = read_checks(ontology)
        self._ways = gatherings(self._checks)

    def store(self, quads: Iterable[ox.Quad] = ()) -> ox.Store:
        """A store of the lists, the ontology and some statements."""
        store = ox.Store()
        store.bulk_extend(self._base)
        store.bulk_extend(quads)
        return store

    def dataset(self, store: ox.Store) -> Dataset:
        """A store with what belongs to it."""
        return Dataset(store, self._iri, self._ontology)

    def bucket(
        self,
        store: ox.Store,
        own: Collection[str],
        types: Iterable[ox.Quad],
        only: Sequence[str] | None = None,
    ) -> set[Result]:
        """Examine a bucket.

        Args:
            store: The lists and all that is said in the bucket; it is changed.
            own: The paths below the base IRI of its things, their forms and graphs, and its index entries.
            types: The types of what its records point at.
            only: Its nodes, when they are few: the shapes were compiled for `ASKED` then.

        Returns:
            What is found about its nodes.
        """
        shapes = self.shapes if only is None else self.shapes.about(only)
        found = ask_shapes(store, shapes.near, threads=1) | self._checked(store, only)
        store.extend(types)
        found |= ask_shapes(store, shapes.far, threads=1)
        return {result for result in found if self.thing_of(result.focus) in own}

    def common(self, store: ox.Store) -> set[Result]:
        """Examine what belongs to no record: the lists, the ontology, the description of the graphs.

        Args:
            store: All of it.

        Returns:
            What is found about its nodes.
        """
        queries = [*self.shapes.near, *self.shapes.far]
        found = ask_shapes(store, queries, threads=1) | self._checked(store)
        return {result for result in found if not self._is_apart(result.focus)}

    def slices(self, said: Said) -> dict[str, bytes]:
        """What a bucket gives to the checks that look further.

        Args:
            said: What its records assert, by property.

        Returns:
            Slice → sorted N-Quads.
        """
        return slices_of(CHECKED, said, self._ways, self._known)

    def across(self, name: str, quads: Iterable[ox.Quad]) -> set[Result]:
        """Ask the checks that gather in some way.

        Args:
            name: The slice, or one of several that were gathered in the same way.
            quads: What all buckets give to it or to them.

        Returns:
            What is found.
        """
        return self.crossing(gatherer_of(name), self.store(quads))

    def crossing(self, way: str, store: ox.Store, only: Sequence[str] | None = None) -> set[Result]:
        """Ask the checks that gather in some way.

        Args:
            way: The way.
            store: The lists, and what was gathered.
            only: Nodes to ask about; all if left out.

        Returns:
            What is found.
        """
        checks = [check for check in self._checks if check.gathers == way]
        return set(check_results(self.dataset(store), checks, only=only, threads=1))

    def _checked(self, store: ox.Store, only: Sequence[str] | None = None) -> set[Result]:
        checks = [check for check in self._checks if check.gathers is None]
        return set(check_results(self.dataset(store), checks, only=only, threads=1))

    def thing_of(self, iri: str) -> str:
        """The path of the thing, form or record graph that a node belongs to."""
        path = iri.removeprefix(self._iri)
        depth = 3 if path.startswith("graph/record/") else 2
        return "/".join(path.split("/", depth)[:depth])

    def _is_apart(self, iri: str) -> bool:
        return self.thing_of(iri).rpartition("/")[0] in _APART
