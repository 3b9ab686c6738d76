"""Every question of the library: its answer against the records, rdflib, and what was counted by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode

from graph.query.prefixes import PREFIXES
from graph.query.question_answer import QuestionDesk, doubts, written_out
from graph.query.question_library import (
    LANGS,
    Question,
    QuestionError,
    parse_question,
    projected,
    question_named,
    questions,
)
from graph.query.question_output import as_csv, as_json, as_sparql
from graph.query.question_values import fold
from graph.store import Store, open_store
from graph.store.bridge import _term
from tests.query.asking import GOLDEN, asked_of, golden, short
from tests.query.reference.records import copied, processes, things
from tests.view.support import build_edition

IDS = [question.id for question in questions()]
PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return open_store(build_edition(tmp_path_factory.mktemp("questions")))


@pytest.fixture(scope="module")
def desk(shipped: Store) -> QuestionDesk:
    return QuestionDesk(shipped)


@pytest.fixture(scope="module")
def in_rdflib(shipped: Store) -> rdflib.Dataset:
    return shipped.to_rdflib()


@pytest.fixture(scope="module")
def nquads(shipped: Store) -> str:
    return "\n".join(f"{quad} ." for quad in shipped.quads())


def plain(rows: Any) -> list[list[str | None]]:
    def text(term: Any) -> str | None:
        return None if term is None else term.value if isinstance(term, NamedNode | Literal) else str(term)

    return [[text(term) for term in row] for row in rows]


@pytest.mark.parametrize("name", IDS)
def test_answer_is_the_golden_one_and_the_records_say_so(name: str, desk: QuestionDesk, nquads: str) -> None:
    expected = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    assert expected == golden(name, nquads), "the records changed: python -m tests.query.asking, then look"
    for answer in expected["answers"]:
        found = desk.ask(question_named(name), answer["parameters"])
        assert short(found, desk.labels) == answer["rows"], answer["parameters"]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Dataset[.]:DeprecationWarning")  # rdflib calls its own
@pytest.mark.parametrize("name", IDS)
def test_rdflib_and_the_text_with_values_give_the_same_rows_in_the_same_order(
    name: str, desk: QuestionDesk, in_rdflib: rdflib.Dataset
) -> None:
    question = question_named(name)
    names = projected(question)
    for given in asked_of(name):
        asked = desk.ask(question, given)
        ours = plain([row[each] for each in names] for row in asked.rows)
        bound = {each: _term(term) for each, term in asked.values.items()}
        assert plain(in_rdflib.query(PROLOGUE + question.sparql, initBindings=bound)) == ours
        assert plain(desk.store.query(written_out(asked), prefixes=PREFIXES)) == ours  # type: ignore[arg-type]


def test_no_golden_answer_without_a_question() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.json")) == IDS
    assert len(IDS) >= 42


def test_the_whole_dossier_is_covered() -> None:
    tags = {tag for question in questions() for tag in question.tags}
    assert {f"dossier-{n}" for n in range(1, 26)} <= tags
    assert {"planners", "auditors", "reviewers"} <= tags


@pytest.mark.parametrize("name", IDS)
def test_every_question_is_whole(name: str, desk: QuestionDesk) -> None:
    question = question_named(name)
    assert question.tags
    assert question.columns
    assert "ORDER BY" in question.sparql
    assert set(question.doubts) <= set(doubts())
    found = desk.ask(question, {})
    assert list(found.rows[0] if found.rows else projected(question)) == projected(question)
    for kind, column in question.doubts.items():
        assert column in ("", "*") or column in projected(question), kind
    for words in (question.title, question.says, *(c.label for c in question.columns)):
        assert any("a" <= letter.lower() <= "z" for letter in words.en)
        assert any("آ" <= letter <= "ی" for letter in words.fa)
    for parameter in question.parameters:
        offered = [choice.id for choice in desk.choices(parameter)]
        assert parameter.type in ("integer", "text") or parameter.default in offered


# Counted by hand in the printed document, or stated in the dossier after its own reading of it.
HAND: list[tuple[str, dict[str, str], int]] = [
    ("listed-without-form", {}, 7),
    ("forms-not-listed", {}, 1),
    ("denied-forms", {}, 2),
    ("dates", {}, 27),
    ("nothing-in-field", {"field": "identifier"}, 27),
    ("electronic-contradictions", {}, 48),
    ("steps-left-to-provinces", {}, 2),
    ("doubled-partner-rows", {}, 8),
    ("steps-of-process", {"process": "P01"}, 6),
    ("steps-of-process", {"process": "P08"}, 4),
    ("bodies-of-process", {"process": "P08"}, 8),
    ("bodies-of-process", {"process": "P01"}, 13),
    ("unresolved-names", {}, 0),
]


@pytest.mark.parametrize(("name", "given", "count"), HAND)
def test_counted_by_hand(name: str, given: dict[str, str], count: int, desk: QuestionDesk) -> None:
    assert len(desk.ask(question_named(name), given).rows) == count


def test_doubts_are_counted(desk: QuestionDesk) -> None:
    asked = desk.ask(question_named("processes-with-agency"), {"agency": "intelligence"})
    notes = {note.doubt: note for note in asked.notes}
    own = [row["process"].value.rpartition("/")[2] for row in asked.rows]
    assert notes["copied-lists"].count == sum(copied(processes()[pid]) for pid in own)
    assert notes["copied-lists"].total == len(own)
    assert notes["near-duplicates"].count == len({"P11", "P23"} & set(own))
    assert str(notes["copied-lists"].count) in notes["copied-lists"].words.en
    assert notes["unresolved"].words.en == "Every partner name here is resolved."
    reading = desk.ask(question_named("triggers-under-reading"), {})
    open_ones = {thing for thing, r in things().items() if r.get("trigger", {}).get("settled") == "no"}
    expected = sum(row["thing"].value.rpartition("/")[2] in open_ones for row in reading.rows)
    assert [note.count for note in reading.notes] == [expected]
    assert "۲" in reading.notes[0].words.fa


@pytest.mark.parametrize(
    "word",
    [
        "police",
        "POLICE",
        "نیروی انتظامی",
        "نيروي انتظامي",
        "نیروی‌انتظامی",
        "ناجا",
        "انتظامی",
        "Police (Law-Enforcement Force, NAJA)",
        "https://w3id.org/daftar/id/agency/police",
    ],
)
def test_a_body_is_known_by_every_name(word: str, desk: QuestionDesk) -> None:
    values = desk.values(question_named("who-meets"), {"agency": word})
    assert values["agency"].value.endswith("/agency/police")


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("who-meets", {"agency": "polise"}, 'no agency "polise"; the nearest is "police"'),
        ("who-meets", {"agency": "شهردارری"}, 'the nearest is "municipality"'),
        ("who-meets", {"agency": ""}, 'there is no agency ""'),
        ("who-meets", {"agency": "؟"}, "there is no agency"),
        ("who-meets", {"agenc": "police"}, 'no parameter "agenc"; it takes agency'),
        ("dates", {"agency": "police"}, "it takes none"),
        ("pairs-that-meet", {"least": "-1"}, "whole number"),
        ("pairs-that-meet", {"least": "5 } DROP"}, "whole number"),
        ("steps-saying", {"text": "x" * 201}, "1 to 200 characters"),
        ("started-by", {"trigger": "tme"}, 'the nearest is "time"'),
        ("triggers-counted", {"reading": "C"}, "there is no reading"),
    ],
)
def test_a_wrong_value_is_answered_with_the_right_one(
    name: str, given: dict[str, str], message: str, desk: QuestionDesk
) -> None:
    with pytest.raises(QuestionError, match=message.replace("?", r"\?")):
        desk.ask(question_named(name), given)


def test_values_are_bound_and_not_pasted(desk: QuestionDesk) -> None:
    question = question_named("steps-saying")
    trick = '") } # \\" } DROP ALL ?x'
    asked = desk.ask(question, {"text": trick})
    assert asked.rows == ()
    assert asked.values == {"text": Literal(trick)}
    assert plain(desk.store.query(written_out(asked), prefixes=PREFIXES)) == []  # type: ignore[arg-type]


def test_persian_digits_are_numbers(desk: QuestionDesk) -> None:
    question = question_named("pairs-that-meet")
    assert desk.ask(question, {"least": "۱۰"}).rows == desk.ask(question, {"least": "10"}).rows


def test_output_formats(desk: QuestionDesk) -> None:
    asked = desk.ask(question_named("who-meets"), {"agency": "ناجا"})
    document = json.loads(as_json(asked, desk.labels))
    first = document["rows"][0]["other"]
    assert (first["id"], first["kind"]) == ("intelligence", "agency")
    assert first["label"]["fa"] == "اطلاعات"
    assert [note["doubt"] for note in document["doubts"]] == list(asked.question.doubts)
    table = as_csv(asked, desk.labels, "fa").decode()
    assert table.splitlines()[0] == "other,other_label,processes"
    assert table.splitlines()[1] == f"intelligence,اطلاعات,{asked.rows[0]['processes'].value}"
    bindings = json.loads(as_sparql(asked, "json"))["results"]["bindings"]
    assert len(bindings) == len(asked.rows)
    assert bindings[0]["agency"]["value"].endswith("/police")


def test_csv_does_not_run_formulas(desk: QuestionDesk) -> None:
    asked = desk.ask(question_named("same-rule-words"), {})
    spoilt = type(asked)(asked.question, {}, ({"words": Literal("=1+1"), "processes": Literal("2")},), (), "")
    assert b"'=1+1,2" in as_csv(spoilt, desk.labels, "en")


def test_one_language_shows_one_reason() -> None:
    question = question_named("doubts-of-process")
    shown = [[column.name for column in question.shown(lang)] for lang in LANGS]
    assert shown == [["field", "doubtEn", "line"], ["field", "doubtFa", "line"]]


def test_folding() -> None:
    assert fold("كميسيون") == fold("کمیسیون")
    assert fold("می‌ شود") == fold("میشود")
    assert fold("P۰۸") == "p08"


WHOLE = """# title: {en: a, fa: ب}
# says: {en: a, fa: ب}
# tags: [x]
# doubts: none
# columns:
#   thing: {en: Thing, fa: چیز}
SELECT ?thing WHERE { ?thing ?p ?o } ORDER BY ?thing
"""


def written(folder: Path, text: str) -> Question:
    path = folder / "one.rq"
    path.write_text(text, encoding="utf-8")
    return parse_question(path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (", fa: ب}\n# says", "}\n# says", "title needs words in both languages"),
        ("# doubts: none\n", "", "say which doubts"),
        ("SELECT ?thing", "SELECT ?p", r"\?thing is not in the SELECT clause"),
        ("# tags", "# tag", "the header has no tag; it has columns"),
        ("# title: {", "# title: {{", "the header is no YAML"),
        (
            "# doubts",
            "# parameters: [{name: p, type: body, label: {en: a, fa: ب}, default: x}]\n# doubts",
            '"body" is no type of parameter',
        ),
        (
            "# doubts",
            "# parameters: [{name: thing, type: agency, label: {en: a, fa: ب}, default: x}]\n# doubts",
            "has no query for its choices",
        ),
    ],
)
def test_a_wrong_file_is_explained(old: str, new: str, message: str, tmp_path: Path) -> None:
    assert written(tmp_path, WHOLE).id == "one"
    assert old in WHOLE
    with pytest.raises(QuestionError, match=message):
        written(tmp_path, WHOLE.replace(old, new, 1))


def test_a_question_that_is_not_there() -> None:
    with pytest.raises(QuestionError, match='no question "who-meet"; the nearest is "who-meets"'):
        question_named("who-meet")


def test_terms_of_an_answer_are_whole(desk: QuestionDesk) -> None:
    thing = desk.labels.named("https://w3id.org/daftar/id/process/P08/step-01")
    assert (thing.kind, thing.id, thing.labels) == ("process", "P08/step-01", {})
    assert desk.labels.text(NamedNode("https://w3id.org/daftar/id/process/P08"), "fa").startswith("P08 انجام")
    assert desk.labels.named("https://example.org/x").label("en") == "https://example.org/x"
