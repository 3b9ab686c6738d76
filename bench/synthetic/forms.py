"""Processes of a made-up catalogue: the form of each, or its title alone."""

from __future__ import annotations

from random import Random
from typing import Any

from bench.synthetic import bodies
from bench.synthetic.plan import COVER_LINES, LINES_OF_A_FORM, Plan
from bench.synthetic.words import NOUNS, STEPS, VERBS, Weighted, Word, name

Record = dict[str, Any]

_AUDIENCE = Weighted(
    {"citizens": 6, "agencies": 4, "residents": 2, "businesses": 2, "farmers": 1, "users": 1}
)
_STEP = Weighted(dict(zip(STEPS, range(len(STEPS) + 4, 4, -1), strict=True)))
_TRIGGERS = ["request", "agency", "time", "event"]
GENERIC = ["دستورالعمل های مرتبط", "بخشنامه های ابلاغی", "قوانین و مقررات مربوط"]
SECRET = "محرمانه"  # noqa: S105


def process_id(process: int) -> str:
    """The id of a process, counted from 0."""
    return f"P{process + 1:02}"


def title_of(plan: Plan, process: int) -> Word:
    """The title: one in sixty is that of the process before, as when an office sends a form twice."""
    process -= process % 60 == 59
    random = plan.random("title", process)
    verb, noun, own = random.choice(VERBS), random.choice(NOUNS), name(process, 7)
    place = name(plan.office_of(process), 2)
    return Word(f"{verb.en} {noun.en} of {own.en}, {place.en}", f"{verb.fa} {noun.fa} {own.fa} در {place.fa}")


def place_of(plan: Plan, process: int) -> tuple[str, int]:
    """The document in which a form stands, and the line before its first."""
    office = plan.office_of(process)
    first, end = plan.first_process[office], plan.first_process[office + 1]
    later = plan.has_second_edition(office) and process >= (first + end) // 2
    return bodies.source_id(office, 1 + later), COVER_LINES + (process - first) * LINES_OF_A_FORM


def process_record(plan: Plan, process: int) -> Record:
    """The record of one process.

    Args:
        plan: What the catalogue holds.
        process: Its number, from 0.

    Returns:
        Keys in the order of the form.
    """
    title = title_of(plan, process)
    if not plan.has_form(process):
        lines = str(process + 1)
        return {"id": process_id(process), "titleEn": title.en, "title": {"text": title.fa, "lines": lines}}
    return _Form(plan, process).record(title)


