"""Agencies, groups, instruments, templates and documents of a made-up catalogue."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from random import Random
from typing import Any

from bench.synthetic.plan import COVER_LINES, LINES_OF_A_FORM, Plan
from bench.synthetic.words import NOUNS, Weighted, Word, name

Record = dict[str, Any]

# Kind of a body: how it is called. Councils and commissions have members, offices hand in forms.
_KINDS = {
    "ministry": Word("Ministry", "وزارت"), "economy": Word("Fund", "صندوق"),
    "energy": Word("Power Board", "هیات برق"),
    "health": Word("Health Board", "هیات درمان"), "transport": Word("Roads Agency", "سازمان راه"),
    "agriculture": Word("Farm Agency", "سازمان کشت"), "culture": Word("Arts House", "خانه هنر"),
    "registry": Word("Registry", "سازمان ثبت"), "education": Word("School Board", "هیات آموزش"),
    "housing": Word("Housing Agency", "سازمان خانه سازی"), "water": Word("Water Board", "هیات آب"),
    "relief": Word("Relief Corps", "گروه امداد"), "municipal": Word("Town Hall", "تالار شهر"),
    "environment": Word("Woods Agency", "سازمان بیشه"), "private": Word("Company", "شرکت"),
    "media": Word("Radio", "رادیو"), "police": Word("Guard", "پاس"), "judiciary": Word("Court", "دیوان"),
}  # fmt: skip
_COUNCILS = [
    ("council", Word("Council", "شورای")), ("commission", Word("Commission", "کمیسیون")),
    ("headquarters", Word("Headquarters", "ستاد")), ("working-group", Word("Working Group", "کارگروه")),
]  # fmt: skip
_INSTRUMENTS = Weighted({"directive": 5, "circular": 3, "law": 2, "guideline": 2, "document": 1})
_CALLED = {
    "directive": Word("Directive", "دستورالعمل"),
    "circular": Word("Circular", "بخشنامه"),
    "law": Word("Law", "قانون"),
    "guideline": Word("Guideline", "شیوه نامه"),
    "document": Word("Document", "سند"),
}
NATIONAL_INDEX = "national-index"


def body_id(body: int) -> str:
    """The id of a body."""
    return f"body-{body}"


def office_id(office: int) -> str:
    """The id of an office that hands in forms."""
    return f"office-{office}"


def province_id(province: int) -> str:
    """The id of the directorate above the offices of a province."""
    return f"directorate-{province}"


def source_id(office: int, edition: int = 1) -> str:
    """The id of an edition of an office's document."""
    return f"office-{office}-forms-{edition}"


def body_name(plan: Plan, body: int) -> Word:
    """What a body is called."""
    kind, called = _kind(plan, body)
    own = name(body, 1)
    english = f"{called.en} of {own.en}" if kind == "ministry" else f"{own.en} {called.en}"
    return Word(english, f"{called.fa} {own.fa}")


def body_spellings(plan: Plan, body: int) -> list[str]:
    """How forms write a body: its full name and its own name alone."""
    return [body_name(plan, body).fa, name(body, 1).fa]


def office_name(office: int) -> Word:
    """What an office is called."""
    own = name(office, 2)
    return Word(f"Office for {own.en}", f"دفتر {own.fa}")


def province_name(province: int) -> Word:
    """What the directorate of a province is called."""
    own = name(province, 3)
    return Word(f"{own.en} Directorate", f"اداره کل {own.fa}")


def instrument_name(plan: Plan, instrument: int) -> Word:
    """What an instrument is called."""
    called, noun = _CALLED[_instrument_kind(plan, instrument)], NOUNS[instrument % len(NOUNS)]
    own = name(instrument, 4)
    return Word(f"{called.en} on {noun.en} of {own.en}", f"{called.fa} {noun.fa} {own.fa}")


def template_name(template: int) -> Word:
    """What a template is called."""
    noun, own = NOUNS[template % len(NOUNS)], name(template, 5)
    return Word(f"Sheet for {noun.en} of {own.en}", f"برگه {noun.fa} {own.fa}")


def collective_name(plan: Plan, collective: int) -> Word:
    """What a group is called: the members of a council, or bodies by what they do."""
    if collective < plan.councils:
        council = body_name(plan, collective)
        return Word(f"Members of the {council.en}", f"اعضای {council.fa}")
    noun, own = NOUNS[collective % len(NOUNS)], name(collective, 6)
    return Word(f"Bodies for the {noun.en} of {own.en}", f"دستگاه های {noun.fa} {own.fa}")


