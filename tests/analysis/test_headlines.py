"""Headlines: their numbers are those of the questions, which are checked against the records."""

from __future__ import annotations

import re

import pytest

from graph.analysis.analyst import Analyst
from graph.analysis.headlines import Headline, headlines
from graph.query.question_library import question_named
from graph.store import Store


@pytest.fixture(scope="module")
def analyst(store: Store) -> Analyst:
    return Analyst(store)


@pytest.fixture(scope="module")
def found(analyst: Analyst) -> dict[str, Headline]:
    return {one.key: one for one in headlines(analyst)}


def ids(analyst: Analyst, question: str, column: str, **given: str) -> set[str]:
    asked = analyst.desk.ask(question_named(question), given)
    return {analyst.labels.named(row[column].value).id for row in asked.rows}


def numbers(words: str) -> list[int]:
    return [int(found) for found in re.findall(r"\b\d+\b", words)]


def test_who_meets_most(found: dict[str, Headline], analyst: Analyst) -> None:
    both = ids(analyst, "what-three-share", "process", agency="intelligence", other="irgc", third="police")
    said = found["meet-most"]
    # named in 14 of them; 8 name nobody else (P08 P14 P15 P19 P20 P22 P23 P26); P20, P22 and P23 are copied
    assert numbers(said.says.en) == [len(both), 8, len(both) - 3] == [14, 8, 11]
    assert "۱۴ فرایند" in said.says.fa


@pytest.mark.parametrize("who", ["intelligence", "police", "irgc"])
def test_only_partners_are_those_of_the_question(
    found: dict[str, Headline], analyst: Analyst, who: str
) -> None:
    asked = analyst.desk.ask(question_named("single-points-of-failure"), {})
    (row,) = [row for row in asked.rows if analyst.labels.named(row["agency"].value).id == who]
    assert numbers(found[f"only-partner-{who}"].says.en)[0] == int(row["processes"].value)


def test_what_a_rule_giver_holds_up(found: dict[str, Headline]) -> None:
    # regulations of P04, P05 and P27 name the directives of the council and nothing else; P08 names the theft
    # document, which the council passed
    assert "P04, P05, P08, P27" in found["lost-most"].says.en


def test_what_needs_what(found: dict[str, Headline], analyst: Analyst) -> None:
    assert ids(analyst, "what-needs-what", "thing") == {"P14"}
    assert "P14 needs what P13 decides" in found["needs-output"].says.en
    assert "2108" in found["needs-output"].says.en


def test_the_near_duplicate_is_found_without_being_told(found: dict[str, Headline]) -> None:
    # the reviewer's comparison in data/ names the same pair; the analysis does not read it
    assert "alike-P11-P23" in found


def test_every_command_is_one_that_runs(found: dict[str, Headline], analyst: Analyst) -> None:
    from graph.analysis.reports import run

    for one in found.values():
        run(analyst, one.analysis, {name: [value] for name, value in one.options})
        assert one.command.startswith(f"daftar analyse {one.analysis}")
        assert all(iri in analyst.labels._names or "/code/" in iri for iri in one.things)
