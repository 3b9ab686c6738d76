"""Lines of the source, our readings, conclusions: references for one form, and counts of the build's text."""

from __future__ import annotations

from collections import Counter

from tests.query.reference.records import (
    Record,
    Row,
    above,
    bodies,
    end,
    groups,
    issuers,
    line_of,
    named,
    processes,
    ranked,
    readings,
    rules,
    start,
)

_FIELDS = (
    "title",
    "date",
    "owner",
    "office",
    "goal",
    "recipients",
    "output",
    "documents",
    "regulations",
    "forms",
)


def source_lines(process: str) -> list[Row]:
    """Every piece of evidence of one form: line, line, field, words, node."""
    record = processes()[process]
    found: list[tuple[str, str, str, str]] = []  # lines, field, words, node
    for name in (*_FIELDS, "url", "system"):
        field = record[name]
        if "text" in field:
            found.append((field["lines"], name, field["text"], f"field-{name}"))
    for name, field in record.items():
        if isinstance(field, dict) and "state" in field:
            found.append((field["lines"], name, field.get("text", ""), f"state-{name}"))
        if isinstance(field, dict) and ("candidates" in field or "value" in field):
            found.append((field["lines"], name, "", name))
    found += [(m["line"], "regulations", m["text"], m["id"].partition("/")[2]) for m in rules(record)]
    for stage, modes in record["stages"].items():
        for mode, cell in modes.items():
            words = cell.get("text") or cell.get("reason") or ""
            found.append((cell["lines"], "stages", words, f"stage-{stage}-{mode}"))
    found += [(s["lines"], "steps", s["text"], f"step-{int(s['number']):02}") for s in record["steps"]]
    found += [(s["lines"], "systems", s.get("text", ""), f"system-{s['row']}") for s in record["systems"]]
    found += [(r["lines"], "partners", r["text"], f"partner-row-{r['row']}") for r in record["partners"]]
    for row, place, name in named(record):
        found.append((line_of(row, name), "partners", name["text"], f"partner-{row['row']}-{place}"))
    rows = [
        [start(lines), end(lines), field, words, f"{process}/{node}"] for lines, field, words, node in found
    ]
    return sorted(rows, key=lambda row: (int(row[0]), int(row[1]), row[4]))


def inferred_about(process: str) -> list[Row]:
    """What the rules say of one process itself."""
    record = processes()[process]
    found = {("documentation-status", "df:documentationStatus", "form-and-index")}
    modes = {m for cells in record["stages"].values() for m, c in cells.items() if c["mark"] == "ticked"}
    found |= {("channel-from-tick", "cv:hasChannel", f"{process}/channel-{mode}") for mode in modes}
    found |= {("follows", _follows(m), m["instrument"]) for m in rules(record) if "instrument" in m}
    found |= {("governed-by-issuer", "df:governedByIssuer", i) for m in rules(record) for i in issuers(m)}
    found |= {("involves-agency", "df:involvesAgency", body) for body in bodies(record)}
    found |= {("involves-collective", "df:involvesCollective", group) for group in groups(record)}
    found |= {
        ("involves-agency-rollup", "df:involvesAgencyRollup", a) for b in bodies(record) for a in above(b)
    }
    if "value" in record["scope"]:
        found.add(("settled-selection", "df:processScope", record["scope"]["value"]))
    first, second = readings(record)
    found |= {("trigger-reading-a", "df:triggerReadingA", code) for code in first}
    found |= {("trigger-reading-b", "df:triggerReadingB", code) for code in second}
    return [list(row) for row in sorted(found)]


def _follows(mention: Record) -> str:
    from tests.query.reference.records import authority

    kind = authority("instruments")[mention["instrument"]]["kind"]
    operational = ("directive", "circular", "guideline", "document")
    return "cpsv:follows" if kind in operational else "cv:hasLegalResource"


def our_readings(process: str) -> list[Row]:
    """What we read about one process itself: whom it serves, who owns it. Order: by IRI of the property."""
    record = processes()[process]
    rows = [["cv:hasCompetentAuthority", record["owner"]["agency"]]]
    rows += [["dct:audience", code] for code in sorted(record["recipients"].get("audience", ()))]
    rows += [["df:ownerUnit", record["office"]["agency"]]]
    return rows + [["df:serves", body] for body in sorted(record["recipients"].get("serves", ()))]


def inferred_by_rule(nquads: str) -> list[Row]:
    """Lines of the sorted N-Quads by the name of their graph."""
    counts: Counter[str] = Counter()
    for line in nquads.splitlines():
        graph = line.rstrip(" .").rpartition("<")[2].rstrip(">")
        if "/graph/inferred/" in graph:
            counts[graph.rpartition("/")[2]] += 1
    return [[rule, str(n)] for rule, n in ranked(counts)]