def agencies(plan: Plan) -> Iterator[Record]:
    """Directorates, offices and the bodies that forms name."""
    for province in range(plan.provinces):
        yield _agency(province_id(province), "governor", province_name(province), None, [])
    for office in range(plan.offices):
        parent = province_id(plan.province_of(office))
        yield _agency(office_id(office), "unit", office_name(office), parent, [])
    for body in range(plan.bodies):
        kind, _ = _kind(plan, body)
        spellings = body_spellings(plan, body)[1:]
        made = _agency(body_id(body), kind, body_name(plan, body), _parent(plan, body), spellings)
        if body < plan.councils:
            made["members"] = _members(plan, body)
        yield made


def _agency(own: str, kind: str, label: Word, parent: str | None, spellings: list[str]) -> Record:
    above = {"parent": parent, "parentBasis": "administrative-knowledge"} if parent else {}
    known = {"spellings": spellings} if spellings else {}
    return {"id": own, "kind": kind, "label": label.fa, "labelEn": label.en, **known, **above, "lines": "1"}


def _kind(plan: Plan, body: int) -> tuple[str, Word]:
    if body < plan.councils:
        return _COUNCILS[body % len(_COUNCILS)]
    kinds = list(_KINDS.items())
    return kinds[body * 7 % len(kinds)]


def _parent(plan: Plan, body: int) -> str | None:
    """A local body is a branch of a national one, and a third of the national ones belong to another."""
    random = plan.random("parent", body)
    if body >= plan.national:
        return body_id(random.randrange(plan.councils, plan.national))
    above = body // 3
    return body_id(above) if body % 3 == 1 and plan.councils <= above < body else None


def _members(plan: Plan, council: int) -> list[Record]:
    random = plan.random("members", council)
    others = random.sample(range(plan.councils, plan.national), min(8, plan.national - plan.councils))
    law = f"instrument-{council % plan.instruments}"
    return [{"agency": body_id(body), "instrument": law} for body in sorted(others)]


def collectives(plan: Plan) -> Iterator[Record]:
    """Groups, the first ones the members of councils."""
    for collective in range(plan.collectives):
        label, council = collective_name(plan, collective), collective < plan.councils
        yield {
            "id": f"group-{collective}",
            "kind": "members-of" if council else "by-description",
            "label": label.fa,
            "labelEn": label.en,
            "spellings": [label.fa],
            **({"membersOf": body_id(collective)} if council else {}),
            "lines": "2",
        }


def _instrument_kind(plan: Plan, instrument: int) -> str:
    return _INSTRUMENTS.draw(plan.random("instrument", instrument))


def instruments(plan: Plan) -> Iterator[Record]:
    """Laws, directives and the like; one in ten is a part of another."""
    for instrument in range(plan.instruments):
        random, label = plan.random("issued", instrument), instrument_name(plan, instrument)
        made: Record = {
            "id": f"instrument-{instrument}",
            "kind": _instrument_kind(plan, instrument),
            "label": label.fa,
            "labelEn": label.en,
            "issuer": body_id(plan.draw_national.draw(random)),
        }
        if random.random() < 0.5:
            made["date"] = jalali_day(random)
        if instrument % 10 == 9:
            made["partOf"] = f"instrument-{instrument - 9}"
        yield {**made, "lines": "3"}


def jalali_day(random: Random) -> Record:
    """A day, as records write it and as forms do."""
    year, month, day = random.randint(1380, 1402), random.randint(1, 12), random.randint(1, 29)
    return {"jalali": f"{year}-{month:02}-{day:02}", "text": f"{day}/{month}/{year}", "lines": "3"}


def templates(plan: Plan) -> Iterator[Record]:
    """Forms that processes use."""
    for template in range(plan.templates):
        label = template_name(template)
        yield {"id": f"sheet-{template}", "label": label.fa, "labelEn": label.en, "lines": "4"}


def sources(plan: Plan) -> Iterator[Record]:
    """The country's index, and the document of each office, some in two editions."""
    yield _source(NATIONAL_INDEX, Word("Index of the country", "فهرست کشور"), plan.processes * 2 + 100, 1400)
    for office in range(plan.offices):
        count = plan.first_process[office + 1] - plan.first_process[office] + plan.services
        for edition in (1, 2)[: 1 + plan.has_second_edition(office)]:
            called = office_name(office)
            title = Word(
                f"Forms of the {called.en}, edition {edition}", f"فرم های {called.fa} ویرایش {edition}"
            )
            yield _source(
                source_id(office, edition), title, COVER_LINES + count * LINES_OF_A_FORM, 1391 + 5 * edition
            )


def _source(own: str, title: Word, lines: int, year: int) -> Record:
    return {
        "id": own,
        "title": title.fa,
        "titleEn": title.en,
        "file": f"{own}.txt",
        "sha256": hashlib.sha256(own.encode()).hexdigest(),  # of no file: nothing was read, all is made up
        "lineCount": str(lines),
        "jalaliYear": str(year),
        "lines": "1",
    }
