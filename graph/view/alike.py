"""Processes like a process, what it needs and what needs it, and two processes side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np

from graph.analysis.analyst import Analyst
from graph.analysis.brief_words import EVIDENCE
from graph.analysis.dependency_reasons import REASONS
from graph.analysis.overlap import OverlapStudy, PairTable
from graph.analysis.overlap_findings import Finding, Sharing, explain, findings
from graph.analysis.overlap_nearest import Neighbour, SimilarityIndex
from graph.analysis.overlap_words import FACET_WORDS, KIND_WORDS, reason_words
from graph.digits import persian_digits
from graph.query.question_library import Words
from graph.view.matrix import lines_only
from graph.view.nodes import Ref
from graph.view.reading import Catalogue

#: In larger catalogues likeness is that of bodies only (Jaccard); the analysis of overlap compares all.
MOST_PROCESSES = 2_000
#: Similar processes that a page lists.
_MOST = 5
_MOST_NEAR = 10
#: Shared bodies that are named.
_NAMED = 5
_NEAR = Words("Many of the same bodies", "نهادهای همانند بسیار")


@dataclass(frozen=True)
class Similar:
    """A process that stands in the same area as another.

    Attributes:
        ref: The process.
        kind: How far they go together.
        why: Why, in a few sentences.
        pair: Ids of both in their order, for the address of the comparison.
    """

    ref: Ref
    kind: Words
    why: Words
    pair: tuple[str, str]


@dataclass(frozen=True)
class Need:
    """A thing that a process needs, or that needs it.

    Attributes:
        ref: The thing.
        why: The reason.
        evidence: What that rests on.
        layer: ``inferred``, ``reading`` or another layer, for the mark.
        lines: Source lines, or nothing.
    """

    ref: Ref
    why: Words
    evidence: Words
    layer: str
    lines: str


@dataclass(frozen=True)
class Shared:
    """Something that both processes have.

    Attributes:
        ref: What.
        processes: Processes that have it.
        copied: Whether one of the two has it only from a copied list or generic wording.
    """

    ref: Ref
    processes: int
    copied: bool


@dataclass(frozen=True)
class Side:
    """One table of a comparison.

    Attributes:
        key: Its name.
        title: What is compared.
        one: What only the first has.
        both: What both have, the rarest first.
        other: What only the second has.
        stated: Whether the first, and whether the second, states anything.
        jaccard: Shared, as a share of what either has.
        containment: Shared, as a share of what the one with less has.
        rarity: The share by rarity.
    """

    key: str
    title: Words
    one: tuple[Ref, ...]
    both: tuple[Shared, ...]
    other: tuple[Ref, ...]
    stated: tuple[bool, bool]
    jaccard: float
    containment: float
    rarity: float


@dataclass(frozen=True)
class Comparison:
    """Two processes side by side.

    Attributes:
        one: The first.
        other: The second.
        kind: The class of the pair.
        firm: The class that is left without copied lists, where it is weaker; else None.
        why: Why, in a few sentences.
        score: Combined score, from 0 to 1.
        firm_score: The same without copied lists and generic wording.
        chance: Share of false findings at this level.
        sides: Bodies, instruments, forms, types of steps, recipients.
    """

    one: Ref
    other: Ref
    kind: Words
    firm: Words | None
    why: Words
    score: float
    firm_score: float
    chance: float
    sides: tuple[Side, ...]


class Alike:
    """Compares the processes of an edition.

    Args:
        analyst: The catalogue.
        catalogue: It names things.
    """

    def __init__(self, analyst: Analyst, catalogue: Catalogue) -> None:
        self._analyst = analyst
        self._catalogue = catalogue

    @cached_property
    def study(self) -> OverlapStudy:
        """The comparison of all processes by what their forms name."""
        return self._analyst.overlap

    @cached_property
    def _pairs(self) -> PairTable:
        return self.study.pairs()

    @cached_property
    def _names(self) -> Mapping[str, Words]:
        return self._analyst.names

    def similar(self, process: str) -> tuple[Similar, ...] | None:
        """Processes in the same area.

        Args:
            process: IRI of a process.

        Returns:
            The nearest, the strongest class first; in a catalogue too large to compare all with all, those
            most alike by their bodies; None when the process has no form.
        """
        rows = self._analyst.tables["named"].row_number
        if process not in rows:
            return None
        if len(rows) > MOST_PROCESSES:
            return tuple(self._near(process, one) for one in self._nearest.nearest(process, _MOST_NEAR))
        return tuple(
            self._similar(found, process)
            for found in islice(findings(self.study, self._pairs.where(process=process)), _MOST)
        )

    def similar_of_all(self) -> dict[str, tuple[Similar, ...]]:
        """What :meth:`similar` gives, for every process that has a form; the pairs are explained together."""
        study = self.study
        if len(study.rows) > MOST_PROCESSES:
            return {process: self.similar(process) or () for process in study.rows}
        pairs = self._pairs.pairs
        places: list[list[int]] = [[] for _ in study.rows]
        for place, both in enumerate(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)):
            for row in both:
                if len(places[row]) < _MOST:  # the table is ranked
                    places[row].append(place)
        wanted = sorted({place for found in places for place in found})
        explained = dict(zip(wanted, findings(study, self._pairs.take(np.array(wanted, int))), strict=True))
        return {
            process: tuple(self._similar(explained[place], process) for place in found)
            for process, found in zip(study.rows, places, strict=True)
        }

    def needs(self, process: str) -> tuple[tuple[Need, ...], tuple[Need, ...]]:
        """What a process needs, and what needs it; partners are left out, they have their own table.

        Args:
            process: IRI of a process.

        Returns:
            Both, by reason.
        """
        if self._analyst.large:  # the page shows what the form names; chains of needs take the whole graph
            return (), ()
        graph = self._analyst.needs
        if process not in graph:
            return (), ()
        order = {name: number for number, name in enumerate(REASONS)}
        out = [(n, key, said) for _, n, key, said in graph.out_edges(process, keys=True, data=True)]
        into = [(n, key, said) for n, _, key, said in graph.in_edges(process, keys=True, data=True)]
        both = []
        for edges in (out, into):
            kept = sorted((e for e in edges if e[1] != "partner"), key=lambda e: (order[e[1]], e[0]))
            both.append(
                tuple(
                    Need(
                        self._catalogue.ref(thing),
                        REASONS[key].label,
                        EVIDENCE[said["evidence"]],
                        "form" if said["evidence"] == "document" else str(said["evidence"]),
                        lines_only(str(said["lines"])),
                    )
                    for thing, key, said in kept
                )
            )
        return both[0], both[1]

    def compare(self, one: str, other: str) -> Comparison:
        """Put two processes side by side.

        Args:
            one: IRI of a process with a form.
            other: IRI of another.

        Returns:
            The comparison, with ``one`` first.

        Raises:
            KeyError: when one has no form.
            ValueError: when both are the same.
        """
        found = explain(self.study, one, other)
        turned = found.first != one
        return Comparison(
            self._catalogue.ref(one),
            self._catalogue.ref(other),
            KIND_WORDS[found.kind],
            KIND_WORDS[found.firm_kind] if found.weak else None,
            reason_words(found, self._names),
            found.score,
            found.firm_score,
            found.q,
            tuple(self._side(sharing, turned) for sharing in found.sharings),
        )

    @cached_property
    def _nearest(self) -> SimilarityIndex:
        return SimilarityIndex(self._analyst.agencies(("named",)))

    def _near(self, process: str, found: Neighbour) -> Similar:
        ids = sorted(self._catalogue.ref(iri).id for iri in (process, found.iri))
        some = [self._catalogue.ref(iri) for iri in found.shared[:_NAMED]]
        why = Words(
            f"{len(found.shared)} bodies in both, the rarest first: {', '.join(r.label('en') for r in some)}",
            f"{persian_digits(str(len(found.shared)))} نهاد در هر دو، نخست کمیاب‌ترین: "
            f"{'، '.join(r.label('fa') for r in some)}",
        )
        return Similar(self._catalogue.ref(found.iri), _NEAR, why, (ids[0], ids[1]))

    def _similar(self, found: Finding, process: str) -> Similar:
        other = found.second if found.first == process else found.first
        ids = sorted(self._catalogue.ref(iri).id for iri in (process, other))
        return Similar(
            self._catalogue.ref(other),
            KIND_WORDS[found.kind],
            reason_words(found, self._names),
            (ids[0], ids[1]),
        )

    def _side(self, sharing: Sharing, turned: bool) -> Side:
        one, other = (
            tuple(self._catalogue.ref(iri) for iri in iris)
            for iris in (sharing.only_first, sharing.only_second)
        )
        return Side(
            sharing.facet,
            FACET_WORDS[sharing.facet],
            other if turned else one,
            tuple(Shared(self._catalogue.ref(s.iri), s.processes, s.weak) for s in sharing.shared),
            one if turned else other,
            sharing.stated[::-1] if turned else sharing.stated,
            sharing.jaccard,
            sharing.containment,
            sharing.rarity,
        )
