"""The document: from a file to lines, and from lines to forms.

A document that cannot be read says why; a document that is cut off is read as far as it goes and says what is
missing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from graph.ingest.labels import find, is_fragment, is_label
from graph.ingest.runs import Line, read_line
from graph.ingest.template import Label, template
from graph.ingest.text import letters

_PAGE = re.compile(r"\s*[0-9۰-۹]{1,4}\s*")
"""A number alone on a line: the page's."""

FormKind = Literal["process", "service"]


class UnreadableDocumentError(ValueError):
    """The document is not one that can be read; the message says what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as lines.

    Attributes:
        path: Where it came from.
        lines: Its lines, in order.
        sha256: Checksum of the file's bytes, hexadecimal.
    """

    path: Path
    lines: tuple[Line, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class FormLines:
    """The lines of one form.

    Attributes:
        kind: Which form it is.
        lines: Its lines, the heading included.
    """

    kind: FormKind
    lines: tuple[Line, ...]

    @property
    def first(self) -> int:
        """Number of its first line."""
        return self.lines[0].number

    @property
    def last(self) -> int:
        """Number of its last line that is not blank."""
        return next((line.number for line in reversed(self.lines) if not line.blank), self.first)


def load(path: Path) -> Document:
    """Read a document's lines.

    Args:
        path: A UTF-8 text file.

    Returns:
        The document.

    Raises:
        UnreadableDocumentError: If the file is absent, empty, or not UTF-8 text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableDocumentError(
            f"{path}: cannot be opened ({reason}). Check the file's name."
        ) from error
    if not data.strip():
        raise UnreadableDocumentError(f"{path}: the file is empty. Extract the text of the document again.")
    text = _decode(path, data)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise UnreadableDocumentError(f"{path}:{line}: holds NUL bytes, so it is not a text document.")
    raw = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if raw and not raw[-1]:
        raw.pop()
    lines = tuple(
        read_line(number, "" if _PAGE.fullmatch(line) else line) for number, line in enumerate(raw, 1)
    )
    return Document(path, lines, hashlib.sha256(data).hexdigest())


def _decode(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.end == len(data) and error.reason == "unexpected end of data":
            return data[: error.start].decode("utf-8-sig")  # the file was cut off inside its last letter
        line = data.count(b"\n", 0, error.start) + 1
        coding = "UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "WINDOWS-1256"
        raise UnreadableDocumentError(
            f"{path}:{line}: not UTF-8 text (byte {error.start} is 0x{data[error.start]:02x}). "
            f"Save the document as UTF-8, for example with: iconv -f {coding} -t UTF-8"
        ) from error


def split_forms(document: Document) -> tuple[tuple[Line, ...], list[FormLines]]:
    """Cut a document into its index and its forms.

    Args:
        document: The document.

    Returns:
        The lines before the first form, and the forms in order.

    Raises:
        UnreadableDocumentError: If there is nothing of this template in it.
    """
    starts = list(_headings(document.lines))
    index = document.lines[: starts[0][0]] if starts else document.lines
    if not starts and not any(_announces(line) for line in index):
        raise UnreadableDocumentError(
            f"{document.path}: no form of this template was found in {len(document.lines)} lines. A form "
            f"opens with the heading «{template().headings[0].text}»; is this the right document?"
        )
    forms = []
    for place, (start, kind) in enumerate(starts):
        end = starts[place + 1][0] if place + 1 < len(starts) else len(document.lines)
        forms.append(FormLines(kind, document.lines[start:end]))
    return index, forms


def _headings(lines: tuple[Line, ...]) -> Iterator[tuple[int, FormKind]]:
    """Find where forms open: by heading, or by the first label where the heading is lost."""
    titles: dict[FormKind, Label] = {
        "process": _label("process", "title"),
        "service": _label("service", "title"),
    }
    last = -10
    for place, line in enumerate(lines):
        kind = heading_kind(line.text) or _split_heading(lines, place)
        if kind is not None:
            last = place
            yield place, kind
            continue
        if not _numbered(line, "1") or ":" not in line.raw:
            continue
        for name, title in titles.items():
            if find(line.text, title) and not _recent(lines, last, place):
                last = place
                yield place, name
                break


def heading_kind(text: str) -> FormKind | None:
    """Tell which form a line opens, if it is a heading.

    Example:
        >>> heading_kind("استانداری فرم شناسنامه خدمات")
        'service'
    """
    size = len(letters(text))
    for label in template().headings:
        if abs(size - len(label.letters)) <= 3 and (is_label(text, label) or find(text, label)):
            return "service" if label.key == "service" else "process"
    return None


def _split_heading(lines: tuple[Line, ...], place: int) -> FormKind | None:
    """Recognise a heading printed on two or three lines."""
    if not is_fragment(lines[place].text, template().headings) or len(letters(lines[place].text)) < 3:
        return None
    text = lines[place].text
    for following in (line for line in lines[place + 1 : place + 5] if not line.blank):
        if not is_fragment(following.text, template().headings):
            return None
        text = f"{text} {following.text}"
        kind = heading_kind(text)
        if kind is not None:
            return kind
    return None


def _recent(lines: tuple[Line, ...], last: int, place: int) -> bool:
    return sum(not line.blank for line in lines[max(last, 0) : place]) <= 6 if last >= 0 else False


def _label(kind: str, key: str) -> Label:
    labels = template().process if kind == "process" else template().service
    return next(label for label in labels if label.key == key)


def _numbered(line: Line, number: str) -> bool:
    return line.raw.strip(" -").endswith(number) or line.raw.strip(" -").startswith(number)


def _announces(line: Line) -> bool:
    raw = line.raw.strip()
    return (raw.endswith("-") or raw.startswith("-")) and any(
        find(line.text, label) for label in template().index if label.key in ("process", "service")
    )
