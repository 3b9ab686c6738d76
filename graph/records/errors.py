"""What is wrong with a record, said so that its author can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_SHOWN = 50
"""So many errors are printed; the rest are counted (all stay in ``RecordErrors.errors``)."""


@dataclass(frozen=True, slots=True, order=True)
class RecordError:
    """One thing that is wrong, and where.

    Attributes:
        path: File with the error.
        line: Line in that file, from 1.
        column: Column in that line, from 1.
        pointer: JSON Pointer (RFC 6901) of the value within its record.
        message: What is wrong.
        hint: What to do about it, or an empty string.

    Example:
        >>> print(RecordError(Path("data/agencies.yaml"), 3, 5, "/kind", 'no kind "polis"', 'write "police"'))
        data/agencies.yaml:3:5: /kind: no kind "polis"; write "police"
    """

    path: Path
    line: int
    column: int
    pointer: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}:{self.column}"
        what = f"{self.pointer}: {self.message}" if self.pointer else self.message
        return f"{where}: {what}; {self.hint}" if self.hint else f"{where}: {what}"


class RecordErrors(Exception):  # noqa: N818 - it is many errors, and reads so
    """The records cannot be used: every error that was found, in the order of the files.

    Example:
        >>> len(RecordErrors([RecordError(Path("a.yaml"), 1, 1, "", "the file is empty")]).errors)
        1
    """

    def __init__(self, errors: Iterable[RecordError]) -> None:
        self.errors: tuple[RecordError, ...] = tuple(sorted(set(errors)))
        super().__init__(self._text())

    def _text(self) -> str:
        count = len(self.errors)
        lines = [f"{count} error{'s' if count != 1 else ''} in the records; nothing was loaded."]
        lines += [str(error) for error in self.errors[:_SHOWN]]
        if count > _SHOWN:
            lines.append(f"... and {count - _SHOWN} more")
        return "\n".join(lines)
