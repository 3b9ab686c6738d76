"""Who brokers between bodies that do not sit together: structural holes and brokerage roles.

Two bodies are tied when they sit together in a process. A body brokers for two of its partners when these two
sit together nowhere. Counts of such pairs are products of sparse matrices.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph.analysis.centrality_projection import sitting_together
from graph.analysis.incidence import Incidence

__all__ = ["Role", "roles"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Role:
    """What a body does between others.

    Attributes:
        agency: The body.
        partners: Number of bodies it sits with.
        effective_size: Partners less their mean number of ties to each other: how many circles that do not
            know each other it reaches (Burt, "Structural Holes", Harvard University Press 1992, in the form
            of Borgatti, "Structural holes: unpacking Burt's redundancy measures", Connections 20 (1997)
            35-38).
        constraint: How far all its ties lead back to the same few partners (Burt 1992, equation 2.4, over the
            weighted ties); low for a broker, 1 or more for a body that depends on one circle. None without
            partners.
        brokered: Pairs of its partners that sit together nowhere.
        only: Those of them that have no other partner in common: without this body nobody stands between.
        coordinator: Those of ``brokered`` where all three are of one kind. The four roles are those of Gould
            and Fernandez ("Structures of mediation", Sociological Methodology 19 (1989) 89-126) for ties
            without direction.
        gatekeeper: Those where one of the two is of its own kind and the other is not. (With direction,
            gatekeeper and representative are two.)
        consultant: Those where the two are of one kind and it is of another.
        liaison: Those where all three are of different kinds.
    """

    agency: str
    partners: int
    effective_size: float
    constraint: float | None
    brokered: int
    only: int
    coordinator: int
    gatekeeper: int
    consultant: int
    liaison: int


def roles(table: Incidence, kinds: Mapping[str, str]) -> tuple[Role, ...]:
    """Work out the roles of all bodies.

    Args:
        table: Processes by bodies.
        kinds: Kind of each body; one that is missing is of a kind of its own.

    Returns:
        The roles: most pairs that only this body stands between first, then most pairs brokered.

    Example:
        >>> table = Incidence.of({"P1": ["court", "police"], "P2": ["media", "police"]})
        >>> first = roles(table, {"court": "justice", "media": "culture", "police": "security"})[0]
        >>> first.agency, first.effective_size, first.constraint, first.only, first.liaison
        ('police', 2.0, 0.5, 1, 1)
    """
    sitting = sitting_together(table)
    tied = sitting.ties.astype(bool).astype(np.float64)
    partners = sitting.partners
    shared = (tied @ tied).tocsr()
    pairs = _row_sums(shared * tied) / 2
    sizes = partners - np.divide(2 * pairs, partners, out=np.zeros(len(pairs)), where=partners > 0)
    constraint = nx.constraint(sitting.graph(), weight="weight") if sitting.bodies else {}
    counts = _by_kind(tied, _numbers(sitting.bodies, kinds), pairs)
    only = _only(tied, shared)
    told = [
        Role(
            name,
            int(partners[place]),
            float(sizes[place]),
            round(constraint[place], 10) if partners[place] else None,
            int(counts[place].sum()),
            int(only[place]),
            *(int(count) for count in counts[place]),
        )
        for place, name in enumerate(sitting.bodies)
    ]
    return tuple(sorted(told, key=lambda one: (-one.only, -one.brokered, one.agency)))


def _row_sums(matrix: sparse.csr_array) -> Floats:
    return np.asarray(matrix.sum(axis=1), dtype=np.float64)


def _numbers(bodies: tuple[str, ...], kinds: Mapping[str, str]) -> NDArray[np.int64]:
    names = [(1, kinds[body]) if body in kinds else (0, body) for body in bodies]
    numbers = {name: number for number, name in enumerate(sorted(set(names)))}
    return np.array([numbers[name] for name in names], dtype=np.int64)


def _by_kind(tied: sparse.csr_array, kind: NDArray[np.int64], pairs: Floats) -> Floats:
    """Open pairs of partners by role, one row a body: all pairs of that sort less those that are tied."""
    cells = tied.tocoo()
    rows, columns = cells.coords
    alike = kind[rows] == kind[columns]
    same = sparse.csr_array((cells.data[alike], (rows[alike], columns[alike])), shape=tied.shape)
    other = (tied - same).tocsr()
    shape = (len(kind), int(kind.max(initial=0)) + 1)
    member = sparse.csr_array((np.ones(len(kind)), (np.arange(len(kind)), kind)), shape=shape)
    of_kind = (tied @ member).tocsr()
    partners, own = _row_sums(tied), _row_sums(same)
    within = (_row_sums(of_kind.power(2)) - partners) / 2
    tied_own = _row_sums((same @ same) * same) / 2
    tied_mixed = _row_sums((same @ other) * other)
    tied_within = _row_sums((tied @ same) * tied) / 2
    coordinator = own * (own - 1) / 2 - tied_own
    gatekeeper = own * (partners - own) - tied_mixed
    consultant = within - tied_within - coordinator
    brokered = partners * (partners - 1) / 2 - pairs
    liaison = brokered - coordinator - gatekeeper - consultant
    return np.column_stack((coordinator, gatekeeper, consultant, liaison))


def _only(tied: sparse.csr_array, shared: sparse.csr_array) -> Floats:
    """For each body the pairs, not tied, whose one common partner it is."""
    single = shared.copy()
    single.data = (single.data == 1).astype(np.float64)
    single.setdiag(0)
    lonely = (single - single * tied).tocsr()
    lonely.eliminate_zeros()
    return _row_sums((tied @ lonely) * tied) / 2
