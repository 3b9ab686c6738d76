"""Index, fields, evidence, doubts: references."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from tests.query.reference.records import (
    Record,
    Row,
    authority,
    bodies,
    load,
    processes,
    ranked,
    row_words,
    start,
    things,
)

CODES = {"lifeEvents": "life-events", "stepsNote": "steps"}


def _index() -> list[Record]:
    return list(load("index")["entries"])


def listed_without_form() -> list[Row]:
    said = {"yes": "true", "no": "false"}
    missing = [entry for entry in _index() if "form" not in things()[entry["denotes"]]]
    return [[entry["id"], entry["denotes"], said[entry["statesNoForm"]]] for entry in missing]


def forms_not_listed() -> list[Row]:
    listed = {entry["denotes"] for entry in _index()}
    return [
        [thing, record["title"]["text"], start(record["form"]["lines"])]
        for thing, record in things().items()
        if "form" in record and thing not in listed
    ]


def denied_forms() -> list[Row]:
    return [
        [entry["id"], thing, entry["title"]["text"], start(things()[thing]["form"]["lines"])]
        for entry in _index()
        if "form" in things()[thing := entry["denotes"]] and entry["statesNoForm"] == "yes"
    ]


def titles_differ() -> list[Row]:
    rows = []
    for entry in _index():
        record = things()[entry["denotes"]]
        if "form" in record and record["title"]["text"] != entry["title"]["text"]:
            rows.append([entry["id"], record["id"], entry["title"]["text"], record["title"]["text"]])
    return rows


def near_duplicates() -> list[Row]:
    rows = []
    for entry in load("comparisons"):
        one, other = sorted(entry["compares"])
        rows.append([one, other, _share(_agents(one), _agents(other)), _share(_types(one), _types(other))])
        rows[-1].append(entry["decision"])
    return rows


def _agents(pid: str) -> set[str]:
    return set(bodies(processes()[pid]))


def _types(pid: str) -> set[str]:
    return {step["type"] for step in processes()[pid].get("steps", ())}


def _share(one: set[str], other: set[str]) -> str:
    """Jaccard's coefficient to three places, written as XSD decimals are."""
    return f"{round(len(one & other) / len(one | other), 3):g}"


def services_of_processes() -> list[Row]:
    services = [record for record in things().values() if "parent" in record]
    return [[s["id"], s["parent"]["text"], s["parent"].get("process", "")] for s in services]


def _states() -> Iterator[tuple[str, str, str, str]]:
    """Thing, field, state and line of every field left without an answer."""
    for thing, record in things().items():
        for name, field in record.items():
            if name in ("partners", "form"):
                continue
            if isinstance(field, dict) and "state" in field:
                yield thing, CODES.get(name, name), field["state"], start(field["lines"])
        for table in ("partners", "systems"):
            for row in record.get(table, ()):
                if "state" in row:
                    yield thing, table, row["state"], start(row["lines"])


def fields_in_state(state: str) -> list[Row]:
    where: dict[str, set[str]] = defaultdict(set)
    for thing, name, its, _ in _states():
        if its == state:
            where[name].add(thing)
    return [[name, str(n)] for name, n in ranked({name: len(found) for name, found in where.items()})]


def nothing_in_field(field: str) -> list[Row]:
    return [[thing, state, line] for thing, name, state, line in _states() if name == field]


def states_of_process(process: str) -> list[Row]:
    found = [[name, state, line] for thing, name, state, line in _states() if thing == process]
    return sorted(found, key=lambda row: (int(row[2]), row[0]))


def english_labels() -> list[Row]:
    kinds = {
        "agency": load("agencies"),
        "collective": load("collectives"),
        "instrument": load("instruments"),
        "process": processes().values(),
        "service": [record for thing, record in things().items() if thing.startswith("S")],
        "source": load("sources"),
        "template": load("forms"),
    }
    rows = []
    for entries in kinds.values():
        for entry in sorted(entries, key=lambda e: e["id"]):
            label = entry.get("labelEn") or entry.get("titleEn")
            rows += [[entry["id"], label]] if label else []
    return rows


def recipients() -> list[Row]:
    rows = []
    for pid, record in processes().items():
        field = record.get("recipients", {})
        if "text" in field:
            rows += [[pid, code, field["text"]] for code in sorted(field.get("audience", ())) or [""]]
    return rows


def agencies_as_recipients() -> list[Row]:
    return [
        [pid, body, record["recipients"]["text"]]
        for pid, record in processes().items()
        for body in sorted(record.get("recipients", {}).get("serves", ()))
    ]


def copied_partner_lists() -> list[Row]:
    rows = set()
    for one, record in processes().items():
        for other, second in processes().items():
            if one < other:
                rows |= {(one, other, words) for words in set(row_words(record)) & set(row_words(second))}
    return [list(row) for row in sorted(rows)]


def doubled_partner_rows() -> list[Row]:
    rows = []
    for pid, record in processes().items():
        table = [row for row in record.get("partners", ()) if "text" in row]
        for place, row in enumerate(table):
            same = [later for later in table[place + 1 :] if later["text"] == row["text"]]
            rows += [[pid, row["row"], later["row"], row["text"]] for later in same]
    return rows


def dates() -> list[Row]:
    """All forms bear one day; its Gregorian equal was looked up once by hand: 20 Tir 1396 is 11 July 2017."""
    rows = []
    for pid, record in processes().items():
        if "date" in record:
            assert record["date"]["jalali"] == "1396-04-20"
            rows.append([pid, record["date"]["text"], record["date"]["jalali"], "2017-07-11"])
    return rows


def _doubts() -> Iterator[tuple[str, Record]]:
    for thing, record in things().items():
        for doubt in record.get("doubts", ()):
            yield thing, doubt


def doubts_by_field() -> list[Row]:
    counts: Counter[str] = Counter()
    where: dict[str, set[str]] = defaultdict(set)
    for thing, doubt in _doubts():
        counts[doubt["field"]] += 1
        where[doubt["field"]].add(thing)
    return [[name, str(n), str(len(where[name]))] for name, n in ranked(counts)]


def doubts_of_process(process: str) -> list[Row]:
    return [
        [doubt["field"], doubt["reasonFa"], doubt["reason"], start(doubt["lines"])]
        for thing, doubt in _doubts()
        if thing == process
    ]


def doubts_in_field(field: str) -> list[Row]:
    return [
        [thing, doubt["reasonFa"], doubt["reason"], start(doubt["lines"])]
        for thing, doubt in _doubts()
        if doubt["field"] == field
    ]


def shared_outputs() -> list[Row]:
    counts = Counter(r["output"]["text"] for r in processes().values() if "text" in r.get("output", {}))
    return [[words, str(n)] for words, n in ranked(counts) if n > 1]


def what_needs_what() -> list[Row]:
    return [
        [thing, needed]
        for thing, record in things().items()
        for needed in sorted(record.get("documents", {}).get("requires", ()))
    ]


def templates_in_use() -> list[Row]:
    rows = [
        [mention["template"], pid, mention["text"], start(mention.get("lines", record["forms"]["lines"]))]
        for pid, record in processes().items()
        for mention in record.get("forms", {}).get("templates", ())
        if "template" in mention
    ]
    assert {row[0] for row in rows} <= set(authority("forms"))
    return sorted(rows)


def processes_of_scope(scope: str) -> list[Row]:
    return [[pid] for pid, record in processes().items() if record.get("scope", {}).get("value") == scope]
