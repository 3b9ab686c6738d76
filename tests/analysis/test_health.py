"""The health report: counts worked from data/*.yaml, a second engine, and findings put in on purpose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest
import rdflib

from graph.analysis.health import SEVERITIES, SEVERITY_WORDS, Finding, HealthReport, checks, health
from graph.analysis.health.checks import parse_check
from graph.query.prefixes import PREFIXES
from graph.query.question_answer import QuestionDesk
from graph.query.question_library import QuestionError
from graph.query.question_terms import rows_of
from graph.store import Store
from tests.query.reference.records import authority, bodies, groups, load, processes, things
from tests.view.support import BASE, store_of

IDS = [check.id for check in checks()]
FORMS = {name: record for name, record in things().items() if "form" in record}


@pytest.fixture(scope="module")
def report(store: Store, shipped: nx.MultiDiGraph[str]) -> HealthReport:
    return health(store, graph=shipped)


@pytest.fixture(scope="module")
def found(report: HealthReport) -> dict[str, Finding]:
    return {one.check.id: one for one in report.findings}


def short(finding: Finding) -> list[str]:
    return [item.thing.rpartition("/")[2] for item in finding.items]


def in_state(field: str) -> list[str]:
    """Forms whose field has a state and no words or marks, from the records."""
    return [name for name, record in FORMS.items() if "state" in record.get(field, {})]


FIELDS = {
    "no-class": "class",
    "no-documents": "documents",
    "no-forms": "forms",
    "no-identifier": "identifier",
    "no-recipients": "recipients",
    "no-rules": "regulations",
    "no-scope": "scope",
    "no-steps": "stepsNote",
    "no-trigger": "trigger",
}


@pytest.mark.parametrize("name", FIELDS)
def test_missing_fields(found: dict[str, Finding], name: str) -> None:
    assert short(found[name]) == in_state(FIELDS[name])


def test_missing_fields_by_hand(found: dict[str, Finding]) -> None:
    # recipients: lines 402, 687, 1373, 2100, 2239; steps left to the provinces: lines 3856, 3985
    lines = {name: [item.lines.rpartition(":")[2] for item in found[name].items] for name in FIELDS}
    assert lines["no-recipients"] == ["402", "687", "1373", "2100", "2239"]
    assert lines["no-steps"] == ["3856", "3985"]
    assert lines["no-rules"] == []
    assert found["no-identifier"].count == 27  # "filled in by the organisation office", blank everywhere


def test_rules_that_say_nothing(found: dict[str, Finding]) -> None:
    generic = [
        name
        for name, record in processes().items()
        if "form" in record
        and not {m["kind"] for m in record["regulations"]["mentions"]} & {"identified", "issuer-only"}
    ]
    assert short(found["generic-rules"]) == generic
    assert len(generic) == 15


def test_ticks_and_what_changes_with_them(found: dict[str, Finding]) -> None:
    open_triggers = [name for name, one in FORMS.items() if one["trigger"].get("settled") == "no"]
    assert short(found["answers-that-change"]) == open_triggers
    assert len(open_triggers) == 24
    # those, and the levels of the two services (lines 1923, 2028)
    assert Counter(short(found["open-ticks"])) == Counter([*open_triggers, "S01", "S02"])
    # Reading A gives the mark to the label before it, B to the one after. Fifteen forms have it between
    # request and time (P03-P06, P08, P09, P12, P13, P17, P19-P22, P24, P25); P07 has marks between request,
    # time and event; P27 is settled: request. S01: time or event. S02: event (A) or request (B), as recorded.
    # request: A 15 + P07 + P27 = 17, B P27 + S02 = 2; time: A P07 + S01 = 2, B 15 + P07 = 16;
    # event: A S02 = 1, B P07 + S01 = 2. Own finding and other: P01, P02, P11, P23 as printed, so agency in A;
    # P10 and P26 the other way round, as recorded: agency A 4, B 2; other A 2, B 4.
    cells = {item.thing.rpartition("/")[2]: item.cells for item in found["counts-that-change"].items}
    assert cells == {
        "agency": (("4",), ("2",)),
        "event": (("1",), ("2",)),
        "other": (("2",), ("4",)),
        "request": (("17",), ("2",)),
        "time": (("2",), ("16",)),
    }


def test_contradictions(found: dict[str, Finding]) -> None:
    # Twelve forms write "by correspondence, by hand" in all four electronic lines.
    assert found["electronic-by-hand"].count == 12 * 4
    assert set(short(found["electronic-by-hand"])) == {
        name
        for name, record in processes().items()
        for stage in record.get("stages", {}).values()
        if stage["electronic"]["mark"] == "contradictory"
    }
    # P17 ticks two stages electronic (lines 2536, 2540), its address and system are blank.
    assert [(i.thing[-3:], i.lines[-4:]) for i in found["electronic-without-system"].items] == [
        ("P17", "2536"),
        ("P17", "2540"),
    ]
    denied = [e["denotes"] for e in load("index")["entries"] if e["statesNoForm"] == "yes"]
    assert short(found["index-denies-form"]) == [name for name in denied if name in FORMS] == ["S01", "S02"]
    # line 1 announces the governor's programme, which has no form and no remark
    assert short(found["index-silent"]) == ["I01"]
    listed = {e["denotes"] for e in load("index")["entries"]}
    assert short(found["form-not-in-index"]) == sorted(set(FORMS) - listed) == ["P11"]
    assert found["index-without-form"].count == 7


def test_bodies(found: dict[str, Finding]) -> None:
    times = Counter(one for record in processes().values() for one in bodies(record))
    assert short(found["agencies-once"]) == sorted(one for one, count in times.items() if count == 1)
    assert len(short(found["agencies-once"])) == 17
    only = [name for name, record in processes().items() if groups(record) and not bodies(record)]
    assert short(found["groups-only"]) == only == ["P13", "P16", "P18", "P25"]
    assert found["no-partners"].count == found["unresolved-names"].count == 0


def test_instruments(found: dict[str, Finding]) -> None:
    given = {"number", "date", "issuer"}
    bare = sorted(name for name, one in authority("instruments").items() if not given & set(one))
    assert short(found["instruments-without-particulars"]) == bare
    assert bare == ["constitution", "governors-duties-law", "vision-1404"]
    # only its principle 22 is named (line 3757)
    assert short(found["instruments-unnamed"]) == ["constitution"]


def test_copies_and_likenesses(found: dict[str, Finding]) -> None:
    # two wordings: that of P04 in P05-P07, that of P19 in P20, P22, P23
    lists = {i.thing[-3:]: [iri[-3:] for iri in i.cells[0]] for i in found["copied-partner-lists"].items}
    assert lists == {"P04": ["P05", "P06", "P07"], "P19": ["P20", "P22", "P23"]}
    assert found["doubled-rows"].count == 8
    assert short(found["near-duplicates"]) == ["P11"]
    assert found["recorded-doubts"].count == sum(
        len(record.get("doubts", ())) for record in things().values()
    )


def test_every_finding_leads_somewhere(
    report: HealthReport, shipped: nx.MultiDiGraph[str], store: Store
) -> None:
    for finding in report.findings:
        assert finding.complete
        assert finding.count >= finding.things
        assert rows_of(store, finding.sparql) or not finding.count
        for item in finding.items:
            assert item.thing in shipped or "/code/" in item.thing
            assert item.lines or "/code/" in item.thing
            assert len(item.cells) == len(finding.check.columns)
    assert [one.check.severity for one in report.findings] == sorted(
        (one.check.severity for one in report.findings), key=SEVERITIES.index
    )
    assert report.counts["high"] == sum(one.count for one in report.of("high"))


@pytest.fixture(scope="module")
def in_rdflib(store: Store) -> rdflib.Dataset:
    return store.to_rdflib()


@pytest.mark.filterwarnings("ignore:Dataset[.]:DeprecationWarning")  # rdflib calls its own
@pytest.mark.parametrize("name", [check.id for check in checks() if not check.from_library])
def test_a_second_engine_agrees(store: Store, in_rdflib: rdflib.Dataset, name: str) -> None:
    check = next(check for check in checks() if check.id == name)
    ours = [
        tuple("" if term is None else str(term.value) for term in row.values())
        for row in rows_of(store, check.question.sparql)
    ]
    theirs = [
        tuple("" if term is None else str(term) for term in row)
        for row in in_rdflib.query(check.question.sparql, initNs=PREFIXES)
    ]
    assert sorted(ours) == sorted(theirs)


def test_words_in_both_languages() -> None:
    for check in checks():
        assert all(words.en.isascii() for words in (check.title, check.says))
        assert not any(letter.isascii() and letter.isalpha() for letter in check.title.fa + check.says.fa)
        assert check.says.en.endswith(".")
    assert set(SEVERITY_WORDS) == set(SEVERITIES)
    assert len(IDS) == len(set(IDS)) == len(list(Path(parse_check.__code__.co_filename).parent.glob("*.rq")))


def test_what_the_shipped_catalogue_has_none_of() -> None:
    made = store_of(f"""
    @prefix df: <https://w3id.org/daftar/ontology#> . @prefix cv: <http://data.europa.eu/m8g/> .
    @prefix dct: <http://purl.org/dc/terms/> . @prefix i: <{BASE}> .
    <{BASE}graph/record/P01> {{
      <{BASE}form/P01> a df:ProcessForm ; df:documents <{BASE}process/P01> .
      <{BASE}process/P01> a df:Process ; dct:identifier "P01" ; dct:title "نخست"@fa ;
        cv:hasParticipation <{BASE}process/P01/partner-1-1> .
      <{BASE}process/P01/partner-1-1> a df:Participation ; df:asWritten "ناشناخته"@fa ; df:rowNumber 1 ;
        df:positionInRow 1 ; df:sourceLineStart 9 ; df:sourceLineEnd 9 .
    }}
    <{BASE}graph/record/P02> {{
      <{BASE}form/P02> a df:ProcessForm ; df:documents <{BASE}process/P02> .
      <{BASE}process/P02> a df:Process ; dct:identifier "P02" ; dct:title "دوم"@fa .
    }}""")
    names = ("no-partners", "unresolved-names")
    report = health(made, among=[check for check in checks() if check.id in names])
    assert {one.check.id: short(one) for one in report.findings} == {
        "no-partners": ["P02"],
        "unresolved-names": ["P01"],
    }
    assert [item.lines for one in report.of("high") for item in one.items] == ["9"]


def test_a_cut_is_said(store: Store, shipped: nx.MultiDiGraph[str]) -> None:
    some = [check for check in checks() if check.id == "no-class"]
    (finding,) = health(QuestionDesk(store), graph=shipped, among=some, most_items=3).findings
    assert (finding.count, len(finding.items), finding.complete) == (27, 3, False)
    with pytest.raises(ValueError, match="0 or more, not -1"):
        health(store, graph=shipped, most_items=-1)


def test_progress_can_stop_it(store: Store, shipped: nx.MultiDiGraph[str]) -> None:
    def stop(done: int, total: int) -> None:
        assert total == len(IDS)
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        health(store, graph=shipped, progress=stop)


HEADER = """# title: {en: "Title", fa: "عنوان"}
# says: {en: "Says.", fa: "می گوید."}
# severity: low
# thing: thing
"""
ASKS = "# question"
SHOWS = '# columns: {x: {en: "X", fa: "ایکس"}}'
QUERY = "\nSELECT ?thing WHERE { ?thing a ?type }\n"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text.replace("low", "grave"), "severity is one of high, medium, low"),
        (lambda text: text.replace("says", "say"), "the header has no say"),
        (lambda text: text.replace("# thing: thing", "# thing: process"), '"process" is no column'),
        (lambda text: text.replace("# thing", f"{ASKS}: open-ticks\n# thing"), "not both"),
        (lambda text: text.replace(QUERY, ""), "write a query, or name a question"),
        (
            lambda text: text.replace(QUERY, "").replace("# thing", "# question: open-tick\n# thing"),
            "nearest",
        ),
        (lambda text: text.replace('fa: "عنوان"', 'fa: ""'), "title needs words in both languages"),
        (
            lambda text: text.replace("# thing", '# columns: {x: {en: "X", fa: "ایکس"}}\n# thing'),
            '"x" is no col',
        ),
    ],
)
def test_a_wrong_file_says_what_is_wrong(tmp_path: Path, change: Callable[[str], str], message: str) -> None:
    path = tmp_path / "mine.rq"
    path.write_text(HEADER + QUERY, encoding="utf-8")
    assert parse_check(path).thing == "thing"
    path.write_text(change(HEADER + QUERY), encoding="utf-8")
    with pytest.raises(QuestionError, match=message):
        parse_check(path)
