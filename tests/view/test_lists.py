"""Lists with facets against the records read by hand, and the laws that hold for any choice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.incidence import Incidence
from graph.paths import bundled_data_dir
from graph.store import Store
from graph.view.folding import alphabetical
from graph.view.lists import PAGE, ListPage, ListTable
from graph.view.lists_facets import MOST_VALUES, Facet, Value
from graph.view.lists_facts import cells_of
from graph.view.lists_kinds import FACETS, LISTED, SORTS, form_fields
from graph.view.lists_state import MOST_CHOSEN, ListError, ListState
from graph.view.reading import Catalogue
from graph.view.search import SearchIndex
from graph.view.words import LANGS

RECORDS = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((bundled_data_dir() / "processes").glob("*.yaml"))
}
AGENCIES = {
    one["id"]: one for one in yaml.safe_load((bundled_data_dir() / "agencies.yaml").read_text("utf-8"))
}


@pytest.fixture(scope="module")
def index(catalogue: Catalogue) -> SearchIndex:
    return SearchIndex.build(catalogue)


@pytest.fixture(scope="module")
def tables(catalogue: Catalogue, index: SearchIndex) -> dict[str, ListTable]:
    return {kind: ListTable.build(catalogue, index, kind) for kind in LISTED}


@pytest.fixture(scope="module")
def processes(tables: dict[str, ListTable]) -> ListTable:
    return tables["process"]


def page(table: ListTable, query: str, lang: str = "en") -> ListPage:
    state = ListState.read(table.kind, parse_qsl(query, keep_blank_values=True))
    return table.page(state, "fa" if lang == "fa" else "en")


def ids(shown: ListPage) -> list[str]:
    return [line.ref.id for line in shown.lines]


def counts(shown: ListPage, facet: str) -> dict[str, int]:
    view = next(one for one in shown.facets if one.kind.key == facet)
    return {one.value.token: one.count for one in view.values}


def below(node: Any) -> Iterator[dict[str, Any]]:
    """Every mapping in a record, itself too."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from below(value)
    elif isinstance(node, list):
        for value in node:
            yield from below(value)


def named(record: dict[str, Any]) -> set[str]:
    """The agencies in the names of the table of partners; what the records do not settle is left out."""
    return {
        name["agency"]
        for row in record.get("partners", [])
        for name in row.get("names", [])
        if "agency" in name
    }


def ticked(record: dict[str, Any]) -> set[str]:
    return {
        f"{stage}.{mode}"
        for stage, modes in record.get("stages", {}).items()
        for mode, cell in modes.items()
        if cell.get("mark") == "ticked"
    }


def confidential(record: dict[str, Any]) -> bool:
    return any(node.get("confidential") == "yes" for node in below(record))


def answered(record: dict[str, Any]) -> set[str]:
    """The fields of the printed form that have words, a mark or a row, as a person would count them."""
    found = set()
    for field in form_fields("process"):
        value = record.get(field) or record.get(f"{field}Note")
        if field == "stages":
            if any(cell["mark"] != "no-mark" for modes in value.values() for cell in modes.values()):
                found.add(field)
        elif isinstance(value, list):
            if any(row.keys() - {"row", "lines", "state", "note", "noteEn"} for row in value):
                found.add(field)
        elif value and value.keys() & {
            "text",
            "summary",
            "value",
            "values",
            "candidates",
            "jalali",
            "mentions",
        }:
            found.add(field)
    return found


READ: dict[str, dict[str, set[str]]] = {
    key: {ident: values(record) for ident, record in RECORDS.items()}
    for key, values in {
        "agency": named,
        "agency-kind": lambda record: {
            kind
            for agency in named(record)
            for kinds in [AGENCIES[agency].get("kinds", AGENCIES[agency].get("kind", []))]
            for kind in (kinds if isinstance(kinds, list) else [kinds])
        },
        "access": ticked,
        "confidential": lambda record: {"yes" if confidential(record) else "unmarked"},
        "form": lambda record: {"yes" if "form" in record else "no"},
        "doubts": lambda record: {"yes" if record.get("doubts") else "no"},
        "step": lambda record: {
            step["type"] for step in record.get("steps", []) if isinstance(step, dict) and "type" in step
        },
    }.items()
}


def by_hand(chosen: dict[str, list[str]]) -> set[str]:
    return {
        ident
        for ident in RECORDS
        if all(READ[facet][ident] & set(values) for facet, values in chosen.items())
    }


