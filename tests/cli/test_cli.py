"""The ``daftar`` command, as people run it."""

from __future__ import annotations

import csv
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import chdir
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph.cli import main
from graph.derived import open_derived
from graph.store import find_edition, open_store
from tests.records.conftest import SMALL

DAFTAR = [str(Path(sys.executable).parent / "daftar")]
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def daftar(*arguments: str, cwd: Path, stdin: str = "", **environment: str) -> Result:
    """Run the command in a folder, without a terminal; in this process, which saves loading everything."""
    unset: dict[str, str | None] = {name: None for name in os.environ if name.startswith("DAFTAR_")}
    with chdir(cwd):
        result = CliRunner().invoke(main, arguments, input=stdin, env={**unset, **environment})
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def program(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the installed program."""
    command = [*DAFTAR, *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the small catalogue was built."""
    folder = tmp_path_factory.mktemp("built")
    result = daftar("build", "--data", str(SMALL), cwd=folder)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("Built ")
    assert "(2 processes, 1 services)" in result.stdout
    return folder


def test_help_lists_the_commands(tmp_path: Path) -> None:
    result = program("--help", cwd=tmp_path)
    for name in ("build", "validate", "query", "info", "view", "serve"):
        assert f"\n  {name} " in result.stdout


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys; from graph.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pyoxigraph', 'rdflib', 'pydantic', 'rich', 'fastapi', 'networkx', 'babel'}\n"
        "print('HEAVY', sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert "HEAVY []" in result.stdout


def test_version(tmp_path: Path) -> None:
    assert program("--version", cwd=tmp_path).stdout.split()[0] == "daftar"


def test_a_command_that_there_is_not(tmp_path: Path) -> None:
    result = program("buidl", cwd=tmp_path)
    assert result.returncode == 2
    assert "No such command 'buidl'" in result.stderr


def test_two_builds_are_the_same_byte_for_byte(built: Path, tmp_path: Path) -> None:
    assert daftar("build", "--data", str(SMALL), "--store", "other", cwd=tmp_path).exit_code == 0
    ours = (tmp_path / "other" / "current").read_text(encoding="ascii")
    theirs = (built / ".daftar" / "current").read_text(encoding="ascii")
    assert ours == theirs


def test_info(built: Path) -> None:
    told = json.loads(daftar("info", "--json", cwd=built).stdout)
    assert told["records"]["process"] == 2
    assert sum(told["graphs"].values()) == told["quads"]
    assert told["sources"] == {"sample-1396": "0" * 64}
    text = daftar("info", cwd=built).stdout
    assert told["fingerprint"] in text
    assert f"Statements   {told['quads']:,} in {len(told['graphs'])} graphs" in text
    assert "2 process" in text
    assert "graph/record/* (3 graphs)" in text


def test_query_counts_what_info_says(built: Path) -> None:
    told = json.loads(daftar("info", "--json", cwd=built).stdout)
    result = daftar("query", COUNT, "--format", "csv", cwd=built)
    assert result.stdout.split() == ["n", str(told["quads"])]


def test_query_from_everywhere(built: Path, tmp_path: Path) -> None:
    query = 'SELECT ?t { ?p a df:Process ; dct:identifier "P01" ; dct:title ?t FILTER(LANG(?t) = "fa") }'
    file = tmp_path / "ask me.rq"
    file.write_text(query, encoding="utf-8")
    store = ("--format", "csv", "--store", str(built / ".daftar"))
    for result in (
        daftar("query", query, *store, cwd=tmp_path),
        daftar("query", "ask me.rq", *store, cwd=tmp_path),
        daftar("query", "--file", str(file), *store, cwd=tmp_path),
        daftar("query", "-", *store, cwd=tmp_path, stdin=query),
        daftar("query", *store, cwd=tmp_path, stdin=query),
    ):
        assert result.stdout == "t\nبرگزاری جلسات شورا\n", result.stderr


def test_query_formats(built: Path) -> None:
    rows = "SELECT ?s ?o { ?s dct:title ?o } ORDER BY ?s ?o LIMIT 2"
    assert len(list(csv.reader(StringIO(daftar("query", rows, "--format", "csv", cwd=built).stdout)))) == 3
    assert daftar("query", rows, "--format", "tsv", cwd=built).stdout.startswith("?s\t?o\n")
    assert (
        len(json.loads(daftar("query", rows, "--format", "json", cwd=built).stdout)["results"]["bindings"])
        == 2
    )
    assert daftar("query", rows, "--format", "xml", cwd=built).stdout.startswith("<?xml")
    graph = "CONSTRUCT { ?s dct:title ?o } { ?s dct:title ?o } LIMIT 1"
    for name, mark in {
        "turtle": "dct:title",
        "ntriples": "<http://purl.org/dc/terms/title>",
        "nquads": "<http://purl.org/dc/terms/title>",
        "trig": "dct:title",
        "rdfxml": "rdf:RDF",
        "jsonld": "@id",
    }.items():
        assert mark in daftar("query", graph, "--format", name, cwd=built).stdout
    assert daftar("query", graph, cwd=built).stdout.startswith("@prefix dct:")


def test_query_table(built: Path) -> None:
    query = "SELECT ?p ?t ?none { ?p a df:Process ; dct:title ?t FILTER(LANG(?t) = 'fa') } ORDER BY ?p"
    lines = daftar("query", query, cwd=built).stdout.splitlines()
    assert [word for word in lines[3].split("│") if word.strip()] == [
        " <process/P01> ",
        " برگزاری جلسات شورا ",
    ]
    assert lines[-1] == "2 rows"
    assert daftar("query", "ASK { ?p a df:Process }", cwd=built).stdout == "yes\n"
    assert daftar("query", "ASK { ?p a df:Nothing }", cwd=built).stdout == "no\n"


def test_a_table_obeys_nothing_that_is_in_the_data(built: Path) -> None:
    query = "SELECT ('\\u001b[31mred\\u0007\\u202e' AS ?x) ('[bold]b[/bold]' AS ?y) {}"
    shown = daftar("query", query, cwd=built).stdout
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "\u202e" not in shown
    assert "[bold]b[/bold]" in shown


def test_a_cut_answer_says_so(built: Path) -> None:
    query = "SELECT ?s { ?s ?p ?o }"
    cut = daftar("query", query, "--limit", "5", "--format", "csv", cwd=built)
    assert len(cut.stdout.splitlines()) == 7  # heading, five rows, and the line that says it
    assert cut.stdout.splitlines()[-1] == '"# truncated after 5: limit of rows"'
    assert "cut after 5 rows" in cut.stderr
    by_setting = daftar("query", query, "--format", "csv", cwd=built, DAFTAR_QUERY_ROWS="7")
    assert len(by_setting.stdout.splitlines()) == 9
    assert "cut after 7 rows" in by_setting.stderr
    whole = daftar("query", query, "--limit", "0", "--format", "csv", cwd=built, DAFTAR_QUERY_ROWS="7")
    assert len(whole.stdout.splitlines()) > 100
    assert whole.stderr == ""


FAILURES: dict[str, tuple[list[str], int, str]] = {
    "syntax": (["query", "SELECT * { ?s ?p\n ?o ?z }"], 5, "no SPARQL at line 2, column 5"),
    "update": (["query", "DROP ALL"], 5, "only questions are answered"),
    "service": (["query", "ASK { SERVICE <http://127.0.0.1:9/> {} }"], 5, "SERVICE asks another server"),
    "time": (
        ["query", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "--timeout", "0.2"],
        5,
        "0.2 s",
    ),
    "format": (["query", "ASK {}", "--format", "turtle"], 5, "cannot be written as turtle"),
    "no store": (["query", "ASK {}", "--store", "nowhere"], 4, 'run "daftar build" first'),
    "no store info": (["info", "--store", "nowhere"], 4, 'run "daftar build" first'),
    "no store view": (["view", "--out", "x.html", "--store", "nowhere"], 4, 'run "daftar build" first'),
    "no store serve": (["serve", "--store", "nowhere"], 4, 'run "daftar build" first'),
    "no data": (["build", "--data", "nowhere"], 2, "there is no such folder"),
    "no data validate": (["validate", "--data", "nowhere"], 2, "there is no such folder"),
    "no query file": (["query", "--file", "nowhere.rq"], 4, "nowhere.rq: No such file"),
    "two queries": (["query", "ASK {}", "--file", "x.rq"], 2, "not both"),
    "no query": (["query"], 5, "there is no question"),
    "bad limit": (["query", "ASK {}", "--limit", "-1"], 2, "-1 is not in the range"),
    "bad base": (["build", "--base-iri", "nonsense"], 2, "DAFTAR_BASE_IRI"),
    "store is a file": (
        ["build", "--data", str(SMALL), "--store", "/dev/null/x"],
        4,
        "choose a folder with --store",
    ),
}


@pytest.mark.parametrize("what", FAILURES)
def test_a_failure_is_one_clean_message(built: Path, what: str) -> None:
    arguments, code, message = FAILURES[what]
    result = daftar(*arguments, cwd=built)
    assert result.exit_code == code, result.stderr
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_a_bad_setting_in_the_environment(built: Path) -> None:
    result = daftar("query", "ASK {}", cwd=built, DAFTAR_QUERY_ROWS="many")
    assert result.exit_code == 2
    assert "DAFTAR_QUERY_ROWS" in result.stderr


def test_wrong_records_leave_the_old_graph(small: Path, tmp_path: Path) -> None:
    store = ("--store", str(tmp_path / "s"))
    assert daftar("build", "--data", str(small), *store, cwd=tmp_path).exit_code == 0
    path = small / "processes/P01.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("agency: police,", "agency: polise,"), encoding="utf-8"
    )
    result = daftar("build", "--data", str(small), *store, cwd=tmp_path)
    assert result.exit_code == 2
    assert (
        f'{path}:58:22: P01/partners/0/names/0/agency: there is no agency "polise"; did you mean "police"?'
        in result.stderr
    )
    assert daftar("query", COUNT, *store, cwd=tmp_path).exit_code == 0
    assert daftar("validate", "--data", str(small), cwd=tmp_path).exit_code == 2


