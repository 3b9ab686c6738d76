"""A strict reader of YAML: every scalar is a string, and every value knows its line.

Refused, each with its place: duplicate keys, anchors and aliases, tags, tabs, keys that are no plain text,
more than one document, nesting beyond reason, bytes that are not UTF-8. The tree is built from parser events
and not with ``yaml.compose``, for two reasons: composing recurses in C and ends the process on deeply nested
input, and events still show anchors and tags.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_MAX_DEPTH = 24
_MAX_BYTES = 50_000_000
_CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_TEXT_TAGS = frozenset({None, "!", "tag:yaml.org,2002:str"})


class YamlProblemError(ValueError):
    """A file that cannot be read, with the place of the trouble.

    Attributes:
        line: Line from 1.
        column: Column from 1.
        message: What is wrong.
        hint: What to do.
    """

    def __init__(self, line: int, column: int, message: str, hint: str = "") -> None:
        super().__init__(f"line {line}, column {column}: {message}")
        self.line, self.column, self.message, self.hint = line, column, message, hint


@dataclass(frozen=True, slots=True)
class Marks:
    """Where each value of a tree stands in its file, in the order of reading.

    A member of a mapping stands where its key is. Two arrays rather than a table of pointers: a catalogue of
    50,000 records has some ten million values.
    """

    lines: array[int]
    columns: array[int]

    @classmethod
    def of(cls, lines: Iterable[int], columns: Iterable[int]) -> Marks:
        """Marks from numbers that were kept."""
        return cls(array("I", lines), array("I", columns))

    def at(self, index: int) -> tuple[int, int]:
        """Line and column of the value that was read ``index``-th."""
        return self.lines[index], self.columns[index]

    def part(self, start: int, size: int) -> Marks:
        """The marks of one subtree."""
        return Marks(self.lines[start : start + size], self.columns[start : start + size])


def tree_size(value: object) -> int:
    """How many values a tree has, itself included.

    Example:
        >>> tree_size({"a": ["x", "y"]})
        4
    """
    if isinstance(value, dict):
        return 1 + sum(tree_size(child) for child in value.values())
    if isinstance(value, list):
        return 1 + sum(tree_size(child) for child in value)
    return 1


def read_bytes(path: Path) -> bytes:
    """Read a file of records.

    Args:
        path: The file.

    Returns:
        Its bytes.

    Raises:
        YamlProblemError: when it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise YamlProblemError(1, 1, f"the file cannot be read ({error.strerror})") from error


def parse_yaml(raw: bytes) -> tuple[Any, Marks]:
    r"""Read what a file of records says.

    Args:
        raw: Its bytes.

    Returns:
        Strings, lists and dictionaries, and where each stands.

    Raises:
        YamlProblemError: when the file is not what a record file may be.

    Example:
        >>> parse_yaml(b"date: 1396-04-20\nopen: no\n")[0]
        {'date': '1396-04-20', 'open': 'no'}
    """
    text = _decode(raw)
    builder, loader = _Builder(), _LOADER(text)
    take, following = builder.take, loader.get_event
    try:
        while not isinstance(event := following(), yaml.StreamEndEvent):
            take(event)
    except yaml.MarkedYAMLError as error:
        raise _translated(error) from error
    finally:
        loader.dispose()
    if builder.empty:
        raise YamlProblemError(1, 1, "the file is empty")
    return builder.root, Marks(builder.lines, builder.columns)


def _decode(raw: bytes) -> str:
    if len(raw) > _MAX_BYTES:
        raise YamlProblemError(1, 1, f"the file has {len(raw)} bytes, more than {_MAX_BYTES}", "split it")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", errors="replace")
        line, column = _place(before, len(before))
        raise YamlProblemError(
            line, column, f"byte 0x{raw[error.start]:02X} is not UTF-8", "save it as UTF-8"
        ) from error
    if (found := _CONTROL.search(text)) is not None:
        line, column = _place(text, found.start())
        if found.group() == "\t":
            raise YamlProblemError(line, column, "a tab", "use spaces")
        raise YamlProblemError(line, column, f"a control character (U+{ord(found.group()):04X})", "delete it")
    return text


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _translated(error: yaml.MarkedYAMLError) -> YamlProblemError:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    problem = error.problem or "this is not YAML"
    hint = ""
    if "mapping values are not allowed" in problem:
        hint = "put a text that has a colon and a space in quotation marks"
    elif "could not find expected ':'" in problem:
        hint = 'write "key: value"'
    return YamlProblemError(line, column, f"this is not YAML: {problem}", hint)


