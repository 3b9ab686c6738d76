"""What a what-if brief shows, in one language: names, losses, paths and notes, ready for a template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import networkx as nx

from graph.analysis.brief_words import EVIDENCE, POOLS, WORDS, code_words, digits, place_words
from graph.analysis.dependency_reasons import REASONS
from graph.analysis.dependency_shape import Link
from graph.analysis.impact_model import Affected, Impact, Loss
from graph.query.question_library import LANGS, Lang

#: How many things that are left are named; beyond, they are counted.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Name:
    """A thing as the reader sees it: its name, and the language that the name is in."""

    text: str
    lang: str

    @property
    def direction(self) -> str:
        """The direction of the name, for its ``dir``: an id before a Persian name must not turn it."""
        return "rtl" if self.lang == "fa" else "ltr"


@dataclass(frozen=True, slots=True)
class Piece:
    """One need of a path: why, what, and where that is said."""

    why: str
    name: Name
    source: str


@dataclass(frozen=True, slots=True)
class Row:
    """A thing that is reached."""

    step: str
    name: Name
    loses: tuple[str, ...]
    path: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Only:
    """A process that has no partner of a kind left."""

    name: Name
    kind: str
    gone: tuple[Name, ...]
    copied: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Everything a brief shows, in one language."""

    lang: Lang
    direction: Literal["rtl", "ltr"]
    arrow: str
    words: dict[str, str]
    taken: tuple[Name, ...]
    figures: tuple[tuple[str, str], ...]
    lost: tuple[Row, ...]
    weakened: tuple[Row, ...]
    only: tuple[Only, ...]
    notes: tuple[str, ...]


def page_of(result: Impact, needs: nx.MultiDiGraph[str], lang: Lang) -> Page:
    """Put a what-if into words.

    Args:
        result: The what-if.
        needs: The graph of needs it was worked out on.
        lang: Language of the brief.

    Returns:
        What the brief shows.

    Raises:
        ValueError: when there is no brief in that language.
    """
    if lang not in LANGS:
        raise ValueError(f'there is no brief in the language "{lang}"; say {" or ".join(LANGS)}')
    words = {key: found.of(lang) for key, found in WORDS.items()}
    teller = _Teller(needs, lang, documents_of(result))
    kinds = code_words("agency-kind")
    only = tuple(
        Only(
            teller.name(one.process),
            kinds[one.kind].of(lang) if one.kind in kinds else one.kind,
            tuple(map(teller.name, one.gone)),
            one.weak,
        )
        for one in sorted(result.only_partners, key=lambda one: (one.kind, one.process))
    )
    furthest = max((one.generation for one in result.affected), default=0)
    counts = (
        len(result.lost),
        len(result.weakened),
        furthest,
        len({one.process for one in result.only_partners}),
    )
    names = ("n-lost", "n-weakened", "n-steps", "n-only")
    return Page(
        lang,
        "rtl" if lang == "fa" else "ltr",
        "←" if lang == "fa" else "→",
        words,
        tuple(map(teller.name, result.removed)),
        tuple((words[name], digits(str(count), lang)) for name, count in zip(names, counts, strict=True)),
        tuple(map(teller.row, result.lost)),
        tuple(map(teller.row, result.weakened)),
        only,
        _notes(result, lang),
    )


def documents_of(result: Impact) -> tuple[str, ...]:
    """The documents whose lines a what-if names.

    Args:
        result: The what-if.

    Returns:
        Their ids.
    """
    lines = (link.lines for one in result.affected for link in one.path if link.lines)
    return tuple(sorted({part.rpartition(":")[0] for text in lines for part in text.split("; ")} - {""}))


def _notes(result: Impact, lang: Lang) -> tuple[str, ...]:
    looked_at = {REASONS[name].pool for name in result.reasons} & result.stops
    stops = _joined((POOLS[pool].of(lang) for pool in POOLS if pool in looked_at), lang)
    reasons = _joined((REASONS[name].label.of(lang) for name in result.reasons), lang)
    notes = [
        WORDS["about"].of(lang),
        WORDS["def-lost"].of(lang),
        WORDS["def-weakened"].of(lang),
        f"{WORDS['def-stops'].of(lang)} {stops}.",
        f"{WORDS['def-reasons'].of(lang)} {reasons}.",
        WORDS["def-silent"].of(lang),
        WORDS["def-copied"].of(lang),
    ]
    documents = documents_of(result)
    if len(documents) == 1:
        notes.append(f"{WORDS['def-lines'].of(lang)} {documents[0]}")
    return tuple(notes)


class _Teller:
    """Puts results into words."""

    def __init__(self, needs: nx.MultiDiGraph[str], lang: Lang, documents: tuple[str, ...]) -> None:
        self._needs = needs
        self._lang = lang
        self._only_document = documents[0] if len(documents) == 1 else ""

    def _word(self, key: str) -> str:
        return WORDS[key].of(self._lang)

    def name(self, iri: str) -> Name:
        said = self._needs.nodes[iri]
        word = str(said.get("id", iri))
        for lang in (self._lang, *LANGS):
            if said.get(lang):
                numbered = said.get("kind") in ("process", "service")
                return Name(f"{word} {said[lang]}" if numbered else str(said[lang]), lang)
        return Name(word, "en")

    def row(self, one: Affected) -> Row:
        return Row(
            digits(str(one.generation), self._lang),
            self.name(one.thing),
            tuple(self._loss(loss) for loss in one.losses),
            tuple(self._piece(link) for link in one.path),
        )

    def _piece(self, link: Link) -> Piece:
        said = [
            place_words(link.lines, self._only_document).of(self._lang) if link.lines else "",
            EVIDENCE[link.evidence].of(self._lang) if link.evidence in EVIDENCE else link.evidence,
            self._word("copied") if link.weak else "",
        ]
        why = REASONS[link.reason].label.of(self._lang)
        return Piece(why, self.name(link.needs), _joined(said, self._lang))

    def _loss(self, loss: Loss) -> str:
        """What is lost of one pool, in a few words: what goes, what shakes, what is left."""
        if loss.kind:
            kinds = code_words("agency-kind")
            kind = kinds[loss.kind].of(self._lang) if loss.kind in kinds else loss.kind
            return f"{self._word('only-kind')} {kind}: {self._names(loss.gone)}"
        parts = [self._names(loss.gone)] if loss.gone else []
        if loss.shaken:
            parts.append(f"{self._word('shaken')}: {self._names(loss.shaken)}")
        steady = tuple(one for one in loss.left if one not in loss.shaken)
        if not loss.left:
            parts.append(self._word("nothing-left"))
        elif steady:
            parts.append(f"{self._word('left')}: {self._names(steady)}")
        return f"{POOLS[loss.pool].of(self._lang)}: {_joined(parts, self._lang, '؛ ', '; ')}"

    def _names(self, things: Iterable[str]) -> str:
        named = [self.name(one).text for one in things]
        if len(named) > _NAMED:
            return digits(str(len(named)), self._lang)
        return _joined(named, self._lang)


def _joined(parts: Iterable[str], lang: Lang, fa: str = "، ", en: str = ", ") -> str:
    return (fa if lang == "fa" else en).join(filter(None, parts))
