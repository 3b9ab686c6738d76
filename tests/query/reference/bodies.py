"""Who takes part: references."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations

from tests.query.reference.records import (
    Row,
    above,
    authority,
    bodies,
    groups,
    issuers,
    kind,
    line_of,
    named,
    processes,
    ranked,
    row_words,
    rules,
    things,
)


def processes_with_agency(agency: str) -> list[Row]:
    rows = []
    for pid, record in processes().items():
        lines = [int(line_of(row, name)) for row, _, name in named(record) if name.get("agency") == agency]
        if lines:
            rows.append([pid, str(len(lines)), str(min(lines))])
    return rows


def processes_with_agency_or_below(agency: str) -> list[Row]:
    return [
        [pid, body]
        for pid, record in processes().items()
        for body in bodies(record)
        if body == agency or agency in above(body)
    ]


def agencies_ranked() -> list[Row]:
    counts = Counter(body for record in processes().values() for body in bodies(record))
    return [[body, str(n)] for body, n in ranked(counts)]


def agencies_ranked_without_copies() -> list[Row]:
    seen: set[str] = set()
    counts: Counter[str] = Counter()
    for record in processes().values():
        words = row_words(record)
        if not seen & set(words):
            counts.update(bodies(record))
        seen |= set(words)
    return [[body, str(n)] for body, n in ranked(counts)]


def _where() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for pid, record in processes().items():
        for body in bodies(record):
            found[body].append(pid)
    return found


def agencies_in_one_process() -> list[Row]:
    return [[body, pids[0]] for body, pids in sorted(_where().items()) if len(pids) == 1]


def agency_scopes() -> list[Row]:
    counts = Counter(
        (body, record["scope"]["value"])
        for record in processes().values()
        if "value" in record.get("scope", {})
        for body in bodies(record)
    )
    return [[body, scope, str(n)] for (body, scope), n in sorted(counts.items())]


def agency_roles(agency: str) -> list[Row]:
    order = {"cv:hasCompetentAuthority": 0}
    rows = []
    for pid, record in processes().items():
        found = set()
        if record.get("owner", {}).get("agency") == agency:
            found.add("cv:hasCompetentAuthority")
        if any(agency in issuers(mention) for mention in rules(record)):
            found.add("df:governedByIssuer")
        if agency in bodies(record):
            found.add("df:involvesAgency")
        if any(agency in above(n["agency"]) for _, _, n in named(record) if "agency" in n):
            found.add("df:involvesAgencyRollup")
        if record.get("office", {}).get("agency") == agency:
            found.add("df:ownerUnit")
        if agency in record.get("recipients", {}).get("serves", ()):
            found.add("df:serves")
        rows += [[pid, role] for role in sorted(found, key=lambda role: (order.get(role, 1), role))]
    return rows


def _pairs() -> Counter[tuple[str, str]]:
    return Counter(pair for record in processes().values() for pair in combinations(bodies(record), 2))


def who_meets(agency: str) -> list[Row]:
    counts: Counter[str] = Counter()
    for pair, n in _pairs().items():
        if agency in pair:
            counts[pair[0] if pair[1] == agency else pair[1]] += n
    return [[body, str(n)] for body, n in ranked(counts)]


def pairs_that_meet(least: str) -> list[Row]:
    return [[one, other, str(n)] for (one, other), n in ranked(_pairs()) if n >= int(least)]


def what_two_share(agency: str, other: str) -> list[Row]:
    return [[pid] for pid, record in processes().items() if {agency, other} <= set(bodies(record))]


def what_three_share(agency: str, other: str, third: str) -> list[Row]:
    rows = []
    for pid, record in processes().items():
        if {agency, other, third} <= set(bodies(record)):
            found = sorted(set().union(*(issuers(mention) for mention in rules(record))))
            rows += [[pid, issuer] for issuer in found or [""]]
    return rows


def _only_of_kind() -> list[tuple[str, str, str]]:
    rows = []
    for pid, record in processes().items():
        kinds = Counter(kind(body) for body in bodies(record))
        rows += [(pid, body, kind(body)) for body in bodies(record) if kinds[kind(body)] == 1]
    return rows


def single_of_kind(kind: str) -> list[Row]:
    return [[pid, body] for pid, body, its in _only_of_kind() if its == kind]


def single_points_of_failure() -> list[Row]:
    counts = Counter((body, its) for _, body, its in _only_of_kind())
    return [[body, its, str(n)] for (body, its), n in ranked(counts)]


def kinds_of_bodies() -> list[Row]:
    members: dict[str, set[str]] = defaultdict(set)
    where: dict[str, set[str]] = defaultdict(set)
    for body, pids in _where().items():
        members[kind(body)].add(body)
        where[kind(body)] |= set(pids)
    return [[its, str(len(members[its])), str(n)] for its, n in ranked({k: len(v) for k, v in where.items()})]


def bodies_of_process(process: str) -> list[Row]:
    record = things()[process]
    return [
        [
            row["row"],
            str(place),
            name.get("agency") or name.get("collective", ""),
            name["text"],
            line_of(row, name),
        ]
        for row, place, name in named(record)
    ]


def groups_named() -> list[Row]:
    rows = []
    for pid, record in processes().items():
        found = [
            (int(row["row"]), n["collective"], row, n) for row, _, n in named(record) if "collective" in n
        ]
        for _, ident, row, name in sorted(found, key=lambda item: item[:2]):
            group = authority("collectives")[ident]
            body = group.get("membersOf") or group.get("restOf") or ""
            rows.append([pid, ident, group["kind"], body, name["text"], line_of(row, name)])
    return rows


def group_in_processes(collective: str) -> list[Row]:
    return [
        [pid, name["text"], line_of(row, name)]
        for pid, record in processes().items()
        for row, _, name in named(record)
        if name.get("collective") == collective
    ]


def groups_only() -> list[Row]:
    return [[pid, g] for pid, record in processes().items() if not bodies(record) for g in groups(record)]


def through_group_only() -> list[Row]:
    """No record says who the members of a body are, so nobody is reached through a group."""
    assert not any("members" in record for record in authority("agencies").values())
    return []


def forms_to_reissue(agency: str) -> list[Row]:
    return [
        [pid, pid, name["text"], row["row"], str(place), line_of(row, name)]
        for pid, record in processes().items()
        for row, place, name in named(record)
        if name.get("agency") == agency
    ]


def names_of_bodies() -> list[Row]:
    mentions: Counter[tuple[str, str]] = Counter()
    where: dict[tuple[str, str], set[str]] = defaultdict(set)
    for pid, record in processes().items():
        for _, _, name in named(record):
            if "agency" in name:
                mentions[name["agency"], name["text"]] += 1
                where[name["agency"], name["text"]].add(pid)
    return [[*key, str(n), str(len(where[key]))] for key, n in sorted(mentions.items())]


def unresolved_names() -> list[Row]:
    return [
        [pid, name["text"], row["row"], str(place), line_of(row, name)]
        for pid, record in processes().items()
        for row, place, name in named(record)
        if "agency" not in name and "collective" not in name
    ]


def names_settled_by_reviewer() -> list[Row]:
    return [
        [pid, name["text"], name.get("agency") or name.get("collective", ""), line_of(row, name)]
        for pid, record in processes().items()
        for row, _, name in named(record)
        if name["status"] == "reviewer"
    ]


def who_stands_under() -> list[Row]:
    return [
        [entry["id"], entry["parent"], entry.get("parentBasis", "")]
        for entry in sorted(authority("agencies").values(), key=lambda e: e["id"])
        if "parent" in entry
    ]
