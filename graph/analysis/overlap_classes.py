"""Fragmentation, overlap and duplication: what the audit guide calls so, and when we say it of two processes.

The words are those of the United States Government Accountability Office, "Fragmentation, overlap, and
duplication: an evaluation and management guide" (GAO-15-49SP, 2015): *fragmentation*, more than one agency is
involved in the same broad area; *overlap*, agencies or programmes have similar goals, similar activities or
similar beneficiaries; *duplication*, they are engaged in the same activities or services for the same
beneficiaries. The guide gives no numbers. When two processes stand in "the same area", and from where on
things are "similar" or "the same", is our reading: `Thresholds` names it, and a class is a candidate to look
at, never a verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from graph.analysis.overlap_chance import Statistic
from graph.analysis.overlap_scores import FacetScores

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

AGENCIES, INSTRUMENTS, FORMS, STEPS, RECIPIENTS = "agency", "instrument", "form", "step-type", "recipient"
#: Names of the tables, as `projection.tables` gives them.
FACETS = (AGENCIES, INSTRUMENTS, FORMS, STEPS, RECIPIENTS)

Kind = Literal["none", "fragmentation", "overlap", "duplication"]
#: The classes from the weakest to the strongest; a class is stored as its place here.
KINDS: tuple[Kind, ...] = get_args(Kind)

Ground = Literal["chance", "rule", "form", "title", "recipients", "activities"]
#: Why two processes are taken to stand in the same area; a set of grounds is stored as bits in this order.
GROUNDS: tuple[Ground, ...] = get_args(Ground)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on things are similar or the same. All shares are Jaccard's.

    Attributes:
        false_findings: Share of false findings that is put up with when sharing is called more than chance.
        by: What is counted for that: bodies by their rarity (``rarity``), or each as one (``count``).
        least_agencies: Bodies that two processes must share before their bodies count for anything.
        least_steps: Types of step that two processes must share before their activities count for anything.
        similar: Share from which bodies, activities or recipients are similar.
        same: Share from which bodies, activities or recipients are the same.
        same_title: Likeness of titles, from 0 to 1, from which they name one subject.
        specific: A rule or form that more processes go with is a general one, and says nothing of the area.
    """

    false_findings: float = 0.1
    by: Statistic = "rarity"
    least_agencies: int = 2
    least_steps: int = 2
    similar: float = 0.5
    same: float = 0.75
    same_title: float = 0.85
    specific: int = 20

    def __post_init__(self) -> None:
        for name in ("false_findings", "similar", "same", "same_title"):
            if not 0 < getattr(self, name) <= 1:
                raise ValueError(f"the threshold {name} must be more than 0 and at most 1")
        if self.similar > self.same:
            raise ValueError("the threshold similar must not be above the threshold same")
        for name in ("least_agencies", "least_steps", "specific"):
            if getattr(self, name) < 1:
                raise ValueError(f"the threshold {name} must be at least 1")


@dataclass(frozen=True, eq=False)
class Classes:
    """Classes of pairs.

    Attributes:
        kind: Place of the class in `KINDS`.
        grounds: Why the two stand in the same area, as bits in the order of `GROUNDS`; 0 when they do not.
    """

    kind: NDArray[np.uint8]
    grounds: NDArray[np.uint8]


def likeness(scores: FacetScores, share: float, least: int) -> Bools:
    """Whether pairs are alike in one table.

    Args:
        scores: What the pairs share in it.
        share: Jaccard's share from which they are alike.
        least: How much they must share at least.
    """
    found: Bools = (scores.jaccard >= share) & (scores.shared >= least)
    return found


def classify(
    scores: Mapping[str, FacetScores],
    q: Floats,
    titles: Floats,
    specific: Mapping[str, Ints],
    limits: Thresholds,
) -> Classes:
    """Put pairs of processes into classes.

    Two processes stand in the same area when at least one of these holds:

    * they share more than chance explains (q at most ``false_findings``), and ``least_agencies`` bodies;
    * they follow the same identified rule, or use the same form, and not many others do (``specific``);
    * their titles are nearly the same (``same_title``);
    * their bodies are similar, and so are their recipients, or their activities are the same.

    In the same area it is fragmentation; with similar activities or similar recipients, overlap; with the
    same activities and the same recipients, duplication. What a form does not state is neither.

    Args:
        scores: Scores by name of the table; a table that is missing counts as empty.
        q: Adjusted probability that the pair shares so much by chance.
        titles: Likeness of the titles, from 0 to 1.
        specific: Number of rules and of forms shared that not many others have, by name of the table.
        limits: The thresholds.

    Returns:
        The classes.

    Example:
        >>> from graph.analysis.overlap_scores import FacetScores
        >>> one = lambda n, j: FacetScores(*(np.array([x]) for x in (n, j, j, j, True)))
        >>> found = classify(
        ...     {"agency": one(3, 0.8), "recipient": one(1, 1.0), "step-type": one(2, 1.0)},
        ...     np.array([1.0]), np.array([0.0]), {}, Thresholds())
        >>> KINDS[found.kind[0]]
        'duplication'
    """
    none = np.zeros(len(q), dtype=np.int64)

    def shared(name: str) -> Ints:
        return scores[name].shared if name in scores else none

    def alike(name: str, share: float, least: int) -> Bools:
        return likeness(scores[name], share, least) if name in scores else none > 0

    bodies = alike(AGENCIES, limits.similar, limits.least_agencies)
    activities = alike(STEPS, limits.similar, limits.least_steps)
    same_activities = alike(STEPS, limits.same, limits.least_steps)
    recipients = alike(RECIPIENTS, limits.similar, 1)
    grounds: dict[Ground, Bools] = {
        "chance": (q <= limits.false_findings) & (shared(AGENCIES) >= limits.least_agencies),
        "rule": specific.get(INSTRUMENTS, none) > 0,
        "form": specific.get(FORMS, none) > 0,
        "title": titles >= limits.same_title,
        "recipients": bodies & recipients,
        "activities": bodies & same_activities,
    }
    bits = sum(grounds[name].astype(np.uint8) << place for place, name in enumerate(GROUNDS))
    area = np.asarray(bits, dtype=np.uint8) > 0
    kind = area.astype(np.uint8)
    kind[area & (activities | recipients)] = KINDS.index("overlap")
    kind[area & same_activities & alike(RECIPIENTS, limits.same, 1)] = KINDS.index("duplication")
    return Classes(kind, np.asarray(bits, dtype=np.uint8))
