"""Values: repairing what stands beside a label, line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from graph.ingest.doubts import Doubt
from graph.ingest.repair import Choice, Context, Repairer
from graph.ingest.runs import Run, join, split_runs
from graph.ingest.text import TATWEEL, clean_value, squeeze
from graph.ingest.words import MARK, tokens

_LONE_TATWEEL = re.compile(rf"(?<=\S)\s+{TATWEEL}+\s+(?=\S)")
_CUT_WORD = re.compile(rf"(?<=[^\s{TATWEEL}]{TATWEEL})\s+")


@dataclass(slots=True)
class Part:
    """What one line gives to a field.

    Attributes:
        line: Number of the line.
        text: Its text in reading order of runs, not yet repaired.
        displaced: Pieces of the same line that stand on the wrong side of the label.
        trusted: Whether printed matter already told the order of its pieces.
    """

    line: int
    text: str
    displaced: list[str] = field(default_factory=list)
    trusted: bool = False


class ValueReader:
    """Repairs values and collects doubts.

    Args:
        repairer: Chooses among orders.
    """

    def __init__(self, repairer: Repairer) -> None:
        self.repairer = repairer

    def read(self, name: str, parts: list[Part], doubts: list[Doubt]) -> str | None:
        """Repair a value that may stand on several lines.

        Args:
            name: The field, for doubts.
            parts: What each line gives.
            doubts: Doubts found are added here.

        Returns:
            The value as the contract of reading wants it.
        """
        text = self.raw(name, parts, doubts)
        value = clean_value(text)
        dashed = _LONE_TATWEEL.sub(" - ", text)
        if value is not None and dashed != text:
            doubts.append(Doubt(name, "tatweel", parts[0].line, (clean_value(dashed) or value,)))
        return value

    def raw(self, name: str, parts: list[Part], doubts: list[Doubt]) -> str:
        """Repair a value, keeping tatweels and dashes."""
        done: list[str] = []
        live = [part for part in parts if part.text.strip() or part.displaced]
        for place, part in enumerate(live):
            before = tokens(done[-1])[-1:] if done else []
            following = live[place + 1].text if place + 1 < len(live) else None
            if part.displaced:
                text = self._scattered(name, part, doubts)
            else:
                text = self._line(name, part, before[0] if before else None, following, doubts)
            done.append(text)
        return squeeze(" ".join(done))

    def _line(
        self, name: str, part: Part, before: str | None, following: str | None, doubts: list[Doubt]
    ) -> str:
        ends = following is None
        beyond = next(iter(tokens(following)), None) if following is not None else None
        if beyond is not None and not self.repairer.model.knows(beyond):
            beyond = None  # a fragment: the next line is itself cut
        runs = split_runs(part.text.strip())
        written: list[Run] = []
        for place, run in enumerate(runs):
            if run.kind != "arabic":
                written.append(run)
                continue
            rest = [other for other in runs[place + 1 :] if other.kind != "space"]
            if ends and all(other.text in ".،-–" for other in rest):
                rest = []
            earlier = [other for other in written if other.kind != "space"]
            context = Context(
                before=MARK if earlier else before,
                begins=not earlier and before is None,
                ends=ends and not rest,
                after=MARK if rest else beyond,
                trusted=part.trusted,
                names=name == "partners",
                borrows=name != "index",
            )
            choice = self.repairer.run(run.text, context)
            self._note(name, part.line, choice, doubts)
            lead = run.text[: len(run.text) - len(run.text.lstrip())]
            written.append(Run("arabic", f"{lead}{choice.text}{run.text[len(run.text.rstrip()) :]}"))
        return squeeze(join(written))

    def _scattered(self, name: str, part: Part, doubts: list[Doubt]) -> str:
        """Put the pieces of a line together whose label stands in the middle of the value."""
        pieces: list[str] = []
        for text in (*part.displaced, part.text):
            pieces.extend(squeeze(piece) for piece in _CUT_WORD.split(text.strip()) if piece.strip())
        pieces = [piece for whole in pieces for piece in _parenthesis_apart(whole)]
        choice = self.repairer.pieces(pieces)
        doubts.append(Doubt(name, "scattered", part.line, _cleaned(choice)))
        return choice.text

    def _note(self, name: str, line: int, choice: Choice, doubts: list[Doubt]) -> None:
        if choice.alternatives:
            code = "order-repaired" if choice.changed else "order"
            doubts.append(Doubt(name, code, line, _cleaned(choice)))


def _cleaned(choice: Choice) -> tuple[str, ...]:
    """The alternatives of a choice, finished as values are."""
    return tuple(text for text in map(clean_value, choice.alternatives) if text)


def _parenthesis_apart(text: str) -> list[str]:
    return [piece for piece in (squeeze(part) for part in re.split(r"(\([^()]*\))", text)) if piece]
