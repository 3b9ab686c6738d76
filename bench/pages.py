"""*pages*: the time on the server and the weight of every kind of page, in both languages."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from bench.child import part, timed
from bench.children import call
from bench.model import Goal, Row, Sample
from bench.places import store
from bench.start import fetch, served, until_ready
from bench.tree import until_idle

_KINDS = {
    "home": "/{lang}/",
    "list of processes": "/{lang}/processes",
    "list of agencies": "/{lang}/agencies",
    "process": "/{lang}/processes/P01",
    "agency": "/{lang}/agencies/body-3",
    "instrument": "/{lang}/instruments/instrument-0",
    "service": "/{lang}/services/S01",
    "index": "/{lang}/index",
    "doubts": "/{lang}/doubts",
    "search": "/{lang}/search?q=plans",
    "search while typing": "/api/search?q=pla&lang={lang}",
    "compare": "/{lang}/compare?one=P01&other=P03",
    "matrix": "/{lang}/matrix",
    "graph": "/{lang}/graph",
    "graph of kinds": "/{lang}/graph?view=kinds",
    "questions": "/{lang}/questions",
    "analyses": "/{lang}/analyses",
    "ontology": "/{lang}/ontology",
    "about": "/{lang}/about",
}
_ONE_PAGE_S = 240.0
_PREPARING_S = 1200.0
_READY = "from a store without tables to the first page"


def run(size: int) -> list[Row]:
    """Measure each page: the first answer of a fresh server, the usual one, and what is sent."""
    whole, said = call("bench.pages:ask", str(store(size)), time_limit=2400)
    asked: dict[str, dict[str, Any]] = {}
    for one in said["parts"]:
        asked.setdefault(one["name"], {"values": [], "first": [], "sent": []}).update(one)
    ready = Sample(tuple(asked.get(_READY, {"values": []})["values"]), stopped=whole.stopped)
    rows = [Row("pages", _READY, size, "s", ready)]
    lost = whole.stopped or "not asked: a page before did not come"
    for kind in _KINDS:
        for lang in ("fa", "en"):
            name = f"{kind}, {lang}"
            one = asked.get(name, {"values": [], "first": [], "sent": [], "stopped": lost})
            stopped = one.get("stopped", "")
            goal = Goal("under 50 ms", 50)
            sent = {"sent": one["sent"][0], "read": one["sent"][1]} if one["sent"] else {}
            facts = {"first": one["first"][0], **sent} if one["first"] else sent
            usual = Sample(tuple(one["values"]), stopped=stopped)
            rows.append(Row("pages", name, size, "ms", usual, goal=goal, facts=facts))
            weight = Sample((one["sent"][1],) if one["sent"] else (), stopped=stopped)
            rows.append(Row("weights", name, size, "kB", weight, goal=Goal("under 300 kB as read", 300)))
    peak = Sample((whole.peak_mb or 0.0,), stopped=whole.stopped)
    rows.append(Row("pages", "memory of the server with all it started", size, "MB", peak))
    return rows


def ask(path: str) -> dict[str, Any]:
    """Ask a server for every page: once while it makes the others ready, five times when it is at rest."""
    started = time.perf_counter()
    with served(path) as (port, pid):
        until_ready(port, "/fa/", _PREPARING_S)
        part(name=_READY, values=[time.perf_counter() - started])
        _each(port, _first)
        until_idle(pid)
        _each(port, _usual)
    return {"values": []}


def _each(port: int, measured: Callable[[int, str], dict[str, list[float]]]) -> None:
    for kind, pattern in _KINDS.items():
        for lang in ("fa", "en"):
            name = f"{kind}, {lang}"
            try:
                part(name=name, **measured(port, pattern.format(lang=lang)))
            except (OSError, AssertionError) as error:
                part(name=name, values=[], stopped=f"error: {type(error).__name__} {error}"[:120])


def _first(port: int, page: str) -> dict[str, list[float]]:
    started = time.perf_counter()
    status, sent, read = fetch(port, page, _ONE_PAGE_S)
    first = time.perf_counter() - started
    if status != 200:
        raise OSError(f"{page} answered {status}")
    return {"first": [first * 1000], "sent": [sent / 1000, read / 1000]}


def _usual(port: int, page: str) -> dict[str, list[float]]:
    usual = timed(lambda: fetch(port, page, _ONE_PAGE_S), 5, 5)["values"]
    return {"values": [one * 1000 for one in usual]}
