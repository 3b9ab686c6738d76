"""``daftar network``: files that other tools open."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pandas
import pytest
from click.testing import CliRunner, Result

from graph.analysis.analyst import Analyst
from graph.analysis.exchange import read_back
from graph.cli import main
from graph.store import open_store
from tests.view.support import build_edition


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(build_edition(tmp_path_factory.mktemp("store")))


def run(store: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["network", *arguments], env={"DAFTAR_STORE": store})


@pytest.mark.parametrize(
    ("name", "format_name"),
    [("a.gexf", "gexf"), ("a.graphml", "graphml"), ("a.net", "pajek"), ("a.json", "json"), ("folder", "csv")],
)
def test_the_ending_names_the_format(store: str, tmp_path: Path, name: str, format_name: str) -> None:
    result = run(store, "--out", str(tmp_path / name))
    assert result.exit_code == 0, result.output
    expected = Analyst(open_store(store)).graph
    found = read_back(tmp_path / name, format_name)
    assert nx.utils.graphs_equal(nx.MultiDiGraph(found), nx.MultiDiGraph(expected))


def test_spreadsheets_get_no_formula(store: str, tmp_path: Path) -> None:
    run(store, "--out", str(tmp_path / "folder"), "--spreadsheet", "--needs")
    edges = pandas.read_csv(tmp_path / "folder" / "edges.csv", dtype=str, keep_default_na=False)
    assert len(edges) > 100
    assert not edges.apply(lambda column: column.str.startswith(("=", "+", "@"))).any().any()


@pytest.mark.parametrize(("name", "words"), [("a.dot", "end it in"), ("a.gexf", "name a folder")])
def test_what_is_wrong_is_said(store: str, tmp_path: Path, name: str, words: str) -> None:
    result = run(store, "--out", str(tmp_path / name), *(["--spreadsheet"] if "gexf" in name else []))
    assert result.exit_code == 2
    assert words in result.stderr
