"""The form of an analysis, made from its options, with what was given in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from graph.analysis.analyst import Analyst
from graph.analysis.options import Option
from graph.analysis.table_graph import uses_of
from graph.query.question_library import Lang, QuestionError
from graph.query.question_values import fold

#: Kinds of things to choose where an option does not say.
_KINDS = ("process", "service", "agency", "collective", "instrument", "template")
#: Things that a pick-list offers; of more, the ids and names can still be written.
_OFFERED = 400
#: Empty places for further things.
_FREE = 1
#: Things that a form has places for.
_PLACES = 12


@dataclass(frozen=True)
class Field:
    """One field of the form.

    Attributes:
        option: What it tells.
        values: Texts that stand in it: as they were given, else the default.
        choices: Value, words, and whether chosen, where there is something to choose.
        offers: Kinds of things that the pick-list of the field offers; empty for other fields.
    """

    option: Option
    values: tuple[str, ...]
    choices: tuple[tuple[str, str, bool], ...] = ()
    offers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Offer:
    """A pick-list of things.

    Attributes:
        kinds: Kinds of the things in it.
        things: What to write for a thing, and its name.
        total: Things there are, of which these are the most connected.
    """

    kinds: tuple[str, ...]
    things: tuple[tuple[str, str], ...]
    total: int

    @property
    def id(self) -> str:
        """Its id in the page."""
        return "offer-" + "-".join(self.kinds)


def fields_of(
    options: Sequence[Option], given: Mapping[str, Sequence[str]], analyst: Analyst, lang: Lang
) -> tuple[Field, ...]:
    """Make the fields.

    Args:
        options: The options.
        given: Texts by name, right or wrong.
        analyst: It names the things.
        lang: Language of the words.

    Returns:
        A field for each option.
    """
    return tuple(_field(option, list(given.get(option.name, ())), analyst, lang) for option in options)


def offers_of(fields: Sequence[Field], analyst: Analyst, lang: Lang) -> tuple[Offer, ...]:
    """Make the pick-lists that the fields name, each once.

    Args:
        fields: The fields.
        analyst: It knows the things.
        lang: Language of the names.

    Returns:
        The pick-lists.
    """
    return tuple(_offer(kinds, analyst, lang) for kinds in dict.fromkeys(f.offers for f in fields) if kinds)


def _field(option: Option, texts: list[str], analyst: Analyst, lang: Lang) -> Field:
    if option.kind == "things":
        words = [part.strip() for text in texts for part in text.split(",") if part.strip()]
        shown = [_written(analyst, word, option.kinds or _KINDS, lang) for word in words[:_PLACES]]
        return Field(option, (*shown, *[""] * _FREE), offers=option.kinds or _KINDS)
    if option.kind in ("choices", "choice"):
        told = texts or [option.default]
        chosen = {part.strip() for text in told for part in text.split(",")}
        choices = tuple(
            (value, option.words[value].of(lang) if value in option.words else value, value in chosen)
            for value in option.among
        )
        return Field(option, tuple(told), choices)
    return Field(option, (texts[-1] if texts else option.default,))


def _written(analyst: Analyst, word: str, kinds: tuple[str, ...], lang: Lang) -> str:
    """The word that the pick-list has for a thing; a wrong word stays as it is, to be mended."""
    try:
        thing = analyst.things([word], kinds)[0]
    except QuestionError:
        return word
    return _words(analyst, [thing], lang)[0][0]


@lru_cache(maxsize=64)
def _offer(kinds: tuple[str, ...], analyst: Analyst, lang: Lang) -> Offer:
    """The most connected things of some kinds."""
    graph = analyst.nodes
    there = [iri for iri, said in graph.nodes(data=True) if said["kind"] in kinds]
    most = sorted(there, key=lambda iri: (-uses_of(graph, iri), iri))[:_OFFERED]
    ordered = sorted(most, key=lambda iri: (kinds.index(graph.nodes[iri]["kind"]), graph.nodes[iri]["id"]))
    return Offer(kinds, tuple(_words(analyst, ordered, lang)), len(there))


def _words(analyst: Analyst, things: Sequence[str], lang: Lang) -> list[tuple[str, str]]:
    """What to write for things, and their names: for a process its id, else a name that is the only such.

    A name with a comma would be taken for two.
    """
    found = []
    named_so, with_id = _known(analyst, lang)
    for thing in things:
        named = analyst.labels.named(thing)
        name = named.label(lang)
        alone = named_so[fold(name)] == 1 and "," not in name
        short = named.id if with_id[named.id] == 1 else f"{named.kind}/{named.id}"
        coded = named.kind in ("process", "service")
        found.append((name if alone and not coded else short, name))
    return found


@lru_cache(maxsize=4)
def _known(analyst: Analyst, lang: Lang) -> tuple[Counter[str], Counter[str]]:
    """How many things have a name, and how many an id."""
    things = [iri for iri, said in analyst.nodes.nodes(data=True) if said["kind"] in _KINDS]
    named = [analyst.labels.named(iri) for iri in things]
    return Counter(fold(one.label(lang)) for one in named), Counter(one.id for one in named)
