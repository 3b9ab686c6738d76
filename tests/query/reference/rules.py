"""Rules, confidentiality, access, triggers: references."""

from __future__ import annotations

from collections import Counter, defaultdict

from tests.query.reference.records import (
    STAGES,
    Record,
    Row,
    authority,
    issuers,
    processes,
    ranked,
    readings,
    rules,
    start,
    things,
)


def governed_by(issuer: str) -> list[Row]:
    rows = []
    for pid, record in processes().items():
        found = {(m["kind"], m["text"], m["line"]) for m in rules(record) if issuer in issuers(m)}
        rows += [[pid, *entry] for entry in sorted(found, key=lambda e: (int(e[2]), e[1]))]
    return rows


def _issuers_of(record: Record) -> set[str]:
    return set().union(*(issuers(mention) for mention in rules(record)))


def issuers_() -> list[Row]:
    counts = Counter(issuer for record in processes().values() for issuer in _issuers_of(record))
    return [[issuer, str(n)] for issuer, n in ranked(counts)]


def rules_of_kind(kind: str) -> list[Row]:
    return [
        [pid, m["text"], m["line"]]
        for pid, record in processes().items()
        for m in rules(record)
        if m["kind"] == kind
    ]


def generic_rules_only() -> list[Row]:
    rows = []
    for pid, record in processes().items():
        field = record.get("regulations", {})
        named = any(m["kind"] in ("identified", "issuer-only") for m in rules(record))
        if "form" in record and not named:
            rows.append([pid, field.get("text", ""), start(field["lines"]) if "text" in field else ""])
    return rows


def _instruments() -> list[tuple[str, str]]:
    found = {(pid, m["instrument"]) for pid, r in processes().items() for m in rules(r) if "instrument" in m}
    return sorted(found)


def law_or_constitution() -> list[Row]:
    kinds = {i: authority("instruments")[i]["kind"] for _, i in _instruments()}
    return [[p, i, kinds[i]] for p, i in _instruments() if kinds[i] in ("law", "constitution-principle")]


def identified_instruments() -> list[Row]:
    rows = []
    for pid, ident in sorted(_instruments(), key=lambda pair: (pair[1], pair[0])):
        entry = authority("instruments")[ident]
        jalali = entry.get("date", {}).get("jalali", "")
        rows.append([ident, pid, entry["kind"], entry.get("issuer", ""), jalali])
    return rows


def instrument_in_processes(instrument: str) -> list[Row]:
    return [
        [pid, m["text"], m["line"]]
        for pid, record in processes().items()
        for m in rules(record)
        if m.get("instrument") == instrument
    ]


def same_rule_words() -> list[Row]:
    where: dict[str, set[str]] = defaultdict(set)
    for pid, record in processes().items():
        for mention in rules(record):
            where[mention["text"]].add(pid)
    return [[words, str(n)] for words, n in ranked({w: len(p) for w, p in where.items() if len(p) > 1})]


def _marked() -> list[tuple[str, str, int]]:
    """Process, field and number of places that the form itself calls confidential."""
    rows = []
    for pid, record in processes().items():
        found: Counter[str] = Counter()
        for name, parts in (("regulations", "mentions"), ("forms", "templates")):
            field = record.get(name, {})
            found[name] += field.get("confidential") == "yes"
            found[name] += sum(part.get("confidential") == "yes" for part in field.get(parts, ()))
        for stage in record.get("stages", {}).values():
            found["stages"] += sum(cell.get("confidential") == "yes" for cell in stage.values())
        for name in set(record) - {"regulations", "forms", "stages"}:
            if isinstance(record[name], dict):
                found[name] += record[name].get("confidential") == "yes"
        rows += [(pid, name, n) for name, n in sorted(found.items()) if n]
    return rows


def confidential_where() -> list[Row]:
    return [[pid, name, str(n)] for pid, name, n in _marked()]


def confidential_by_field() -> list[Row]:
    return [[name, str(n)] for name, n in ranked(Counter(name for _, name, _ in _marked()))]


def _cells(mode: str) -> list[tuple[str, str, Record]]:
    return [
        (pid, stage, record["stages"][stage][mode])
        for pid, record in processes().items()
        if "stages" in record
        for stage in STAGES
    ]


def in_person_at_stage(stage: str) -> list[Row]:
    return [
        [pid, cell.get("reason", ""), start(cell["lines"])]
        for pid, at, cell in _cells("in-person")
        if at == stage and cell["mark"] == "ticked"
    ]


def in_person_reasons() -> list[Row]:
    cells: Counter[str] = Counter()
    where: dict[str, set[str]] = defaultdict(set)
    for pid, _, cell in _cells("in-person"):
        if "reason" in cell:
            cells[cell["reason"]] += 1
            where[cell["reason"]].add(pid)
    return [[reason, str(n), str(len(where[reason]))] for reason, n in ranked(cells)]


def electronic_offered() -> list[Row]:
    return [[p, stage, start(c["lines"])] for p, stage, c in _cells("electronic") if c["mark"] == "ticked"]


def electronic_contradictions() -> list[Row]:
    cells = sorted(_cells("electronic") + _cells("in-person"), key=lambda item: item[:2])
    return [
        [pid, stage, cell.get("text", ""), start(cell["lines"])]
        for pid, stage, cell in cells
        if cell["mark"] == "contradictory"
    ]


def stages_without_mark() -> list[Row]:
    pairs = zip(_cells("electronic"), _cells("in-person"), strict=True)
    rows = [[e[0], e[1]] for e, i in pairs if e[2]["mark"] == i[2]["mark"] == "no-mark"]
    return sorted(rows)


def access_of_process(process: str) -> list[Row]:
    rows = []
    for stage, modes in things()[process]["stages"].items():
        for mode, cell in modes.items():
            words = cell.get("text") or cell.get("reason") or ""
            rows.append([stage, mode, cell["mark"], words, start(cell["lines"])])
    return sorted(rows, key=lambda row: (int(row[4]), row[0], row[1]))


def triggers_under_reading(reading: str) -> list[Row]:
    return [[t, code] for t, record in things().items() for code in readings(record)[reading == "B"]]


def started_by(trigger: str, reading: str) -> list[Row]:
    return [[thing] for thing, code in triggers_under_reading(reading) if code == trigger]


def triggers_counted(reading: str) -> list[Row]:
    return [[c, str(n)] for c, n in ranked(Counter(code for _, code in triggers_under_reading(reading)))]


def triggers_that_change() -> list[Row]:
    rows = []
    for thing, record in things().items():
        first, second = readings(record)
        rows += [[thing, a, b] for a in first for b in second if a != b]
    return rows


def open_ticks() -> list[Row]:
    rows = []
    for thing, record in things().items():
        for name in sorted(("class", "scope", "trigger", "types", "nature", "level", "lifeEvents")):
            field = record.get(name, {})
            if field.get("settled") == "no":
                rows += [[thing, name, code, start(field["lines"])] for code in sorted(field["candidates"])]
    return rows
