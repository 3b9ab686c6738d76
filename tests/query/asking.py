"""What the tests ask of each question, and the second way to its answer."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from graph.query.question_answer import Asked
from graph.query.question_library import questions
from graph.query.question_terms import Labels
from tests.query.reference import bodies, evidence, forms, rules, steps

GOLDEN = Path(__file__).parents[1] / "golden" / "questions"
#: Values beside the defaults, in words that people would use: ids, labels, spellings, other code points.
FURTHER: dict[str, list[dict[str, str]]] = {
    "processes-with-agency": [{"agency": "broadcaster"}, {"agency": "irgc"}, {"agency": "leader"}],
    "processes-with-agency-or-below": [{"agency": "judiciary"}, {"agency": "governors-office"}],
    "agency-roles": [{"agency": "security-office"}, {"agency": "state-security-council"}, {"agency": "irgc"}],
    "who-meets": [{"agency": "exam-security-centre"}, {"agency": "border-guard"}],
    "pairs-that-meet": [{"least": "10"}, {"least": "1"}],
    "what-two-share": [{"agency": "army", "other": "judiciary"}],
    "what-three-share": [{"agency": "broadcaster", "other": "army", "third": "border-guard"}],
    "single-of-kind": [{"kind": "media"}, {"kind": "health"}, {"kind": "police"}],
    "bodies-of-process": [{"process": "P01"}, {"process": "P16"}, {"process": "P25"}, {"process": "S01"}],
    "group-in-processes": [{"collective": "special-cases"}],
    "forms-to-reissue": [{"agency": "provincial-police"}],
    "governed-by": [{"issuer": "interior-ministry"}, {"issuer": "leader"}],
    "rules-of-kind": [{"kind": "identified"}, {"kind": "issuer-only"}, {"kind": "not-an-instrument"}],
    "instrument-in-processes": [{"instrument": "vision-1404"}],
    "in-person-at-stage": [{"stage": "deliver"}],
    "access-of-process": [{"process": "P07"}, {"process": "P17"}],
    "triggers-under-reading": [{"reading": "B"}],
    "started-by": [{"trigger": "time", "reading": "B"}, {"trigger": "other", "reading": "A"}],
    "triggers-counted": [{"reading": "B"}],
    "steps-of-process": [{"process": "P01"}, {"process": "P02"}, {"process": "P27"}],
    "steps-of-type": [{"type": "inspect"}, {"type": "evaluate"}, {"type": "report-up"}],
    "lacking-step-type": [{"type": "evaluate"}, {"type": "meet"}],
    "step-after-step": [{"type": "invite", "next": "meet"}, {"type": "meet", "next": "minute"}],
    "steps-saying": [{"text": "وزارت"}, {"text": 'x" } DROP'}],
    "fields-in-state": [{"state": "dash"}, {"state": "not-applicable"}, {"state": "no-mark"}],
    "nothing-in-field": [{"field": "identifier"}, {"field": "regulations"}, {"field": "documents"}],
    "states-of-process": [{"process": "S01"}, {"process": "P10"}],
    "doubts-of-process": [{"process": "P01"}, {"process": "S02"}],
    "doubts-in-field": [{"field": "trigger"}],
    "processes-of-scope": [{"scope": "shared"}],
}
_ODD = {"issuers": rules.issuers_}


def reference(name: str) -> Callable[..., list[list[str]]]:
    """The function that answers a question from the records."""
    if name in _ODD:
        return _ODD[name]
    for module in (bodies, rules, steps, forms, evidence):
        if found := getattr(module, name.replace("-", "_"), None):
            return found  # type: ignore[no-any-return]
    raise LookupError(f"write a reference for the question {name} in tests/query/reference")


def asked_of(name: str) -> list[dict[str, str]]:
    """The values to ask a question with: its defaults first."""
    question = next(q for q in questions() if q.id == name)
    defaults = {p.name: p.default for p in question.parameters}
    return [defaults, *({**defaults, **further} for further in FURTHER.get(name, []))]


def short(asked: Asked, labels: Labels) -> list[list[str]]:
    """The rows of an answer as ids and texts."""

    def cell(term: Any) -> str:
        if isinstance(term, NamedNode):
            return labels.named(term.value).id
        return "" if term is None else str(term.value)

    return [[cell(row[column.name]) for column in asked.question.columns] for row in asked.rows]


def golden(name: str, nquads: str) -> dict[str, Any]:
    """The expected answers to a question, from the records alone."""
    answer = reference(name)
    given: list[dict[str, str]] = asked_of(name)
    if name == "inferred-by-rule":
        return {"question": name, "answers": [{"parameters": {}, "rows": answer(nquads)}]}
    return {"question": name, "answers": [{"parameters": one, "rows": answer(**one)} for one in given]}


def write_golden(nquads: str) -> None:
    """Write all expected answers anew; look at the difference before committing it."""
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for question in questions():
        text = json.dumps(golden(question.id, nquads), ensure_ascii=False, indent=1)
        (GOLDEN / f"{question.id}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":  # python -m tests.query.asking path/to/dataset.nq
    write_golden(Path(sys.argv[1]).read_text(encoding="utf-8"))
