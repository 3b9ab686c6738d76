"""What is read back equals what is computed; what is damaged is not believed."""

import fcntl
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest

from api.edition import Edition
from graph.analysis.direct_tables import COMPARED, OTHERS, TABLES, WAYS, joined, read_tables
from graph.analysis.incidence import Incidence
from graph.analysis.overlap_facets import overlap_facets
from graph.analysis.projection import Queryable, agency_table, read_graph, tables
from graph.derived import DerivedError, open_derived, write
from graph.derived.box import FILE, VOUCHER, opened
from graph.derived.derived import Derived
from graph.store import Store, StoreDamagedError, open_store
from graph.store.editions import find_edition
from graph.view.alike import Alike
from graph.view.around import Around, around
from graph.view.lists_kinds import FACETS, LISTED, SORTS
from graph.view.lists_state import ListState
from graph.view.overview import items
from graph.view.words import LANGS
from tests.view.support import build_edition

QUERIES = ("a", "ناجا", "security council", "P08", "می‌شود", "شورای تأمین", "nosuchword", "")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_edition(tmp_path_factory.mktemp("derived"))


@pytest.fixture(scope="module")
def store(home: Path) -> Store:
    return open_store(home)


@pytest.fixture(scope="module")
def folder(home: Path, store: Store) -> Path:
    edition = find_edition(home)
    write(store, edition)
    return edition


@pytest.fixture(scope="module")
def computed(store: Store) -> Derived:
    return open_derived(store)


@pytest.fixture(scope="module")
def read(store: Store, folder: Path) -> Iterator[Derived]:
    found = open_derived(store, folder)
    yield found
    found.close()


def same(one: Incidence, other: Incidence) -> bool:
    cells = all(
        (a != b).nnz == 0
        for a, b in ((one.matrix, other.matrix), (one.weak, other.weak))
        if a.shape == b.shape
    )
    return (one.rows, one.columns) == (other.rows, other.columns) and cells


def test_it_is_read_and_not_computed(read: Derived, computed: Derived) -> None:
    assert (read.stored, computed.stored) == (True, False)


def test_facts_are_the_same(read: Derived, computed: Derived) -> None:
    assert dict(read.catalogue.names) == dict(computed.catalogue.names)
    assert read.counts == computed.counts
    assert read.findings == computed.findings
    assert read.doubts == computed.doubts
    assert read.entries == computed.entries
    assert computed.doubts
    assert computed.entries


@pytest.mark.parametrize("query", QUERIES)
def test_the_search_finds_the_same(read: Derived, computed: Derived, query: str) -> None:
    assert read.index.find(query) == computed.index.find(query)
    assert read.index.top(query, 3, 10) == (
        computed.index.find(query, 10)[:3],
        len(computed.index.find(query, 10)),
    )


@pytest.mark.parametrize("kind", LISTED)
def test_lists_are_the_same(read: Derived, computed: Derived, kind: str) -> None:
    one, other = read.list(kind), computed.list(kind)
    assert list(one.lines) == list(other.lines)
    for lang in LANGS:
        for column in SORTS[kind]:
            for sort in (column, f"-{column}"):
                state = replace(ListState.read(kind, []), sort=sort)
                assert one.page(state, lang) == other.page(state, lang)
        for words in QUERIES:
            state = replace(ListState.read(kind, []), q=words)
            assert one.page(state, lang) == other.page(state, lang)
    for facet, twin in zip(one.facets, other.facets, strict=True):
        assert facet.values == twin.values
        assert all(facet.told(line) == twin.told(line) for line in other.lines)
    assert len(one.facets) == len(FACETS[kind])


def test_tables_are_the_same_and_equal_those_of_the_graph(
    read: Derived, computed: Derived, store: Store
) -> None:
    assert all(same(read.tables[name], computed.tables[name]) for name in TABLES)
    graph = read_graph(store)
    for many in range(1, len(WAYS) + 1):
        for ways in combinations(WAYS, many):
            chosen = {way: way in ways for way in WAYS}
            expected = agency_table(graph, **chosen)
            assert same(joined(read.tables[way] for way in ways), expected), ways
    only = {"named": True, "collectives": False, "inferred": False, "rollup": False}
    expected_tables, facets = tables(graph, **only), overlap_facets(graph)
    assert all(same(read.tables[name], expected_tables[name]) for name in OTHERS)
    assert all(same(read.tables[kept], facets[name]) for name, kept in COMPARED.items())
    assert read.tables["named"].matrix.nnz
    assert read_tables(store)["named"].weak.shape == read.tables["named"].weak.shape


