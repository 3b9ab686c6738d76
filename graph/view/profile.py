"""What the page of one thing shows: its form or facts, and what the whole catalogue says of it.

The pages of the site and the records of the review file are made from this one place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph.analysis.analyst import Analyst
from graph.analysis.incidence import Incidence
from graph.analysis.overlap_nearest import SimilarityIndex
from graph.view.alike import Alike
from graph.view.around import Kept, around, nothing_kept
from graph.view.flow import access_table, flow_of
from graph.view.process import process_view, service_view
from graph.view.reading import Catalogue
from graph.view.standing import beside, place_of, standing_of
from graph.view.things import thing_view


@dataclass(frozen=True)
class Profile:
    """The page of a thing.

    Attributes:
        template: Its template.
        values: What the template shows.
    """

    template: str
    values: Mapping[str, Any]


class Profiles:
    """Makes the pages of the things of an edition.

    Args:
        catalogue: The store.
        analyst: Compares things; it reads the graph once.
        kept: What is known of processes and services beforehand.
    """

    def __init__(self, catalogue: Catalogue, analyst: Analyst, kept: Kept = nothing_kept) -> None:
        self._catalogue = catalogue
        self._analyst = analyst
        self._kept = kept

    @cached_property
    def alike(self) -> Alike:
        """Compares processes."""
        return Alike(self._analyst, self._catalogue)

    @cached_property
    def bodies(self) -> tuple[SimilarityIndex, Incidence]:
        """Finds bodies with like processes; and which body is in which process by more than a copied list."""
        table = self._analyst.agencies(["named"])
        return SimilarityIndex(table.transposed), table.without_weak.transposed

    def profile(self, kind: str, ident: str) -> Profile | None:
        """Return the page of a thing.

        Args:
            kind: One of :data:`graph.view.overview.KINDS`.
            ident: Its id, for example ``P08``.

        Returns:
            The page, or None when there is no such thing.
        """
        return self._process(kind, ident) if kind in ("process", "service") else self._thing(kind, ident)

    def _process(self, kind: str, ident: str) -> Profile | None:
        view = (process_view if kind == "process" else service_view)(self._catalogue, ident)
        if view is None:
            return None
        found = self._kept(view.ref.iri) or around(self.alike, view.ref.iri)
        values = {
            "view": view,
            "kind": kind,
            "similar": found.similar,
            "needs": (found.needs, found.needed_by),
            "flow": flow_of(self._catalogue, view.steps),
            "access": access_table(view.stages),
        }
        return Profile("process.html", values)

    def _thing(self, kind: str, ident: str) -> Profile | None:
        view = thing_view(self._catalogue, kind, ident)
        if view is None:
            return None
        values: dict[str, Any] = {"view": view, "kind": kind, "place": None, "standing": None, "beside": ()}
        if kind == "agency":
            iri, name = view.ref.iri, self._catalogue.ref
            values["place"] = place_of(self._catalogue, iri)
            values["standing"] = standing_of(*self.bodies, iri, name)
            values["beside"] = beside(self.bodies[0].table, iri, name)
        return Profile("thing.html", values)
