"""The matrix against the reviewed records, read with a plain YAML reader."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Any

import pytest
import yaml

from graph.analysis.analyst import Analyst
from graph.analysis.options import values_of
from graph.analysis.reports import run, written
from graph.analysis.reports.matrix import Shown, shown
from graph.analysis.reports.matrix_options import OPTIONS
from graph.paths import bundled_data_dir
from graph.query.question_library import QuestionError
from graph.store import Store

DATA = bundled_data_dir()


def read(name: str) -> Any:
    return yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506


def names_in_forms() -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Words and lines of the row for each process and body that its table of partners names."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for path in sorted((DATA / "processes").glob("*.yaml")):
        for row in read(f"processes/{path.name}").get("partners", []):
            for name in row.get("names", []):
                if "agency" in name:
                    found.setdefault((path.stem, name["agency"]), []).append((name["text"], row["lines"]))
    return found


@pytest.fixture(scope="module")
def analyst(store: Store) -> Analyst:
    return Analyst(store)


def asked(analyst: Analyst, **given: str) -> Shown:
    return shown(
        analyst, values_of(OPTIONS, {name.replace("_", "-"): [text] for name, text in given.items()})
    )


def ids(iris: Any) -> list[str]:
    return [iri.rpartition("/")[2] for iri in iris]


def test_every_cell_is_in_a_record_and_every_name_of_a_record_is_a_cell(analyst: Analyst) -> None:
    cells = asked(analyst).matrix.cells
    said = names_in_forms()
    assert {tuple(ids(pair)) for pair in cells} == set(said)
    for pair, whys in cells.items():
        process, body = ids(pair)
        (why,) = whys
        assert set(why.words) == {text for text, _ in said[process, body]}
        # lines 1201 and 1202 of two rows are one range of lines: compare the lines, not the ranges
        assert expand(why.lines.partition(":")[2]) == set().union(
            *(expand(lines) for _, lines in said[process, body])
        )


def expand(lines: str) -> set[int]:
    found: set[int] = set()
    for part in lines.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return found


def test_totals_count_the_whole_other_side_also_when_a_part_is_shown(analyst: Analyst) -> None:
    by_process = Counter(process for process, _ in names_in_forms())
    by_body = Counter(body for _, body in names_in_forms())
    part = asked(analyst, most="3", most_bodies="4", from_process="2", from_body="5").matrix
    assert (len(part.processes), len(part.bodies), part.first_process, part.first_body) == (3, 4, 1, 4)
    assert not part.whole
    assert all(line.total == by_process[line.thing.rpartition("/")[2]] for line in part.processes)
    assert all(line.total == by_body[line.thing.rpartition("/")[2]] for line in part.bodies)
    assert part.total == len(names_in_forms())


def test_parts_together_are_the_whole(analyst: Analyst) -> None:
    whole = asked(analyst).matrix
    seen: dict[Any, Any] = {}
    for first in range(1, whole.all_processes + 1, 10):
        for body in range(1, whole.all_bodies + 1, 12):
            part = asked(
                analyst, most="10", most_bodies="12", from_process=str(first), from_body=str(body)
            ).matrix
            assert not seen.keys() & part.cells.keys()
            seen |= part.cells
    assert seen == whole.cells


def test_the_order_is_the_same_each_time_and_by_id_and_by_count(analyst: Analyst, store: Store) -> None:
    once, again = asked(analyst).matrix, asked(Analyst(store)).matrix
    assert [line.thing for line in once.processes] == [line.thing for line in again.processes]
    assert [line.thing for line in once.bodies] == [line.thing for line in again.bodies]
    by_id = ids(line.thing for line in asked(analyst, order="id").matrix.processes)
    assert by_id == sorted(by_id)
    assert set(by_id) == set(ids(line.thing for line in once.processes))
    totals = [line.total for line in asked(analyst, order="count").matrix.bodies]
    assert totals == sorted(totals, reverse=True)


def test_kinds_are_those_of_the_list_of_agencies(analyst: Analyst) -> None:
    kinds = {agency["id"]: agency["kind"] for agency in read("agencies.yaml")}
    named = {body for _, body in names_in_forms()}
    for wanted in ("police", "police,border", "judiciary"):
        bodies = asked(analyst, kind=wanted).matrix.bodies
        expected = {body for body in named if kinds[body] in wanted.split(",")}
        assert set(ids(line.thing for line in bodies)) == expected
    groups = asked(analyst, kind="group", involved="named,collectives").matrix
    assert groups.bodies
    assert all("/collective/" in line.thing for line in groups.bodies)


def test_without_copied_lists_the_copied_cells_are_gone(analyst: Analyst) -> None:
    cells = asked(analyst).matrix.cells
    firm = asked(analyst, no_copies="yes").matrix.cells
    assert set(firm) == {pair for pair, whys in cells.items() if not all(why.copied for why in whys)}
    assert 0 < len(firm) < len(cells)


def test_what_chosen_ones_share_is_set_intersection(analyst: Analyst) -> None:
    said = names_in_forms()
    sits: dict[str, set[str]] = {}
    has: dict[str, set[str]] = {}
    for process, body in said:
        sits.setdefault(body, set()).add(process)
        has.setdefault(process, set()).add(body)
    found = asked(analyst, bodies="ناجا,irgc", processes="P04,P05")
    assert found.bodies is not None
    assert set(ids(found.bodies.at_least)) == sits["police"] & sits["irgc"]
    assert set(ids(found.common)) == has["P04"] & has["P05"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"bodies": "polise"}, 'nearest is "police"'),
        ({"bodies": "state-security-council"}, "not in the matrix in the way that was chosen"),
        ({"bodies": "police", "kind": "judiciary"}, "not in the matrix"),
        ({"processes": "P30"}, "not in the matrix"),
        ({"order": "random"}, "likeness, count, id"),
        ({"kind": "wizard"}, "kind is one of"),
        ({"from_body": "0"}, "whole number from 1"),
    ],
)
def test_wrong_choices_say_what_would_be_right(analyst: Analyst, given: dict[str, str], words: str) -> None:
    with pytest.raises(QuestionError, match=words):
        asked(analyst, **given)


def test_the_file_has_a_column_for_each_body_and_runs_no_formula(analyst: Analyst) -> None:
    body = written(analyst, "matrix", {"order": ["id"]}, "fa", "csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body)))
    said = names_in_forms()
    assert len(rows[0]) == 2 + len({agency for _, agency in said}) + 2
    table = {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    for process, agency in said:
        assert table[process][f"agency/{agency}"].startswith("نام‌برده")
    marked = sum(bool(row[head]) for row in table.values() for head in rows[0] if head.startswith("agency/"))
    assert marked == len(said)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_swapping_changes_rows_and_columns(analyst: Analyst) -> None:
    straight = run(analyst, "matrix", {"order": ["id"]}).table("matrix")
    turned = run(analyst, "matrix", {"order": ["id"], "swap": ["yes"]}).table("matrix")
    assert [row[0].rpartition("/")[2] for row in turned.rows] == [
        column.key.partition("/")[2] for column in straight.columns[1:-2]
    ]
    inner = [row[1:-2] for row in straight.rows]
    assert [row[1:-2] for row in turned.rows] == [tuple(column) for column in zip(*inner, strict=True)]
