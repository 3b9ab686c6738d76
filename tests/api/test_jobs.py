"""Long analyses as jobs, on a catalogue that is told to be large."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import graph.analysis.analyst as analyst_module
from api.app import create_app
from graph.analysis.analyst import Analyst
from graph.settings import Settings
from tests.api.client import Client


@pytest.fixture
def large(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    monkeypatch.setattr(analyst_module, "MOST_READ", 0)
    with Client(create_app(Settings(store=str(folder)))) as client:
        yield client


def until(client: Client, address: str, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    for _ in range(500):
        found: dict[str, Any] = client.get(address).json()
        if wanted(found):
            return found
        time.sleep(0.02)
    raise AssertionError(found)


def test_a_job_makes_the_result_that_page_and_file_then_show(large: Client) -> None:
    page = large.get("/en/analyses/meetings")
    assert page.status_code == 200
    assert 'action="/api/jobs"' in page.text
    assert large.get("/api/analyses/meetings").status_code == 409

    started = large.post("/api/jobs", data={"analysis": "meetings"})
    assert started.status_code == 202
    done = until(large, started.headers["Location"], lambda job: job["state"] not in ("waiting", "running"))
    assert done["state"] == "done"

    page = large.get("/en/analyses/meetings")
    assert 'action="/api/jobs"' not in page.text
    assert "Groups that meet" in page.text
    assert large.get("/api/analyses/meetings").json()["tables"]


def test_a_form_is_sent_back_to_its_page(large: Client) -> None:
    found = large.post("/api/jobs", data={"analysis": "overlap", "lang": "fa", "most": "5"})
    assert (found.status_code, found.headers["Location"]) == (303, "/fa/analyses/overlap?most=5")


def test_a_job_is_cancelled_at_its_next_step(large: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(analyst: Analyst, _analysis: object, _values: object) -> None:
        begun.set()
        go_on.wait(10)
        assert analyst.progress is not None
        analyst.progress(1, 2)

    monkeypatch.setattr("api.made._make", slow)
    address = large.post("/api/jobs", data={"analysis": "overlap"}).headers["Location"]
    until(large, address, lambda job: job["state"] == "running")
    assert begun.wait(10)
    again = large.post("/api/jobs", data={"analysis": "overlap"})
    assert again.headers["Location"] == address, "the same question joins the job that runs"
    assert large.request("DELETE", address).status_code == 202
    go_on.set()
    assert until(large, address, lambda job: job["state"] != "running")["state"] == "cancelled"
    assert 'action="/api/jobs"' in large.get("/en/analyses/overlap").text, "it can be started again"


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 404),
        ({"analysis": "nonsense"}, 404),
        ({"analysis": "overlap", "most": "many"}, 400),
        ({"analysis": "overlap", "nonsense": "1"}, 400),
    ],
)
def test_wrong_orders_are_refused(large: Client, form: dict[str, str], status: int) -> None:
    assert large.post("/api/jobs", data=form).status_code == status


def test_an_unknown_job_is_said_to_be_unknown(large: Client) -> None:
    assert large.get("/api/jobs/nonsense").status_code == 404
    assert large.request("DELETE", "/api/jobs/nonsense").status_code == 404


@pytest.mark.parametrize("lang", ["en", "fa"])
@pytest.mark.parametrize(
    "path",
    [
        "",
        "matrix",
        "graph",
        "graph?view=around",
        "graph?view=kinds",
        "analyses/dependencies",
        "compare",
        "processes/P08",
        "agencies/police",
    ],
)
def test_pages_of_a_large_catalogue_do_not_read_the_graph(
    large: Client, lang: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("the whole graph was read")

    monkeypatch.setattr(analyst_module, "read_graph", never)
    monkeypatch.setattr("graph.view.graph_source.read_graph", never)
    assert large.get(f"/{lang}/{path}").status_code == 200
