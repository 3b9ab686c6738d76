"""Remarks of reviewers: the files that the review file saves, read back, checked and put together."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

FORMAT = "daftar-remarks/1"
#: Message keys of what a reviewer may think of a thing.
JUDGEMENTS: Mapping[str, str] = {
    "agree": "review.judge.agree",
    "change": "review.judge.change",
    "question": "review.judge.question",
    "": "review.judge.none",
}
_MOST_BYTES = 10_000_000
_MOST_LABEL = 60
_MOST_TEXT = 100_000
#: Order of the kinds of places in what is put together.
_KINDS = (
    "finding",
    "count",
    "analysis",
    "process",
    "service",
    "agency",
    "collective",
    "instrument",
    "template",
)
Edition = Literal["this", "public", "other"]


class RemarksError(Exception):
    """A file that holds no remarks; the message names the file and says what is wrong."""


@dataclass(frozen=True)
class Remark:
    """A remark.

    Attributes:
        place: What it is about: ``process/P08``, ``finding/meet-most``.
        name: What the reviewer saw there, in the language of the file.
        judgement: A key of :data:`JUDGEMENTS`.
        text: The words.
        reviewer: The label that the reviewer chose: an office, no person.
        edition: Fingerprint of the edition that it was made for.
        file: Where it was read.
    """

    place: str
    name: str
    judgement: str
    text: str
    reviewer: str
    edition: str
    file: str


@dataclass(frozen=True)
class Checked:
    """A remark with how it fits the edition.

    Attributes:
        remark: The remark.
        edition: ``this``; ``public``: its public part; ``other``: another edition.
        known: Whether the edition has what it is about.
    """

    remark: Remark
    edition: Edition
    known: bool


@dataclass(frozen=True)
class Known:
    """What remarks are checked against.

    Attributes:
        editions: How to call an edition, by fingerprint: ``this`` or ``public``.
        places: Everything that a remark may be about.
    """

    editions: Mapping[str, Edition]
    places: Collection[str]


def read_remarks(path: Path) -> tuple[Remark, ...]:
    """Read a file that the review file saved.

    Args:
        path: The file.

    Returns:
        Its remarks in their order.

    Raises:
        RemarksError: when it is not such a file.
        OSError: when it cannot be read.
    """
    if path.stat().st_size > _MOST_BYTES:
        raise RemarksError(f"{path}: larger than {_MOST_BYTES:,} bytes, which no file of remarks is")
    try:
        found = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise RemarksError(f"{path}: not JSON ({error}); give files that the review file saved") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise RemarksError(f'{path}: has no "format": "{FORMAT}"; give files that the review file saved')
    reviewer, edition = (_text(found, key, str(path), _MOST_LABEL + 40) for key in ("reviewer", "edition"))
    rows = found.get("remarks")
    if not isinstance(rows, list):
        raise RemarksError(f'{path}: "remarks" is no list')
    return tuple(_remark(row, f"{path}: remark {n}", reviewer, edition) for n, row in enumerate(rows, 1))


def _remark(row: object, where: str, reviewer: str, edition: str) -> Remark:
    if not isinstance(row, dict):
        raise RemarksError(f"{where} is no object")
    judgement = _text(row, "judgement", where, 20)
    if judgement not in JUDGEMENTS:
        known = ", ".join(f'"{each}"' for each in JUDGEMENTS)
        raise RemarksError(f'{where}: the judgement "{judgement}" is none of {known}')
    # remarks that were read from another reviewer's file keep their author and their edition
    return Remark(
        place=_text(row, "about", where, 400),
        name=_text(row, "name", where, 4000, optional=True),
        judgement=judgement,
        text=_text(row, "text", where, _MOST_TEXT, optional=True),
        reviewer=_text(row, "reviewer", where, 100, optional=True) or reviewer,
        edition=_text(row, "edition", where, 100, optional=True) or edition,
        file=where.partition(": ")[0],
    )


def _text(row: Mapping[str, Any], key: str, where: str, most: int, *, optional: bool = False) -> str:
    value = row.get(key, "" if optional else None)
    if not isinstance(value, str) or len(value) > most:
        raise RemarksError(f'{where}: "{key}" must be a text of at most {most:,} characters')
    return value


def merge(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Put the remarks of several files together.

    The same remark of the same reviewer in two files (saved twice) stays once; everything else stays.

    Args:
        remarks: Remarks of all files.

    Returns:
        Findings first, then records by kind and id, then reviewers by label.

    Example:
        >>> one = Remark("process/P08", "", "agree", "", "office A", "f", "a.json")
        >>> [found.reviewer for found in merge([one, one])]
        ['office A']
    """
    seen: dict[tuple[str, ...], Remark] = {}
    for one in remarks:
        seen.setdefault((one.place, one.reviewer, one.judgement, one.text, one.edition), one)
    return tuple(sorted(seen.values(), key=_order))


def _order(one: Remark) -> tuple[int, str, str, str]:
    kind = one.place.partition("/")[0]
    rank = _KINDS.index(kind) if kind in _KINDS else len(_KINDS)
    return (rank, one.place, one.reviewer, one.text)


def check(remarks: Iterable[Remark], known: Known) -> tuple[Checked, ...]:
    """Say for each remark how it fits the edition; none is left out.

    Args:
        remarks: The remarks.
        known: The edition.

    Returns:
        The same remarks in the same order.
    """
    return tuple(
        Checked(one, known.editions.get(one.edition, "other"), one.place in known.places) for one in remarks
    )


def problems(checked: Sequence[Checked]) -> tuple[str, ...]:
    """What a person should know before using the remarks.

    Args:
        checked: The remarks.

    Returns:
        Sentences; none when all fit.
    """
    found = []
    for edition in sorted({one.remark.edition for one in checked if one.edition == "other"}):
        here = [one for one in checked if one.remark.edition == edition]
        files = ", ".join(sorted({one.remark.file for one in here}))
        found.append(f"{len(here)} of the remarks were made for another edition, {edition} ({files})")
    strays = [one.remark for one in checked if not one.known]
    found += [f'{one.file}: this edition has no "{one.place}"; its remark is kept' for one in strays]
    return tuple(found)