class _Form:
    def __init__(self, plan: Plan, process: int) -> None:
        self.plan, self.process = plan, process
        self.random: Random = plan.random("process", process)
        self.source, self.before = place_of(plan, process)
        self.office = plan.office_of(process)
        self.province = plan.province_of(self.office)

    def at(self, line: int) -> dict[str, str]:
        return {"lines": str(self.before + line)}

    def blank(self, line: int) -> Record:
        return {"state": self.random.choice(["blank", "blank", "dash"]), **self.at(line)}

    def record(self, title: Word) -> Record:
        first, last = self.before + 1, self.before + LINES_OF_A_FORM
        return {
            "id": process_id(self.process),
            "titleEn": title.en,
            "title": {"text": title.fa, **self.at(1)},
            "form": {"source": self.source, "lines": f"{first}-{last}"},
            **self.head(title),
            **self.rules(),
            "url": self.blank(30),
            "system": self.blank(31),
            "stages": self.stages(),
            **self.partner_rows(),
            "steps": self.steps(),
            **self.doubts(),
        }

    def head(self, title: Word) -> Record:
        random = self.random
        office, directorate = bodies.office_name(self.office), bodies.province_name(self.province)
        scope = (
            {"value": random.choice(["specialised", "shared"])} if random.random() < 0.8 else self.no_mark()
        )
        return {
            "identifier": self.blank(2),
            "date": {**bodies.jalali_day(random), **self.at(3)},
            "owner": {"text": directorate.fa, "agency": bodies.province_id(self.province), **self.at(5)},
            "office": {"text": office.fa, "agency": bodies.office_id(self.office), **self.at(5)},
            "goal": {"text": f"بهبود {title.fa.split(' در ')[0]}", **self.at(10)},
            "class": {**self.no_mark(), **self.at(11)},
            "scope": {**scope, **self.at(11)},
            "recipients": self.recipients(),
            "trigger": self.trigger(),
            "output": {"text": f"مصوبه {name(self.process, 7).fa}", **self.at(16)},
            "documents": self.documents(),
        }

    @staticmethod
    def no_mark() -> Record:
        return {"state": "no-mark"}

    def recipients(self) -> Record:
        audience = sorted({_AUDIENCE.draw(self.random) for _ in range(self.random.randint(1, 2))})
        noun = NOUNS[self.process % len(NOUNS)]
        return {"text": f"مردم و کاربران {noun.fa} استان", **self.at(12), "audience": audience}

    def trigger(self) -> Record:
        first = self.random.randrange(len(_TRIGGERS) - 1)
        if self.random.random() < 0.4:
            one = _TRIGGERS[first]
            return {"candidates": [one], "settled": "yes", "basis": "only-one-possible", **self.at(14)}
        return {"candidates": _TRIGGERS[first : first + 2], "settled": "no", **self.at(14)}

    def documents(self) -> Record:
        """What must be there first: one form in eight needs the output of processes of its office."""
        first, end = self.plan.first_process[self.office], self.plan.first_process[self.office + 1]
        if end - first < 2 or self.random.random() > 0.125:
            return self.blank(17)
        needed = {self.random.randrange(first, end) for _ in range(self.random.randint(1, 2))} - {
            self.process
        }
        if not needed:
            return self.blank(17)
        names = [process_id(each) for each in sorted(needed)]
        return {"text": "مصوبه فرایندهای پیشین", **self.at(17), "requires": names}

    def rules(self) -> Record:
        return {"regulations": self.regulations(), "forms": self.forms()}

    def regulations(self) -> Record:
        draw = self.random.random()
        if draw < 0.15:
            return self.blank(20)
        if draw < 0.4:
            text = self.random.choice(GENERIC)
            secret = {"confidential": "yes"} if self.random.random() < 0.2 else {}
            text = f"{text} {SECRET}" if secret else text
            mention = {"text": text, "kind": "generic", **secret}
            return {"text": text, **self.at(20), **secret, "mentions": [mention]}
        mentions = [self.mention() for _ in range(self.random.randint(1, 2))]
        mentions = list({each["text"]: each for each in mentions}.values())
        return {"text": "، ".join(each["text"] for each in mentions), **self.at(20), "mentions": mentions}

    def mention(self) -> Record:
        if self.random.random() < 0.25:
            issuer = self.plan.draw_national.draw(self.random)
            text = f"دستورهای {bodies.body_name(self.plan, issuer).fa}"
            return {"text": text, "kind": "issuer-only", "issuer": bodies.body_id(issuer)}
        instrument = self.plan.draw_instrument.draw(self.random)
        text = bodies.instrument_name(self.plan, instrument).fa
        return {"text": text, "kind": "identified", "instrument": f"instrument-{instrument}"}

    def forms(self) -> Record:
        if self.random.random() < 0.7:
            return self.blank(22)
        template = self.plan.draw_template.draw(self.random)
        text = bodies.template_name(template).fa
        used = [{"text": text, "template": f"sheet-{template}"}]
        return {"text": text, **self.at(22), "templates": used}

    def stages(self) -> Record:
        reason = {"reason": "نیاز به دیدن اصل مدارک"} if self.random.random() < 0.7 else {}
        mark = "contradictory" if self.random.random() < 0.1 else "no-mark"
        electronic = self.random.random() < 0.3
        text = {"text": "مکاتبه به صورت دستی"} if mark == "contradictory" else {}
        found: Record = {}
        for number, stage in enumerate(("inform", "start", "process", "deliver")):
            by_wire = electronic and self.random.random() < 0.7
            left = {"mark": "ticked"} if by_wire else {"mark": mark, **text}
            right = {"mark": "no-mark"} if by_wire else {"mark": "ticked", **reason}
            line = 40 + number * 4
            found[stage] = {
                "electronic": {**left, **self.at(line)},
                "in-person": {**right, **self.at(line + 1)},
            }
        return found

    def partner_rows(self) -> Record:
        random = self.random
        if random.random() < 0.06:
            return {}
        rows: list[Record] = []
        for _ in range(1 if random.random() < 0.7 else 2):
            if rows and random.random() < 0.4:  # a row printed twice
                rows.append({**rows[0], "row": "2", **self.at(81)})
            else:
                rows.append(self.partner_row(len(rows) + 1))
        return {"partners": rows}

    def partner_row(self, row: int) -> Record:
        random = self.random
        if random.random() < 0.12:  # the list that an office copies
            names = [self.body(each, exact=True) for each in self.plan.standard_list(self.office)]
        else:
            names = [self.body(each) for each in self.drawn()]
            if random.random() < 0.08:
                names.append(self.group())
            if random.random() < 0.04:
                names.append({"text": f"{name(self.process, 8).fa} وغیره", "status": "unresolved"})
        text = "، ".join(each["text"] for each in names)
        return {"row": str(row), "text": text, **self.at(79 + row), "names": names}

    def drawn(self) -> list[int]:
        """One body for certain, and most often two to five: a long tail up to twelve."""
        count = min(12, 1 + int(self.random.gammavariate(2.0, 1.3)))
        return self.plan.partners(self.province, count, self.random)

    def body(self, body: int, *, exact: bool = False) -> Record:
        text = bodies.body_spellings(self.plan, body)[0 if exact else self.random.randrange(2)]
        if not exact and self.random.random() < 0.05:
            text, status = f"{text} ها", "reviewer"
        else:
            status = "exact-alias"
        return {"text": text, "agency": bodies.body_id(body), "status": status}

    def group(self) -> Record:
        group = self.random.randrange(self.plan.collectives)
        text = bodies.collective_name(self.plan, group).fa
        return {"text": text, "collective": f"group-{group}", "status": "exact-alias"}

    def steps(self) -> list[Record]:
        own = name(self.process, 7).fa
        found: list[Record] = []
        for number in range(1, self.random.randint(3, 6) + 1):
            kind = _STEP.draw(self.random)
            acts = [bodies.body_id(self.plan.partner(self.province, self.random))]
            agencies = {"agencies": acts} if self.random.random() < 0.15 else {}
            text = f"{STEPS[kind]} {own}" if self.random.random() < 0.6 else STEPS[kind]
            found.append(
                {"number": str(number), "text": text, "type": kind, **agencies, **self.at(110 + number)}
            )
        return found

    def doubts(self) -> Record:
        if self.random.random() > 0.2:
            return {}
        reason = {"reason": "The mark stands between two labels.", "reasonFa": "علامت میان دو برچسب است."}
        return {"doubts": [{"field": "trigger", **reason, **self.at(14)}]}