def test_validate(tmp_path: Path) -> None:
    lenient = daftar("validate", "--data", str(SMALL), cwd=tmp_path)
    strict = daftar("validate", "--data", str(SMALL), "--strict", cwd=tmp_path)
    persian = daftar("validate", "--data", str(SMALL), "--lang", "fa", cwd=tmp_path)
    assert lenient.stdout == strict.stdout
    warnings = [line for line in lenient.stdout.splitlines() if ": warning " in line]
    # the unresolved name in row 2 of section 8 stands in line 61 of the document
    assert any("P01" in line and "(line 61)" in line for line in warnings)
    assert ": violation " not in lenient.stdout
    assert (lenient.exit_code, strict.exit_code) == (0, 1)
    assert lenient.stdout.splitlines()[-1].startswith("15 records: ")
    assert persian.stdout.splitlines()[-1].startswith("15 رکورد: ")


def test_view(built: Path, tmp_path: Path) -> None:
    out = tmp_path / "graph.html"
    result = daftar("view", "--out", str(out), "--lang", "en", cwd=built)
    assert result.exit_code == 0, result.stderr
    page = out.read_text(encoding="utf-8")
    assert "Police" in page
    assert result.stdout == f"Wrote {out} ({out.stat().st_size:,} bytes).\n"


