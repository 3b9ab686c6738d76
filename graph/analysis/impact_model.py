"""What a what-if answers with: plain data, no labels."""

from __future__ import annotations

from dataclasses import dataclass

from graph.analysis.dependency_shape import Link


@dataclass(frozen=True, slots=True)
class Need:
    """A pool of needs of one thing, of which any one is enough.

    Attributes:
        pool: Name of the pool.
        kind: Code of the agency kind when the pool is the partners of one kind, else empty.
        members: What it leads to.
        stops: Whether the thing is lost when none is left.
    """

    pool: str
    kind: str
    members: frozenset[str]
    stops: bool


@dataclass(frozen=True, slots=True)
class Loss:
    """What a thing loses of one pool of needs.

    Attributes:
        pool: Name of the pool; see :class:`graph.analysis.dependency_reasons.Reason`.
        kind: Code of the agency kind for the only partners of a kind, else empty.
        gone: What is taken away or lost, sorted.
        shaken: What is weakened, sorted.
        left: What is untouched or only weakened, sorted.
    """

    pool: str
    kind: str
    gone: tuple[str, ...]
    shaken: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Affected:
    """A thing that is reached.

    Attributes:
        thing: The thing.
        kind: Its kind of node.
        generation: Steps from what was taken away, by the shortest way.
        lost: Whether it is lost; weakened otherwise.
        path: The shortest chain of needs from it to something that was taken away.
        losses: What it loses, pool by pool.
    """

    thing: str
    kind: str
    generation: int
    lost: bool
    path: tuple[Link, ...]
    losses: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class OnlyPartner:
    """A process that has no partner of a kind any more.

    Attributes:
        process: The process.
        kind: Code of the agency kind.
        gone: The partners of that kind that it had, sorted.
        weak: Whether all of them stand in copied lists only.
    """

    process: str
    kind: str
    gone: tuple[str, ...]
    weak: bool


@dataclass(frozen=True, slots=True)
class Impact:
    """The answer to a what-if.

    Attributes:
        removed: What was taken away, sorted.
        affected: What is reached: nearest first, then lost before weakened, then by IRI.
        only_partners: Processes that lose their only partners of a kind, sorted.
        reasons: The reasons for needs that the graph holds.
        stops: The pools without which a thing counted as lost.
    """

    removed: tuple[str, ...]
    affected: tuple[Affected, ...]
    only_partners: tuple[OnlyPartner, ...]
    reasons: tuple[str, ...]
    stops: frozenset[str]

    @property
    def lost(self) -> tuple[Affected, ...]:
        """What is lost."""
        return tuple(one for one in self.affected if one.lost)

    @property
    def weakened(self) -> tuple[Affected, ...]:
        """What is weakened."""
        return tuple(one for one in self.affected if not one.lost)


@dataclass(frozen=True, slots=True)
class Removal:
    """What it costs to take one thing away.

    Attributes:
        thing: The thing.
        lost: Number of things lost.
        weakened: Number of things weakened.
        only_partners: Number of processes that lose their only partner of some kind.
    """

    thing: str
    lost: int
    weakened: int
    only_partners: int
