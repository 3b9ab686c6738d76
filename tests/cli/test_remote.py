"""Every command on a store that is a server does what it does on a folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph.cli import main
from tests.store.servers import oxigraph


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with oxigraph(tmp_path_factory.mktemp("server")) as server:
        yield server.url


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


def run(store: str | Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, [*arguments], env={"DAFTAR_STORE": str(store)}, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture(scope="module", autouse=True)
def built(url: str, folder: Path) -> str:
    run(folder, "build")
    said = run(url, "build").output
    assert f"into {url} (" in said
    assert " graphs put, 0 kept, 0 dropped)" in said
    return said


def test_to_build_again_says_that_it_was_there(url: str) -> None:
    assert f"into {url} (was there already): edition" in run(url, "build").output


@pytest.mark.parametrize(
    "arguments",
    [
        ("query", "SELECT ?p ?t { ?p a df:Process ; dct:title ?t } ORDER BY ?t"),
        (
            "query",
            "--format",
            "csv",
            "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?p a df:Process } } GROUP BY ?g ORDER BY ?g",
        ),
        ("query", "ASK { ?p a df:Process }"),
        (
            "query",
            "--format",
            "ntriples",
            "--limit",
            "0",
            "DESCRIBE <https://w3id.org/daftar/id/agency/police>",
        ),
        ("ask", "who-meets", "--lang", "fa"),
        ("ask", "steps-saying", "--text", "استان"),
    ],
)
def test_a_question_has_the_same_answer(url: str, folder: Path, arguments: tuple[str, ...]) -> None:
    ours, theirs = (run(store, *arguments).output.splitlines() for store in (folder, url))
    assert sorted(theirs) == sorted(ours)


def test_info_is_the_same_but_for_the_place_and_the_time(url: str, folder: Path) -> None:
    ours, theirs = (json.loads(run(store, "info", "--json").output) for store in (folder, url))
    for manifest in (ours, theirs):
        manifest.pop("built_at")
    assert theirs == ours


def test_the_graph_view_is_the_same(url: str, folder: Path, tmp_path: Path) -> None:
    pages = []
    for name, store in (("ours", folder), ("theirs", url)):
        run(store, "view", "--out", str(tmp_path / f"{name}.html"))
        pages.append((tmp_path / f"{name}.html").read_text(encoding="utf-8"))
    assert pages[0] == pages[1]


def test_the_export_is_the_same(url: str, folder: Path, tmp_path: Path) -> None:
    for name, store in (("ours", folder), ("theirs", url)):
        run(store, "export", "--format", "nquads", "--out", str(tmp_path / name))
    ours, theirs = (sorted((tmp_path / name).iterdir()) for name in ("ours", "theirs"))
    assert [path.name for path in ours] == [path.name for path in theirs]


def test_a_server_that_is_not_there_is_one_clear_line() -> None:
    environment = {"DAFTAR_STORE": "http://127.0.0.1:9/sparql", "DAFTAR_STORE_ATTEMPTS": "1"}
    result = CliRunner().invoke(main, ["info"], env=environment)
    assert result.exit_code == 4
    assert result.stderr.startswith("daftar: http://127.0.0.1:9/sparql does not answer:")