def test_a_reader_that_stops_early_is_no_error(built: Path) -> None:
    query = "SELECT * { ?s ?p ?o }"
    with subprocess.Popen(
        [*DAFTAR, "query", query, "--format", "csv", "--limit", "0"],
        cwd=built,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_serve_says_where_and_stops(built: Path) -> None:
    with subprocess.Popen(
        [*DAFTAR, "serve", "--port", "0"],
        cwd=built,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdout is not None
        words = process.stdout.readline().decode().split()
        assert words[:3] == ["Daftar", "is", "at"]
        assert _answers(words[3])
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0


def _answers(url: str) -> bool:
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"{url}/sparql?query=ASK%7B%7D", timeout=5) as response:  # noqa: S310
                return bool(response.status == 200)
        except OSError:
            time.sleep(0.05)
    return False


def test_a_port_that_is_taken(built: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = daftar("serve", "--port", str(taken.getsockname()[1]), cwd=built)
    assert result.exit_code == 4
    assert "Address already in use" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("most", "orders"), [(0, ["", "--tables"]), (5_000, ["--no-tables", ""])], ids=["large", "small"]
)
def test_tables_are_computed_when_the_catalogue_is_small_or_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, orders: list[str]
) -> None:
    monkeypatch.setattr("graph.analysis.sizes.MOST_READ", most)
    stored = []
    for options in map(str.split, orders):
        assert daftar("build", "--data", str(SMALL), *options, cwd=tmp_path).exit_code == 0
        folder = find_edition(tmp_path / ".daftar")
        stored.append(open_derived(open_store(tmp_path / ".daftar"), folder).stored)
    assert stored == [False, True]