class _Builder:
    """Makes the tree out of parser events."""

    def __init__(self) -> None:
        self.root: Any = None
        self.empty = True
        self.lines: array[int] = array("I")
        self.columns: array[int] = array("I")
        self._stack: list[dict[str, Any] | list[Any]] = []
        self._key: list[tuple[str, Any] | None] = []
        self._keys: dict[str, str] = {}  # one copy of each key: a catalogue repeats few keys many times

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._check(event)
            if self._stack and self._key[-1] is None and type(self._stack[-1]) is dict:
                self._take_key(event)
            else:
                self._place(event, event.value)
        elif kind is yaml.MappingStartEvent:
            self._check(event)
            self._open(event, {})
        elif kind is yaml.SequenceStartEvent:
            self._check(event)
            self._open(event, [])
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._stack.pop()
            self._key.pop()
        elif kind is yaml.AliasEvent:
            raise _at(event.start_mark, f"an alias (*{event.anchor})", "write the value out")
        elif kind is yaml.DocumentStartEvent and not self.empty:
            raise _at(event.start_mark, "a second document in one file", 'delete the line "---"')

    @staticmethod
    def _check(event: Any) -> None:
        if event.anchor is not None:
            raise _at(
                event.start_mark, f"an anchor (&{event.anchor})", "write the value out where it is needed"
            )
        if event.tag not in _TEXT_TAGS:
            raise _at(event.start_mark, f"a tag ({event.tag})", "delete it; every value is a text")

    def _take_key(self, event: yaml.ScalarEvent) -> None:
        key = self._keys.setdefault(event.value, event.value)
        if not key:
            raise _at(event.start_mark, "an empty key", 'write "key: value"')
        if key in self._stack[-1]:
            raise _at(event.start_mark, f'the key "{key}" is there twice', "keep one")
        self._key[-1] = (key, event.start_mark)

    def _open(self, event: Any, value: dict[str, Any] | list[Any]) -> None:
        if self._stack and isinstance(self._stack[-1], dict) and self._key[-1] is None:
            raise _at(event.start_mark, "a key that is no text", 'write "key: value"')
        if len(self._stack) >= _MAX_DEPTH:
            raise _at(
                event.start_mark, f"values nested deeper than {_MAX_DEPTH} levels", "no record is so deep"
            )
        self._place(event, value)
        self._stack.append(value)
        self._key.append(None)

    def _place(self, event: Any, value: Any) -> None:
        mark = event.start_mark
        if not self._stack:
            self.root, self.empty = value, False
        elif isinstance(parent := self._stack[-1], dict):
            key = self._key[-1]
            assert key is not None  # noqa: S101 - _scalar and _open come here only after a key
            parent[key[0]], mark = value, key[1]
            self._key[-1] = None
        else:
            parent.append(value)
        self.lines.append(mark.line + 1)
        self.columns.append(mark.column + 1)


def _at(mark: Any, message: str, hint: str = "") -> YamlProblemError:
    return YamlProblemError(mark.line + 1, mark.column + 1, message, hint)


def steps_to(value: Any, tokens: Iterator[str]) -> int:
    """How many values are read before the one that the tokens name (or its nearest parent that is there).

    Example:
        >>> steps_to({"a": ["x", "y"], "b": "z"}, iter(["b"]))
        4
    """
    index = 0
    for token in tokens:
        children = (
            list(value.items())
            if isinstance(value, dict)
            else ([(str(n), child) for n, child in enumerate(value)] if isinstance(value, list) else [])
        )
        before = index + 1
        for key, child in children:
            if key == token:
                index, value = before, child
                break
            before += tree_size(child)
        else:
            return index
    return index
