"""Services, the index and the comparisons of a made-up catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench.synthetic.bodies import NATIONAL_INDEX
from bench.synthetic.forms import place_of, process_id, title_of
from bench.synthetic.plan import COVER_LINES, LINES_OF_A_FORM, Plan
from bench.synthetic.words import Word, name

Record = dict[str, Any]

_BLANK = ("lifeEvents", "statistics", "duration", "visits", "cost")
_CHANNELS = ("internet", "email", "call-centre", "mobile-app", "sms", "service-office", "other")


def service_id(service: int) -> str:
    """The id of a service, counted from 0."""
    return f"S{service + 1:02}"


def _parent(plan: Plan, service: int) -> int:
    return service * plan.processes // plan.services


def service_title(plan: Plan, service: int) -> Word:
    """The title of a service."""
    own = name(service, 9)
    return Word(f"Service {own.en}", f"خدمت {own.fa}")


def service_record(plan: Plan, service: int) -> Record:
    """The record of one service; its form stands behind those of the processes of its office."""
    random, parent = plan.random("service", service), _parent(plan, service)
    office = plan.office_of(parent)
    source, _ = place_of(plan, parent)
    count = plan.first_process[office + 1] - plan.first_process[office]
    before = COVER_LINES + (count + service % plan.services) * LINES_OF_A_FORM
    title = service_title(plan, service)

    def at(line: int) -> dict[str, str]:
        return {"lines": str(before + line)}

    parent_title = title_of(plan, parent)
    return {
        "id": service_id(service),
        "titleEn": title.en,
        "title": {"text": title.fa, **at(1)},
        "form": {"source": source, "lines": f"{before + 1}-{before + LINES_OF_A_FORM}"},
        "parent": {"text": parent_title.fa, "process": process_id(parent), **at(2)},
        "description": {"text": f"شرح کار {title.fa}", **at(3)},
        "types": {"values": random.choice([["G2C"], ["G2B"], ["G2C", "G2G"]]), **at(4)},
        "nature": {"state": "no-mark", **at(5)},
        "level": {"candidates": ["regional", "provincial"], "settled": "no", **at(6)},
        "trigger": {"candidates": ["request", "event"], "settled": "no", **at(7)},
        "documents": {"text": "درخواست و مدارک", **at(8)},
        **{key: {"state": "blank", **at(10 + number)} for number, key in enumerate(_BLANK)},
        "frequency": {"value": random.choice(["once", "year"]), **at(16)},
        "channels": [
            {"channel": channel, "mark": random.choice(["ticked", "no-mark"]), **at(20 + number)}
            for number, channel in enumerate(_CHANNELS)
        ],
    }


def index_entries(plan: Plan) -> Iterator[Record]:
    """The country's index: every service, and every process but one in twenty of those with a form."""
    number = 0
    for process in range(plan.processes):
        form = plan.has_form(process)
        if form and process % 20 == 7:
            continue
        number += 1
        says = "no" if form == (process % 50 != 11) else "yes"
        title = title_of(plan, process).fa
        yield _entry(number, "process", title, process + 1, process_id(process), says)
    for service in range(plan.services):
        number += 1
        title = service_title(plan, service).fa
        yield _entry(number, "service", title, plan.processes + service + 1, service_id(service), "no")


def _entry(number: int, kind: str, title: str, line: int, denotes: str, says: str) -> Record:
    return {
        "id": f"I{number:02}",
        "kind": kind,
        "title": {"text": title, "lines": str(line)},
        "denotes": denotes,
        "statesNoForm": says,
        "caseBased": "no",
    }


def index_record(plan: Plan) -> Record:
    """The whole index as one record."""
    return {"source": NATIONAL_INDEX, "entries": list(index_entries(plan))}


def comparisons(plan: Plan) -> Iterator[Record]:
    """Processes side by side: every title that comes twice, and the second edition beside the first."""
    for process in range(59, plan.processes, 60):
        both = [process_id(process - 1), process_id(process)]
        yield _comparison(
            f"same-title-{process}", both, "undecided", ("The titles agree.", "عنوان ها یکی است.")
        )
    for office in range(plan.offices):
        if plan.has_second_edition(office):
            first, end = plan.first_process[office], plan.first_process[office + 1]
            half = (first + end) // 2
            for step in range(0, end - half, 4):
                both = [process_id(first + step), process_id(half + step)]
                why = ("The second edition writes it anew.", "ویرایش دوم آن را از نو نوشته است.")
                if first + step < half:
                    yield _comparison(f"edition-{office}-{step}", both, "one-replaces-other", why)


def _comparison(own: str, both: list[str], decision: str, why: tuple[str, str]) -> Record:
    return {"id": own, "compares": both, "decision": decision, "reason": why[0], "reasonFa": why[1]}
