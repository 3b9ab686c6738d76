"""Ids that records may point at, and the nearest right word for one that is wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any

from rapidfuzz import fuzz, process

_CUTOFF = 62.0
_MAX_GUESSES = 300
"""So many wrong words get a suggestion: one guess costs time that grows with the catalogue, so the number of
guesses must not grow with it too."""


def nearest(word: str, choices: Collection[str]) -> str | None:
    """The choice that looks most like a word.

    Args:
        word: The wrong word.
        choices: The right ones.

    Returns:
        One of the choices, or None when nothing is near.

    Example:
        >>> nearest("polise", ["police", "army"])
        'police'
    """
    found = process.extractOne(word, choices, scorer=fuzz.ratio, score_cutoff=_CUTOFF)
    return found[0] if found else None


_NONE: Mapping[str, Iterable[str]] = {}


class Names:
    """The ids of all records, kind by kind, with the words that each is known by.

    Args:
        records: Kind and content of records.
        ids: Kind → ids of other records.

    Example:
        >>> names = Names([("agency", {"id": "police", "label": "نیروی انتظامی", "spellings": ["ناجا"]})])
        >>> names.has("agency", "police"), names.advice("agency", "ناجا")
        (True, 'write "police"')
    """

    def __init__(
        self, records: Iterable[tuple[str, dict[str, Any]]], ids: Mapping[str, Iterable[str]] = _NONE
    ) -> None:
        self._known = [(kind, data) for kind, data in records if isinstance(data.get("id"), str)]
        self._ids = {kind: set(names) for kind, names in ids.items()}
        for kind, data in self._known:
            self._ids.setdefault(kind, set()).add(data["id"])
        self._guesses = 0

    @cached_property
    def _words(self) -> dict[str, dict[str, str]]:
        """Words of each kind and their ids, first come first served; needed only when something is wrong."""
        found = {kind: {name: name for name in names} for kind, names in self._ids.items()}
        for kind, data in self._known:
            words = found[kind]
            for word in _known_as(data):
                words.setdefault(word, data["id"])
        return found

    def has(self, kind: str, name: str) -> bool:
        """Whether there is a record of this kind with this id."""
        return name in self._ids.get(kind, ())

    def advice(self, kind: str, name: str) -> str:
        """What to write instead of an id that no record of the kind has.

        Args:
            kind: The kind that is needed.
            name: The wrong id; a name in words is understood too.

        Returns:
            A hint for the author of the record.
        """
        words = self._words.get(kind, {})
        if name in words:
            return f'write "{words[name]}"'
        others = sorted(other for other, ids in self._ids.items() if other != kind and name in ids)
        if others:
            return f'"{name}" is the id of another kind of record: {", ".join(others)}'
        self._guesses += 1
        # numbers that look alike mean nothing: P11 is not "nearly" P31
        guessing = self._guesses <= _MAX_GUESSES and kind not in ("process", "service")
        guess = nearest(name, words.keys()) if guessing else None
        if guess is not None:
            return f'did you mean "{words[guess]}"?'
        return "add it, or write an id that is there"


def _known_as(data: dict[str, Any]) -> Iterable[str]:
    for key in ("label", "labelEn"):
        if isinstance(data.get(key), str):
            yield data[key]
    spellings = data.get("spellings")
    if isinstance(spellings, list):
        yield from (word for word in spellings if isinstance(word, str))
