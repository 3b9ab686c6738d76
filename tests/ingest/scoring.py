"""Comparing a reading with the right answers.

Texts are compared as written, but spaces beside a separator (- – / ، and parentheses) and tatweels do not
count; a tatweel that stands alone for a dash may be read as a dash or left out. Fields of boxes are compared
without regard to order. Steps are compared place by place, partners as sets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

Object = dict[str, Any]
_SETS = frozenset({"trigger", "type", "life_events", "confidential_fields", "level", "nature"})
_APART = frozenset({"kind", "steps", "partners", "doubts", "description_sha256"})
_DOUBTED_AS = {
    "regulation_items": "regulations",
    "form_items": "forms",
    "partners_as_written": "partners",
}
"""Fields made from another one, whose doubts are doubts about them."""


def plain(value: Any, *, dash: str = " ") -> Any:
    """Bring a value to the form in which it is compared.

    Args:
        value: A string, or lists and objects of them.
        dash: What a tatweel that stands alone is taken for.
    """
    if isinstance(value, str):
        text = re.sub(r"(?<!\S)ـ+(?!\S)", dash, unicodedata.normalize("NFC", value)).replace("ـ", "")
        return re.sub(r"\s*([-–/،()])\s*", r"\1", " ".join(text.split()))
    if isinstance(value, list):
        return [plain(item, dash=dash) for item in value]
    if isinstance(value, dict):
        return {key: plain(item, dash=dash) for key, item in value.items()}
    return value


def same(answer: Any, read: Any) -> bool:
    """Tell whether a value was read right."""
    return plain(read) in (plain(answer), plain(answer, dash="-"))


def flat(item: Object) -> dict[str, Any]:
    """The fields of an object, one for each cell of the stages and each channel."""
    fields: dict[str, Any] = {}
    for name, value in item.items():
        if name == "stages":
            for stage, cell in value.items():
                fields.update({f"stages.{stage}.{part}": own for part, own in cell.items()})
        elif name == "channels":
            fields.update({f"channels.{row['channel']}": (row["ticked"], row["text"]) for row in value})
        elif name not in _APART:
            fields[name] = sorted(value) if name in _SETS and isinstance(value, list) else value
    return fields


@dataclass(frozen=True)
class Difference:
    """A value that was not read as the answer has it."""

    kind: str
    line: int
    field: str
    answer: Any
    read: Any

    @property
    def doubted_as(self) -> str:
        """The field under which a doubt about this value is listed."""
        return _DOUBTED_AS.get(self.field, self.field.partition(".")[0])

    def __str__(self) -> str:
        return f"{self.kind} at line {self.line}, {self.field}: {self.answer!r} was read as {self.read!r}"


@dataclass
class Score:
    """How much was read right.

    Example:
        >>> Score(fields=200, fields_right=199).field_share
        0.995
    """

    fields: int = 0
    fields_right: int = 0
    steps: int = 0
    steps_right: int = 0
    partners: int = 0
    partners_read: int = 0
    partners_right: int = 0
    differences: list[Difference] = field(default_factory=list)

    @property
    def field_share(self) -> float:
        """Fields read right, of all."""
        return self.fields_right / max(self.fields, 1)

    @property
    def step_share(self) -> float:
        """Steps read right at their place, of all."""
        return self.steps_right / max(self.steps, 1)

    @property
    def partner_f1(self) -> float:
        """Harmonic mean of precision and recall of the partners."""
        return 2 * self.partners_right / max(self.partners + self.partners_read, 1)

    def __add__(self, other: Score) -> Score:
        counts = [name for name in vars(self) if name != "differences"]
        total = Score(**{name: getattr(self, name) + getattr(other, name) for name in counts})
        total.differences = [*self.differences, *other.differences]
        return total

    def __str__(self) -> str:
        return (
            f"fields {self.fields_right}/{self.fields} = {self.field_share:.4f}, "
            f"steps {self.steps_right}/{self.steps} = {self.step_share:.4f}, "
            f"partners F1 {self.partner_f1:.4f}"
            + "".join(f"\n  {difference}" for difference in self.differences)
        )


def score(answers: Iterable[Object], read: Iterable[Object]) -> Score:
    """Compare a reading with the answers.

    Args:
        answers: Objects of the contract of reading; only what they say is compared.
        read: The reading's objects.

    Returns:
        The counts, and every difference.
    """
    own = {(item["kind"], item["line"]): item for item in read}
    total = Score()
    for answer in answers:
        item = own.get((answer["kind"], answer["line"]), {})
        wrong = list(_wrong_fields(answer, item))
        fields = len(flat(answer)) + ("description_sha256" in answer)
        total.fields += fields
        total.fields_right += fields - len(wrong)
        total.differences.extend([*wrong, *_wrong_lists(answer, item)])
        _count_lists(answer, item, total)
    return total


def _count_lists(answer: Object, item: Object, total: Score) -> None:
    steps, own = answer.get("steps", []), item.get("steps", [])
    total.steps += len(steps)
    total.steps_right += sum(map(same, steps, own))
    names, found = set(plain(answer.get("partners", []))), set(plain(item.get("partners", [])))
    total.partners += len(names)
    total.partners_read += len(found)
    total.partners_right += len(names & found)


def _wrong_fields(answer: Object, item: Object) -> Iterator[Difference]:
    where = answer["kind"], answer["line"]
    read = flat(item)
    for name, value in flat(answer).items():
        if not same(value, read.get(name, "(missing)")):
            yield Difference(*where, name, value, read.get(name, "(missing)"))
    if "description_sha256" in answer:
        digest = sha256(str(item.get("description")).encode("utf-8")).hexdigest()
        if digest != answer["description_sha256"]:
            yield Difference(*where, "description", answer["description_sha256"], digest)


def _wrong_lists(answer: Object, item: Object) -> Iterator[Difference]:
    for name in ("steps", "partners"):
        if name in answer and not same(answer[name], item.get(name, [])):
            yield Difference(answer["kind"], answer["line"], name, answer[name], item.get(name, []))