def cut(folder: Path) -> None:
    body = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(body[: len(body) // 2])


def changed(folder: Path) -> None:
    body = bytearray((folder / FILE).read_bytes())
    body[len(body) // 2] ^= 1
    (folder / FILE).write_bytes(body)


def of_another(folder: Path, member: str, value: object) -> None:
    voucher = json.loads((folder / VOUCHER).read_text())
    (folder / VOUCHER).write_text(json.dumps({**voucher, member: value}))


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / FILE).unlink(),
        lambda folder: (folder / VOUCHER).unlink(),
        lambda folder: (folder / VOUCHER).write_text("{"),
        lambda folder: (folder / VOUCHER).write_text("[]"),
        cut,
        changed,
        lambda folder: of_another(folder, "fingerprint", "0" * 64),
        lambda folder: of_another(folder, "layout", 0),
    ],
)
def test_what_is_damaged_is_computed_and_made_anew(
    store: Store, computed: Derived, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    write(store, tmp_path)
    damage(tmp_path)
    with pytest.raises(DerivedError):
        opened(tmp_path, store.manifest.fingerprint)
    assert open_derived(store, tmp_path).stored is False
    assert open_derived(store, tmp_path).counts == computed.counts
    write(store, tmp_path)
    again = open_derived(store, tmp_path)
    assert again.stored
    assert again.counts == computed.counts
    again.close()


def test_the_same_edition_gives_the_same_tables_and_leaves_nothing_else(store: Store, tmp_path: Path) -> None:
    write(store, tmp_path)
    first = (tmp_path / FILE).read_bytes()
    write(store, tmp_path)
    assert (tmp_path / FILE).read_bytes() == first
    assert sorted(path.name for path in tmp_path.iterdir()) == [VOUCHER, FILE]


def test_a_second_process_makes_the_same_tables(
    store: Store, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.derived.writing._WORTH", 1)
    write(store, tmp_path)
    built = find_edition(home)
    edition = tmp_path / built.name
    shutil.copytree(built, edition, ignore=shutil.ignore_patterns("derived.*"))
    write(store, edition, processes=2)
    assert (edition / FILE).read_bytes() == (tmp_path / FILE).read_bytes()


def test_what_goes_wrong_in_a_second_process_is_told(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.derived.writing._WORTH", 1)
    with pytest.raises(StoreDamagedError):  # it reads the edition from the folder, which has none
        write(store, tmp_path, processes=2)
    assert list(tmp_path.iterdir()) == []


def test_a_cancelled_writing_leaves_what_was_there(store: Store, tmp_path: Path) -> None:
    write(store, tmp_path)
    before = (tmp_path / FILE).read_bytes()

    def stop(done: int, total: int) -> None:
        if done == total // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(store, tmp_path, stop)
    assert (tmp_path / FILE).read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [VOUCHER, FILE]
    found = open_derived(store, tmp_path)
    assert found.stored
    found.close()


def test_what_an_ended_writer_left_goes_and_what_another_writes_stays(store: Store, tmp_path: Path) -> None:
    left, held = (tmp_path / f"{FILE}.{number}.1.new" for number in (1, 2))
    left.write_bytes(b"half")
    with held.open("wb") as writing:
        fcntl.flock(writing, fcntl.LOCK_EX)
        write(store, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [VOUCHER, FILE, held.name]


def test_what_goes_with_each_process_is_the_same(read: Derived, computed: Derived) -> None:
    alike = Alike(computed.analyst, computed.catalogue)
    seen: dict[str, Around] = {}
    for kind in ("process", "service"):
        for item in items(computed.catalogue, kind):
            found = seen[item.ref.id] = around(alike, item.ref.iri)
            assert read.around(item.ref.iri) == found, item.ref.id
            assert computed.around(item.ref.iri) is None
    assert read.around(f"{computed.catalogue.base}process/P99") is None
    assert next(one.ref.id for one in seen["P04"].similar or ()) == "P05"
    assert seen["S01"].similar is None
    assert seen["P04"].needs
    assert any(one.needed_by for one in seen.values())


def test_the_page_of_a_process_computes_nothing(
    folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Alike, "similar", None)
    monkeypatch.setattr(Alike, "needs", None)
    edition = Edition(store, folder)
    page = edition.profiles.profile("process", "P04")
    assert page is not None
    assert page.values["similar"]
    assert page.values["needs"][0]


def test_the_graph_of_an_edition_with_nothing_kept_is_read_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Queryable] = []

    def counted(
        store: Queryable, *, progress: Callable[[int, int], None] | None = None
    ) -> "nx.MultiDiGraph[str]":
        read.append(store)
        return read_graph(store, progress=progress)

    monkeypatch.setattr("graph.analysis.analyst.read_graph", counted)
    edition = Edition(store)
    assert edition.headlines
    edition.renew()
    assert edition.analyst.graph.number_of_nodes()
    assert edition.profiles.profile("process", "P04") is not None
    assert len(read) == 1
