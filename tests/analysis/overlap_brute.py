"""Pairs of processes compared in plain Python, from the definitions: what the fast way must agree with."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from graph.analysis.incidence import Incidence
from graph.analysis.overlap import PairTable
from graph.analysis.overlap_classes import KINDS, Thresholds

FACETS = ("agency", "instrument", "form", "step-type", "recipient")
Rows = Mapping[str, frozenset[str]]

PROCESSES = [f"P{n}" for n in range(7)]


def rows(columns: str) -> st.SearchStrategy[dict[str, frozenset[str]]]:
    """What each of seven processes has; often nothing."""
    one = st.frozensets(st.sampled_from(columns))
    return st.tuples(*[one] * len(PROCESSES)).map(lambda found: dict(zip(PROCESSES, found, strict=True)))


def facets() -> st.SearchStrategy[dict[str, dict[str, frozenset[str]]]]:
    """All five tables."""
    return st.fixed_dictionaries(
        {
            "agency": rows("abcdefgh"),
            "instrument": rows("ij"),
            "form": rows("kl"),
            "step-type": rows("mnop"),
            "recipient": rows("qrs"),
        }
    )


def tables_of(found: Mapping[str, Rows]) -> dict[str, Incidence]:
    return {name: Incidence.of(cells) for name, cells in found.items()}


def weight(cells: Rows, column: str) -> float:
    filled = sum(bool(found) for found in cells.values())
    return math.log((filled + 1) / sum(column in found for found in cells.values()))


def scores(cells: Rows, first: str, second: str) -> dict[str, float]:
    one, other = cells[first], cells[second]
    both, either = one & other, one | other
    heft = sum(weight(cells, column) for column in either)
    return {
        "shared": len(both),
        "jaccard": len(both) / len(either) if either else 0.0,
        "containment": len(both) / min(len(one), len(other)) if one and other else 0.0,
        "rarity": sum(weight(cells, column) for column in both) / heft if either else 0.0,
    }


def specific(cells: Rows, first: str, second: str, most: int) -> bool:
    shared = cells[first] & cells[second]
    return any(sum(column in found for found in cells.values()) <= most for column in shared)


def kind(found: Mapping[str, Rows], first: str, second: str, q: float, limits: Thresholds) -> str:
    """The class by the rules as the documentation words them, without titles."""
    by = {name: scores(cells, first, second) for name, cells in found.items()}

    def like(name: str, share: float, least: int) -> bool:
        return by[name]["shared"] >= least and by[name]["jaccard"] >= share

    bodies = like("agency", limits.similar, limits.least_agencies)
    recipients = like("recipient", limits.similar, 1)
    same_steps = like("step-type", limits.same, limits.least_steps)
    area = (
        (by["agency"]["shared"] >= limits.least_agencies and q <= limits.false_findings)
        or specific(found["instrument"], first, second, limits.specific)
        or specific(found["form"], first, second, limits.specific)
        or (bodies and recipients)
        or (bodies and same_steps)
    )
    if not area:
        return "none"
    if same_steps and like("recipient", limits.same, 1):
        return "duplication"
    if recipients or like("step-type", limits.similar, limits.least_steps):
        return "overlap"
    return "fragmentation"


def pairs(found: Mapping[str, Rows]) -> list[tuple[str, str]]:
    return list(itertools.combinations(found["agency"], 2))


def combined(by: Mapping[str, Mapping[str, Any]], importance: Mapping[str, float]) -> float:
    return sum(importance[name] * by[name]["rarity"] for name in by) / sum(importance[name] for name in by)


def kinds(table: PairTable) -> dict[tuple[str, str], str]:
    return dict(zip(table.names(), (KINDS[kind] for kind in table.pairs.kind), strict=True))
