"""Rows read out at once: the engine's answer never outlives the call, whoever ends the work."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pyoxigraph
import pytest

from graph.store.rows import read_rows

ROWS = "SELECT ?n ?none { VALUES ?n { 1 2 3 } }"


def test_rows_in_the_order_of_the_projection() -> None:
    found = read_rows(pyoxigraph.Store().query(ROWS))
    assert found.names == ("n", "none")
    assert [(number.value, none) for number, none in found.rows] == [("1", None), ("2", None), ("3", None)]
    assert [row["n"].value for row in found.mappings()] == ["1", "2", "3"]


@pytest.mark.parametrize("query", ["ASK {}", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_what_is_no_select_is_said(query: str) -> None:
    with pytest.raises(TypeError, match=r"labels\.rq is answered with .*only SELECT"):
        read_rows(pyoxigraph.Store().query(query), "labels.rq")


def test_work_that_is_ended_leaves_nothing_to_drop_in_another_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that refers to itself is freed by the collector, in whichever thread that runs."""
    refused: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", refused.append)

    def rows() -> Iterator[Any]:
        return (row for row in read_rows(pyoxigraph.Store().query(ROWS)).rows)

    def work() -> None:
        try:
            for _ in rows():
                raise InterruptedError
        except InterruptedError as error:
            error.args = (error,)

    gc.disable()
    try:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        gc.collect()
    finally:
        gc.enable()
    assert refused == []
