"""A catalogue many times over: the same records under other names, for a large one in a moment."""

from __future__ import annotations

import re

import pyoxigraph as ox
from conftest import BASE

from graph.build import Dataset
from graph.build.dataset import nquads

# What belongs to a record; codes and the vocabulary are shared by the copies.
_KINDS = "process|service|form|index|comparison|graph/record|agency|collective|instrument|template|source"
_OWN = re.compile(rf"(<(?:{re.escape(BASE)})?(?:{_KINDS})/)([A-Za-z0-9-]+)")


def renamed(text: str, copy: int) -> str:
    """The text with the ids of one copy: `P01` becomes `P0107` in the seventh."""
    return _OWN.sub(lambda found: f"{found[1]}{found[2]}{copy:02}", text)


def many(dataset: Dataset, copies: int) -> Dataset:
    """The dataset with so many copies of each record beside the codes, numbered from 1."""
    lines = nquads(dataset).decode("utf-8").splitlines(keepends=True)
    own = [line for line in lines if _OWN.search(line) and "/graph/meta>" not in line]
    shared = [line for line in lines if not _OWN.search(line) and "/graph/meta>" not in line]
    text = "".join(shared) + "".join(renamed("".join(own), copy) for copy in range(1, copies + 1))
    store = ox.Store()
    store.bulk_load(text.encode("utf-8"), format=ox.RdfFormat.N_QUADS)
    return Dataset(store, dataset.base_iri, dataset.ontology)
