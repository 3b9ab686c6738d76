"""What checks that look across records read of each bucket.

What is gathered is the least from which the check says what it says of everything: a check that asks whether
two lists are alike needs their digests and not their words.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import sha256

import pyoxigraph as ox

from graph.build.gather import Gatherer, Gathering, Said, Slices, bucket_of
from graph.build.ontology import DF, DFC

_CV, _DCT = "http://data.europa.eu/m8g/", "http://purl.org/dc/terms/"
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_TITLE, _IDENTIFIER, _DESCRIPTION = (
    ox.NamedNode(f"{_DCT}{name}") for name in ("title", "identifier", "description")
)
_PARTICIPATION, _PARTICIPANT = (
    ox.NamedNode(f"{_CV}{name}") for name in ("hasParticipation", "hasParticipant")
)
_STEP, _NUMBER, _MENTION, _LEADS, _WORDS, _KIND = (
    ox.NamedNode(f"{DF}{name}")
    for name in ("hasStep", "stepNumber", "hasMention", "resolvesTo", "asWritten", "mentionKind")
)
_PROCESS, _GENERIC = ox.NamedNode(f"{DF}Process"), ox.NamedNode(f"{DFC}mention-kind/generic")

By = dict[object, list[ox.Quad]]


def _by_subject(quads: Iterable[ox.Quad]) -> By:
    """Statements of one property, by subject."""
    found: By = defaultdict(list)
    for quad in quads:
        found[quad.subject].append(quad)
    return found


def _titles(said: Said, known: Gathering) -> Slices:
    """Persian titles of processes: equal titles fall into one slice."""
    processes: By = {quad.subject: [quad] for quad in said[_TYPE] if quad.object == _PROCESS}
    identifiers = _by_subject(said[_IDENTIFIER])
    found: Slices = defaultdict(list)
    for thing, titles in _by_subject(said[_TITLE]).items():
        types = processes.get(thing, ())
        for quad in titles if types else ():
            if isinstance(quad.object, ox.Literal) and quad.object.language == "fa":
                name = f"titles-{bucket_of(quad.object.value, known.slices):04}"
                found[name] += [quad, *types, *identifiers[thing]]
    return dict(found)


def _lists(given: Said, known: Gathering) -> Slices:
    """Steps in order and bodies: a process gets one step whose words are the digest of all, and one body.

    Whoever has the same steps and bodies has the same digest, so the check finds the same pairs.
    """
    wanted = (_STEP, _NUMBER, _DESCRIPTION, _PARTICIPATION, _PARTICIPANT, _IDENTIFIER)
    said = {prop: _by_subject(given[prop]) for prop in wanted}
    found: Slices = defaultdict(list)
    for thing, steps in said[_STEP].items():
        words = [
            (number, text)
            for step in steps
            for number in said[_NUMBER].get(step.object, ())
            for text in said[_DESCRIPTION].get(step.object, ())
        ]
        bodies = [
            (name, body)
            for name in said[_PARTICIPATION].get(thing, ())
            for body in said[_PARTICIPANT].get(name.object, ())
        ]
        if not words or not bodies:
            continue
        steps_read = sorted({(_place(number.object), _text(text.object)) for number, text in words})
        parts = [*(text for _, text in steps_read), *sorted({_text(body.object) for _, body in bodies})]
        digest = sha256(" / ".join(parts).encode("utf-8")).hexdigest()
        (number, text), (name, body) = words[0], bodies[0]
        step, graph = number.subject, text.graph_name
        found[f"lists-{bucket_of(digest, known.slices):04}"] += [
            ox.Quad(thing, _STEP, step, graph),  # type: ignore[arg-type]
            ox.Quad(step, _NUMBER, ox.Literal(1), graph),
            ox.Quad(step, _DESCRIPTION, ox.Literal(digest), graph),
            name,
            ox.Quad(name.object, _PARTICIPANT, ox.NamedNode("urn:body"), body.graph_name),  # type: ignore[arg-type]
            *said[_IDENTIFIER][thing],
        ]
    return dict(found)


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.Literal | ox.NamedNode) else str(term)


def _place(number: object) -> tuple[int, str]:
    """Where a step stands; a number that is none comes last."""
    text = _text(number)
    return (int(text), "") if text.isdecimal() else (sys.maxsize, text)


def _mentions(given: Said, _: Gathering) -> Slices:
    """What is led to, by which words and by how many: a mention of each wording, two things of each target.

    Few words are used often, so this is little and one slice.
    """
    said = {prop: _by_subject(given[prop]) for prop in (_MENTION, _LEADS, _WORDS, _KIND)}
    kept: list[ox.Quad] = []
    seen: set[object] = set()
    things: dict[object, set[object]] = defaultdict(set)
    for thing, mentions in said[_MENTION].items():
        for mention in mentions:
            for led in said[_LEADS].get(mention.object, ()):
                others = things[led.object]
                if thing not in others and len(others) < 2:
                    others.add(thing)
                    kept += [mention, led]
    for node, words in said[_WORDS].items():
        generic = [quad for quad in said[_KIND].get(node, ()) if quad.object == _GENERIC]
        for word in words:
            for other in [*said[_LEADS].get(node, ()), *generic]:
                if (word.object, other.object) not in seen:
                    seen.add((word.object, other.object))
                    kept += [word, other]
    return {"mentions": kept} if kept else {}


CHECKED: Mapping[str, Gatherer] = {
    "titles": _titles,
    "lists": _lists,
    "mentions": _mentions,
}
OF_LISTS = frozenset({"mentions"})
"""Ways whose checks speak of what stands in the lists, and not of processes and services."""
