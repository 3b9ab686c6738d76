"""Where an agency stands: above and below whom, and whose processes are most like its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from heapq import nsmallest

import numpy as np
import pyoxigraph as ox

from graph.analysis.incidence import Incidence
from graph.analysis.overlap_nearest import SimilarityIndex
from graph.view.nodes import Ref
from graph.view.reading import Catalogue
from graph.view.terms import value_of

#: Steps up the ladder that are followed; records that form a circle end sooner.
HIGHEST = 20
#: Bodies that one is compared with.
NEAREST = 8
#: Processes of both that a page names.
NAMED = 30
#: Bodies that have a part in the same processes.
BESIDE = 12
_UNDER = "org:subOrganizationOf|org:unitOf|org:postIn"


@dataclass(frozen=True)
class Place:
    """Where a body sits.

    Attributes:
        above: Those above it, the highest first, each with whether the document itself says so.
        beside: Others under the same body.
        below: Those under it.
    """

    above: tuple[tuple[Ref, bool], ...]
    beside: tuple[Ref, ...]
    below: tuple[Ref, ...]


@dataclass(frozen=True)
class Alike:
    """A body whose processes are like those of another.

    Attributes:
        ref: The body.
        common: How many processes are of both.
        shared: The first of them.
        firm: How many of them do not rest on copied lists alone.
        only_this: How many processes only the body of the page has.
        only_other: Those that only the other has.
        likeness: Those of both, as a share of the processes of either (Jaccard 1901).
    """

    ref: Ref
    common: int
    shared: tuple[Ref, ...]
    firm: int
    only_this: int
    only_other: int
    likeness: float


@dataclass(frozen=True)
class Standing:
    """The processes of a body against those of the bodies most like it.

    Attributes:
        processes: How many processes name it.
        rank: How many bodies are named by more processes.
        bodies: How many bodies are named at all.
        nearest: The most alike first.
    """

    processes: int
    rank: int
    bodies: int
    nearest: tuple[Alike, ...]


def place_of(catalogue: Catalogue, iri: str) -> Place:
    """Return where a body sits.

    Args:
        catalogue: The store.
        iri: The body.

    Returns:
        Those above, beside and below.
    """
    above: list[tuple[Ref, bool]] = []
    seen, here = {iri}, iri
    while (found := _parent(catalogue, here)) and found[0] not in seen and len(above) < HIGHEST:
        here = found[0]
        seen.add(here)
        above.append((catalogue.ref(here), found[1]))
    beside = [i for i in _under(catalogue, above[0][0].iri) if i != iri] if above else []
    return Place(tuple(reversed(above)), catalogue.refs(beside), catalogue.refs(_under(catalogue, iri)))


def standing_of(
    index: SimilarityIndex, firm: Incidence, iri: str, name: Callable[[str], Ref], top: int = NEAREST
) -> Standing | None:
    """Compare the processes of a body with those of the bodies most like it.

    Args:
        index: Of the table of bodies (rows) by processes.
        firm: The same table without cells that rest on copied lists only.
        iri: The body.
        name: Names an IRI.
        top: How many bodies to compare with.

    Returns:
        The comparison; None when no process names the body.
    """
    table = index.table
    if iri not in table.row_number:
        return None
    sizes = np.diff(table.matrix.indptr)
    own = int(sizes[table.row_number[iri]])
    if not own:
        return None
    # by number: a body may be named in thousands of processes, of which a few are shown
    number = table.row_number[iri]

    def alike(other: int, score: float) -> Alike:
        shared, shared_firm = (
            np.intersect1d(one.columns_at(number), one.columns_at(other), assume_unique=True)
            for one in (table, firm)
        )
        common = len(shared)
        shown = nsmallest(NAMED, (table.columns[process] for process in shared))
        return Alike(
            name(table.rows[other]),
            common,
            tuple(name(process) for process in shown),
            len(shared_firm),
            own - common,
            int(sizes[other]) - common,
            score,
        )

    nearest = tuple(alike(*one) for one in index.nearest_rows(iri, top))
    return Standing(own, int((sizes > own).sum()), int((sizes > 0).sum()), nearest)


def beside(
    table: Incidence, iri: str, name: Callable[[str], Ref], top: int = BESIDE
) -> tuple[tuple[Ref, int], ...]:
    """The bodies with most processes in common with one.

    Args:
        table: Bodies (rows) by processes.
        iri: The body.
        name: Names an IRI.
        top: How many bodies at most.

    Returns:
        Them with the number of these processes; the most first, equals in the order of their IRIs.
    """
    number = table.row_number.get(iri)
    if number is None:
        return ()
    own = table.matrix[[number]].astype(np.int32)
    counts = (table.matrix @ own.T).toarray().ravel()
    counts[number] = 0
    first = nsmallest(top, np.flatnonzero(counts).tolist(), key=lambda row: (-counts[row], table.rows[row]))
    return tuple((name(table.rows[row]), int(counts[row])) for row in first)


def _parent(catalogue: Catalogue, iri: str) -> tuple[str, bool] | None:
    rows = catalogue.rows(
        f"""SELECT ?body ?parent ?basis WHERE {{ ?body {_UNDER} ?parent
        OPTIONAL {{ ?body df:parentBasis ?basis }} }} ORDER BY ?parent ?basis""",
        body=ox.NamedNode(iri),
    )
    if not rows:
        return None
    basis = value_of(rows[0]["basis"]) if "basis" in rows[0] else ""
    return value_of(rows[0]["parent"]), basis.endswith("/parent-basis/text")


def _under(catalogue: Catalogue, iri: str) -> list[str]:
    rows = catalogue.rows(
        f"SELECT DISTINCT ?body ?parent WHERE {{ ?body {_UNDER} ?parent }}", parent=ox.NamedNode(iri)
    )
    return [value_of(row["body"]) for row in rows]
