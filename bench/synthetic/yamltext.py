"""YAML text of a record. PyYAML's C dumper takes four milliseconds for a form, this a third of one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_PLAIN = re.compile(r"[^\W_](?:[\w\u200c ./()،؛«»+-]*[\w)»])?")
_NOT_TEXT = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})


def scalar(text: str) -> str:
    """One value, bare where YAML cannot misread it, else in quotation marks.

    Example:
        >>> scalar("86-88"), scalar("yes"), scalar("a: b")
        ('86-88', '"yes"', '"a: b"')
    """
    if _PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT:
        return text
    return json.dumps(text, ensure_ascii=False)


def record_text(record: Mapping[str, Any]) -> str:
    """A record as a file of its own.

    Args:
        record: Strings, lists and dictionaries; nothing is empty.

    Returns:
        The YAML text, its keys in the order given.

    Example:
        >>> print(record_text({"id": "x", "names": [{"text": "a"}], "kinds": ["b", "c"]}), end="")
        id: x
        names:
          - text: a
        kinds: [b, c]
    """
    return "\n".join(_mapping(record, "")) + "\n"


def list_text(records: Sequence[Mapping[str, Any]]) -> str:
    """Records as one file with a list; an empty list is written as such.

    Example:
        >>> print(list_text([{"id": "a1"}, {"id": "a2"}]), end="")
        - id: a1
        - id: a2
    """
    return "\n".join(line for record in records for line in _member(record, "")) + "\n" if records else "[]\n"


def _mapping(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, str):
            yield f"{indent}{key}: {scalar(value)}"
        elif isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from _mapping(value, indent + "  ")
        elif all(isinstance(each, str) for each in value):
            yield f"{indent}{key}: [{', '.join(map(scalar, value))}]"
        else:
            yield f"{indent}{key}:"
            for each in value:
                yield from _member(each, indent + "  ")


def _member(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    """A mapping in a list: the dash takes the place of its first two blanks."""
    lines = _mapping(data, indent + "  ")
    yield f"{indent}- {next(lines).lstrip()}"
    yield from lines
