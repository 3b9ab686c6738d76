"""What goes with a process or service: those like it, what it needs, what needs it.

It is worked out from the whole catalogue, so a build keeps it for every process (:mod:`graph.derived`); of a
large catalogue it is little and worked out when asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from graph.view.alike import Alike, Need, Similar


@dataclass(frozen=True)
class Around:
    """What goes with a process or service.

    Attributes:
        similar: Processes in the same area, the nearest first; None for a service, and for a process that
            has no form.
        needs: What it needs.
        needed_by: What needs it.
    """

    similar: tuple[Similar, ...] | None
    needs: tuple[Need, ...]
    needed_by: tuple[Need, ...]


Kept = Callable[[str], Around | None]
"""Gives what is kept of a process or service, by its IRI; None when nothing is kept."""


def nothing_kept(_: str) -> None:
    """Nothing is kept: everything is worked out."""


def around(alike: Alike, iri: str) -> Around:
    """Work out what goes with a process or service.

    Args:
        alike: Compares processes.
        iri: Its IRI.

    Returns:
        What goes with it.
    """
    return Around(alike.similar(iri), *alike.needs(iri))


def around_each(alike: Alike, iris: Iterable[str]) -> Iterator[tuple[str, Around]]:
    """Work out what goes with each of many processes and services, in a fifth of the time.

    Args:
        alike: Compares processes.
        iris: Their IRIs.

    Yields:
        Each IRI and what goes with it.
    """
    similar = alike.similar_of_all()
    for iri in iris:
        yield iri, Around(similar.get(iri), *alike.needs(iri))
