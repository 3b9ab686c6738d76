"""*search*: what the search box asks while one types, beside a scan of all names with SPARQL."""

from __future__ import annotations

import time
from functools import partial
from typing import Any

from bench.child import each, held_mb, part
from bench.children import call
from bench.model import Goal, Row, Sample
from bench.places import SEED, store
from bench.synthetic import Plan
from bench.synthetic.forms import title_of
from graph.store import Store, open_store
from graph.store.rows import read_rows

SCAN = "SPARQL CONTAINS over the titles"
_TYPED = (1, 2, 3, 4, 6, 9, 13, 18, 25)
_COUNTED = 100


def typed(size: int, titles: int = 24) -> list[str]:
    """What is typed: the beginnings of titles in both languages, whole words in other order too."""
    plan = Plan(size, SEED)
    random = plan.random("search")
    found: list[str] = []
    for _ in range(titles):
        for title in title_of(plan, random.randrange(size)):
            words = title.replace(",", "").split()
            from_name = " ".join([words[-1], words[0]])
            found += [title[:length].strip() for length in _TYPED] + [words[-1], from_name]
    return found


def run(size: int) -> list[Row]:
    """Measure searches as one types, and the making of the index."""
    _, said = call("bench.search:ours", str(store(size)), size, time_limit=900)
    scan, _ = call("bench.search:scan", str(store(size)), size)
    parts = {one["name"]: one for one in said["parts"]}
    lost = "the index was not made within the limits"

    def sample(name: str) -> Sample:
        one = parts.get(name)
        if one is None:
            return Sample(stopped=lost)
        return Sample(tuple(one["values"]), peak_mb=one["peak_mb"], p99=one.get("p99"), cpu=one["cpu"])

    texts = {"texts in the index": parts["index"]["texts"]} if "index" in parts else {}
    goal = Goal("under 20 ms", 20)
    return [
        Row("search", "one answer while typing", size, "ms", sample("find"), {SCAN: scan}, goal, texts),
        Row("search", "reading the store and its index", size, "s", sample("index")),
    ]


def ours(path: str, size: int) -> dict[str, Any]:
    """The index of the pages, and every search once."""
    from api.edition import Edition

    started, used = time.perf_counter(), time.process_time()
    index = Edition(open_store(path)).index
    part(
        name="index",
        values=[time.perf_counter() - started],
        cpu=time.process_time() - used,
        peak_mb=held_mb(),
        texts=len(getattr(index, "entries", ())),
    )
    for words in typed(size, 2):
        index.find(words, _COUNTED)
    found = each(partial(index.find, words, _COUNTED) for words in typed(size))
    part(name="find", **found, peak_mb=held_mb())
    return {"values": []}


def scan(path: str, size: int) -> dict[str, Any]:
    """The same searches without an index: all titles that contain the words."""

    store = open_store(path)
    asked = typed(size)
    return each((partial(_scan, store, words) for words in asked), enough_s=20)


def _scan(store: Store, words: str) -> None:
    text = words.replace("\\", "").replace('"', "").lower()
    query = f"""SELECT ?thing WHERE {{ ?thing <http://purl.org/dc/terms/title> ?title
        FILTER CONTAINS(LCASE(STR(?title)), "{text}") }} LIMIT 10"""
    read_rows(store.query(query))
