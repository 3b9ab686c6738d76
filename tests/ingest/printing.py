"""Printing a whole document of the template, and what a right reading of it says.

A document is an index and the forms of one office (`offices`), printed line by line (`print_process`,
`print_service`) by a hand that damages (`hand`). The answers (`answers`) come from the data and from the
numbers of the lines, never from the reader.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Literal

from tests.ingest.answers import process_answer, service_answer
from tests.ingest.hand import USUAL, Damage, Hand
from tests.ingest.offices import Office, ProcessForm, ServiceForm
from tests.ingest.print_process import print_process
from tests.ingest.print_service import print_service


@dataclass(frozen=True)
class Printed:
    """A generated document.

    Attributes:
        lines: Its lines.
        answers: The objects of the contract of reading, index first.
    """

    lines: tuple[str, ...]
    answers: tuple[dict[str, Any], ...]

    @property
    def text(self) -> str:
        """The document as one string."""
        return "\n".join(self.lines) + "\n"

    def write(self, path: Path) -> Path:
        """Write the document to a file."""
        path.write_text(self.text, encoding="utf-8")
        return path

    def forms(self) -> list[dict[str, Any]]:
        """The answers of the forms alone."""
        return [answer for answer in self.answers if answer["kind"] != "index"]


@dataclass(frozen=True)
class _Entry:
    kind: Literal["process", "service"]
    title: str
    without_form: bool
    case_based: bool
    form: ProcessForm | ServiceForm | None


def print_document(office: Office, seed: int = 0, damage: Damage = USUAL) -> Printed:
    """Print the document of an office.

    Args:
        office: Its forms.
        seed: Chooses the damage; the same seed gives the same document.
        damage: How much goes wrong.

    Returns:
        The document and its answers.
    """
    hand = Hand(Random(f"{office.key} {seed}"), damage, office.letters, office.tick)  # noqa: S311
    index = list(_print_index(hand, office))
    answers: list[dict[str, Any]] = []
    first_lines: dict[int, int] = {}
    for form in _in_order(office):
        first = first_lines[id(form)] = len(hand.lines) + 1
        if isinstance(form, ProcessForm):
            print_process(hand, form, office)
            answers.append(process_answer(form, office, first, _last(hand)))
        else:
            print_service(hand, form)
            answers.append(service_answer(form, first, _last(hand)))
        hand.page_break()
    hand.add(" ", "", "  ", "")
    for entry, answer in zip(_entries(office), index, strict=True):
        answer["matches_form_line"] = first_lines[id(entry.form)] if entry.form else None
    return Printed(tuple(hand.lines), (*index, *answers))


def _in_order(office: Office) -> Iterator[ProcessForm | ServiceForm]:
    for place, form in enumerate(office.forms, 1):
        yield form
        yield from (service for service in office.services if service.after_form == place)


def _last(hand: Hand) -> int:
    return max(number for number, line in enumerate(hand.lines, 1) if line.strip())


def _entries(office: Office) -> list[_Entry]:
    return [
        *(_Entry("process", form.index_title or form.title, False, False, form) for form in office.forms),
        *(_Entry("process", only.title, True, only.case_based, None) for only in office.index_only),
        *(_Entry("service", form.title, form.index_says_no_form, False, form) for form in office.services),
    ]


def _print_index(hand: Hand, office: Office) -> Iterator[dict[str, Any]]:
    entries = _entries(office)
    heading = "فرایندها، خدمات و روش های اجرایی"
    for place, entry in enumerate(entries):
        if place == len(entries) // 2:
            hand.add(
                f"  {hand.plain('عناوین')}",
                "",
                f" {hand.plain(heading)}",
                "",
                f" {hand.plain(office.office)}",
            )
        hand.add(_index_line(hand, entry))
        yield {
            "kind": "index",
            "line": len(hand.lines),
            "entry": entry.kind,
            "title": entry.title,
            "without_form": entry.without_form,
            "case_based": entry.case_based,
        }
        if place < len(entries) - 1:
            hand.add("")
    hand.add(
        " -  ",
        f"  {hand.plain('شناسه')} ",
        "",
        f" {hand.plain(heading)}",
        "",
        f"  {hand.plain(office.office)}",
    )


def _index_line(hand: Hand, entry: _Entry) -> str:
    remarks = " موردی" if entry.case_based else ""
    remarks += hand.gap(0, 1) + "(بدون شناسنامه)" if entry.without_form else ""
    if entry.kind == "service":
        label = f"{hand.gap(0, 1)}: {hand.plain('عنوان خدمت')}"
        return f" {hand.value(entry.title + remarks)}{label} - "
    if remarks or hand.chance(0.5):
        return f" {hand.value(f'فرایند {entry.title}{remarks}', 0.45, 0.8)}{hand.gap(0, 1)} - "
    return f" {hand.value(entry.title)}{hand.gap(1, 2)}{hand.label('فرایند', 0.05)} - "