@pytest.mark.parametrize("facet", sorted(READ))
def test_every_count_is_that_of_the_records(processes: ListTable, facet: str) -> None:
    shown = counts(page(processes, ""), facet)
    every = {token for values in READ[facet].values() for token in values}
    assert shown == {token: len(by_hand({facet: [token]})) for token in every}


CHOICES = st.dictionaries(
    st.sampled_from(sorted(READ)),
    st.integers(0, 10_000).map(lambda seed: [seed, seed // 7]),
    max_size=3,
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(CHOICES)
def test_any_choice_shows_and_counts_what_the_records_say(
    processes: ListTable, picked: dict[str, list[int]]
) -> None:
    chosen = {}
    for facet, seeds in picked.items():
        tokens = sorted({token for values in READ[facet].values() for token in values})
        chosen[facet] = sorted({tokens[seed % len(tokens)] for seed in seeds})
    query = "&".join(f"{facet}={token}" for facet, tokens in chosen.items() for token in tokens)
    shown = page(processes, query)
    assert set(ids(shown)) == by_hand(chosen)
    for facet, values in READ.items():
        left = by_hand({key: tokens for key, tokens in chosen.items() if key != facet})
        wanted: dict[str, int] = {}
        for ident in left:
            for token in values[ident]:
                wanted[token] = wanted.get(token, 0) + 1
        found = counts(shown, facet)
        assert {token: n for token, n in found.items() if n} == wanted


def test_answers_are_counted_as_a_person_would(processes: ListTable) -> None:
    shown = {line.ref.id: line.answered for line in page(processes, "form=yes").lines}
    assert shown == {ident: len(answered(record)) for ident, record in RECORDS.items() if "form" in record}
    assert all(line.answered is None for line in page(processes, "form=no").lines)


def test_the_steps_are_all_there(tables: dict[str, ListTable]) -> None:
    written = {
        (ident, int(step["number"])): step
        for ident, record in RECORDS.items()
        if isinstance(record.get("steps"), list)
        for step in record["steps"]
    }
    found = tables["step"].selection(ListState("step"), "en")
    assert {(line.ref.id, line.number) for line in found} == set(written)
    for line in found:
        step = written[line.ref.id, line.number]
        assert line.words
        assert line.words.text("fa") == step.get("text", step.get("summary"))
    assert [(line.ref.id, line.number) for line in found] == sorted(written)


@pytest.mark.parametrize(
    ("kind", "words", "found"),
    [
        ("agency", "ناجا", "police"),
        ("agency", "شاک", "state-security-council"),
        ("agency", "شتا", "provincial-security-council"),
        ("agency", "نيروي انتظامي", "police"),
        ("agency", "نِیـــروی انتظامی", "police"),
        ("agency", "POLICE", "police"),
        ("process", "p08", "P08"),
        ("process", "جرائم سازمان‌یافته", "P08"),
        ("process", "organised crime", "P08"),
    ],
)
def test_words_find_in_any_spelling(tables: dict[str, ListTable], kind: str, words: str, found: str) -> None:
    assert found in ids(page(tables[kind], f"q={words.replace(' ', '+')}"))


def test_a_process_is_found_by_a_name_of_a_body_that_its_form_spells_otherwise(processes: ListTable) -> None:
    """Forms write ناجا, نیروی انتظامی or انتظامی; any of the names finds them all."""
    wanted = by_hand({"agency": ["police"]})
    for words in ("ناجا", "Law-Enforcement+Force"):
        assert wanted <= set(ids(page(processes, f"q={words}"))), words


def test_words_that_stand_nowhere_leave_nothing(tables: dict[str, ListTable]) -> None:
    for table in tables.values():
        shown = page(table, "q=nosuchwordanywhere")
        assert (shown.total, shown.pages, shown.lines) == (0, 1, ())


@pytest.mark.parametrize("kind", LISTED)
@pytest.mark.parametrize("lang", LANGS)
def test_every_order_has_everything_and_runs_as_it_says(
    tables: dict[str, ListTable], kind: str, lang: str
) -> None:
    table = tables[kind]
    whole = {line.ref.iri for line in table.lines}
    keys = {
        "uses": lambda line: line.item.uses,
        "doubts": lambda line: line.item.doubts,
        "answered": lambda line: -1 if line.answered is None else line.answered,
        "name": lambda line: alphabetical(line.words.text(lang) if line.words else line.ref.label(lang)),
        "id": lambda line: (line.ref.id, line.number),
        "kind": lambda line: alphabetical(" ".join(one.label(lang) for one in line.item.kinds)),
        "lines": lambda line: (line.item.lines.start, line.item.lines.end) if line.item.lines else (0, 0),
    }
    for column in SORTS[kind]:
        up, down = (
            table.selection(ListState(kind, sort=sort), "fa" if lang == "fa" else "en")
            for sort in (column, f"-{column}")
        )
        assert {line.ref.iri for line in up} == {line.ref.iri for line in down} == whole
        values = [keys[column](line) for line in up]
        assert values == sorted(values), (kind, column)
        assert [keys[column](line) for line in down] == sorted(values, reverse=True)


def test_pages_have_everything_once(tables: dict[str, ListTable]) -> None:
    table = tables["step"]
    first = page(table, "")
    assert first.pages == -(-first.total // PAGE) == 3
    seen = [line.ref.iri for number in (1, 2, 3) for line in page(table, f"page={number}").lines]
    assert len(seen) == len(set(seen)) == first.total == first.everything
    assert page(table, "page=999").state.page == 3


SAFE = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.sampled_from(LISTED), st.data())
def test_a_state_goes_into_the_address_and_comes_back(kind: str, data: st.DataObject) -> None:
    facets = [facet.key for facet in FACETS[kind]]
    pairs = data.draw(st.lists(st.tuples(st.sampled_from([*facets, "q", "unknown"]), SAFE), max_size=8))
    sort = data.draw(st.sampled_from(["", *SORTS[kind], *(f"-{one}" for one in SORTS[kind])]))
    number = data.draw(st.integers(1, 1_000_000))
    state = ListState.read(kind, [*pairs, ("sort", sort), ("page", str(number))])
    again = ListState.read(kind, parse_qsl(state.query()))
    assert again == state
    assert again.query() == state.query()


@pytest.mark.parametrize(
    "query",
    [
        "sort=nothing",
        "sort=-",
        "sort=--id",
        "page=0",
        "page=-1",
        "page=x",
        "page=1e3",
        "page=99999999999",
        "&".join(f"agency={n}" for n in range(MOST_CHOSEN + 1)),
    ],
)
def test_an_address_that_asks_for_nothing_there_is_refused_in_both_languages(query: str) -> None:
    with pytest.raises(ListError) as refused:
        ListState.read("process", parse_qsl(query))
    assert refused.value.words.en
    assert refused.value.words.fa


def test_a_value_of_another_edition_is_shown_and_adds_nothing(processes: ListTable) -> None:
    shown = page(processes, "agency=police&agency=abolished")
    view = next(one for one in shown.facets if one.kind.key == "agency")
    assert view.unknown == ("abolished",)
    assert set(ids(shown)) == by_hand({"agency": ["police"]})
    assert page(processes, "agency=abolished").total == 0


def test_a_value_chosen_stays_in_sight_when_it_leaves_nothing(processes: ListTable) -> None:
    shown = page(processes, "agency=police&form=no")
    assert counts(shown, "agency")["police"] == 0
    assert shown.total == 0


def test_a_facet_of_many_values_shows_the_most_frequent_and_the_chosen() -> None:
    names = [f"v{number:03}" for number in range(MOST_VALUES + 40)]
    # v000 has one thing, v001 two, and so on
    rows = {f"t{row:03}": names[row:] for row in range(len(names))}
    facet = Facet(FACETS["process"][0], {name: Value(name) for name in names}, Incidence.of(rows))
    view = facet.view(np.ones(len(rows), dtype=np.bool_), ("v000",))
    assert [one.value.token for one in view.values] == ["v000", *names[:40:-1]]
    assert [one.count for one in view.values] == [1, *range(MOST_VALUES + 40, 41, -1)]
    assert view.more == 40


def test_no_two_values_are_called_alike(tables: dict[str, ListTable], catalogue: Catalogue) -> None:
    for kind, table in tables.items():
        for facet in table.facets:
            cells = cells_of(catalogue, kind, facet.kind, table.lines)
            assert len(facet.values) == len(frozenset().union(*cells.values())), (kind, facet.kind.key)


def test_a_hostile_catalogue_has_lists(hostile: Store) -> None:
    catalogue = Catalogue(hostile)
    index = SearchIndex.build(catalogue)
    table = ListTable.build(catalogue, index, "process")
    assert ids(page(table, "agency=police")) == ["P01"]
    assert ids(page(table, "q=script")) == ["P01"]
