"""Tables of processes by what they go with, straight from the store: no graph is read into memory for them.

They equal those of :mod:`graph.analysis.projection_tables`, which are made from the projected graph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph.analysis.incidence import Incidence
from graph.analysis.projection_facts import local_name
from graph.query.question_terms import rows_of
from graph.store import Store

#: Ways for a body to be in a process, each with the property that says so.
WAYS: Mapping[str, str] = {
    "named": "df:involvesAgency",
    "collectives": "df:involvesCollective",
    "inferred": "df:involvesAgencyInferred",
    "rollup": "df:involvesAgencyRollup",
}
#: The other tables.
OTHERS: Mapping[str, str] = {
    "instrument": "?process cpsv:follows|cv:hasLegalResource ?target",
    "form": "?process df:usesTemplate ?target",
    "step-type": "?process df:hasStep/df:stepType ?target",
    "recipient": "?process dct:audience|df:serves ?target",
}
#: Tables in which processes are compared: what fits no other code is left out, and copied steps are weak.
COMPARED: Mapping[str, str] = {"step-type": "compared-step-type", "recipient": "compared-recipient"}
#: The names of all tables.
TABLES = (*WAYS, *OTHERS, *COMPARED.values())
_STEPS = """SELECT ?process ?step ?type ?words WHERE { ?process df:hasStep ?step . ?step df:stepType ?type
  OPTIONAL { ?step dct:description ?words FILTER(LANG(?words) != "en") } }
  ORDER BY ?process ?step ?type ?words"""
_RESIDUAL = 'SELECT DISTINCT ?code WHERE { ?code skos:notation ?notation FILTER(STR(?notation) = "other") }'
_UNRESOLVED = "https://w3id.org/daftar/code/resolution-status/unresolved"
_PROCESSES = """SELECT ?process (MIN(STR(?id)) AS ?short) WHERE {
  ?process a df:Process . ?form df:documents ?process OPTIONAL { ?process dct:identifier ?id } }
  GROUP BY ?process"""
_ROWS = """SELECT DISTINCT ?process ?row ?words WHERE { ?process df:hasFieldReading ?reading .
  ?reading df:field <https://w3id.org/daftar/code/field/partners> .
  ?reading df:rowNumber ?row ; df:asWritten ?words }"""
_NAMES = """SELECT DISTINCT ?process ?part ?row ?agent ?status WHERE { ?process cv:hasParticipation ?part .
  ?part cv:hasParticipant ?agent OPTIONAL { ?part df:rowNumber ?row }
  OPTIONAL { ?part df:resolutionStatus ?status } }"""
_ABOVE = "SELECT DISTINCT ?body ?above WHERE { ?body org:subOrganizationOf|org:unitOf|org:postIn ?above }"
_MEMBERS = """SELECT DISTINCT ?group ?member WHERE { ?group df:membersOf ?body .
  ?membership a org:Membership ; org:organization ?body ; org:member ?member }"""


def read_tables(store: Store) -> dict[str, Incidence]:
    """Read all tables, each with the same rows: the processes that have a form.

    Args:
        store: The graph.

    Returns:
        Tables under the names in ``TABLES``.
    """
    rows = _processes(store)
    known = frozenset(rows)
    found = {name: _cells(store, f"?process {curie} ?target") for name, curie in WAYS.items()}
    firm = _firm(store)
    tables = {}
    for name, cells in found.items():
        weak = [
            (process, body)
            for process, bodies in cells.items()
            if process in known
            for body in bodies
            if firm.get((name, process, body)) is False
        ]
        tables[name] = _table(rows, cells, weak)
    for name, pattern in OTHERS.items():
        tables[name] = _table(rows, _cells(store, pattern), ())
    residual = {row["code"].value for row in rows_of(store, _RESIDUAL)}
    copied = _copied_steps(store)
    for name, compared in COMPARED.items():
        table = tables[name]
        typed = {row: table.columns_of(row) - residual for row in rows}
        of_steps = copied if name == "step-type" else ()
        weak_cells = [one for one in of_steps if one[1] in typed.get(one[0], ())]
        tables[compared] = Incidence.of(typed, weak_cells, table.columns)
    return tables


def joined(tables: Iterable[Incidence]) -> Incidence:
    """Tables with the same rows as one; a cell is weak when it is weak in all that have it.

    Args:
        tables: At least one.

    Returns:
        The table, its columns sorted.
    """
    chosen = list(tables)
    columns = sorted({name for table in chosen for name in table.columns})
    place = {name: number for number, name in enumerate(columns)}
    shape = (len(chosen[0].rows), len(columns))
    cells: Any = sparse.csr_array(shape, dtype=np.int8)
    firm = cells.copy()
    for table in chosen:
        moved = np.array([place[name] for name in table.columns], dtype=np.int64)
        cells = cells.maximum(_moved(table.matrix, moved, shape))
        firm = firm.maximum(_moved(table.without_weak.matrix, moved, shape))
    weak = (cells - firm).tocsr()
    weak.eliminate_zeros()
    for matrix in (cells, weak):
        matrix.sort_indices()
    return Incidence(chosen[0].rows, tuple(columns), cells, weak)


def _moved(matrix: sparse.csr_array, moved: NDArray[np.int64], shape: tuple[int, int]) -> sparse.csr_array:
    at = matrix.tocoo()
    return sparse.coo_array((at.data.astype(np.int8), (at.row, moved[at.col])), shape=shape).tocsr()


def _processes(store: Store) -> tuple[str, ...]:
    found = []
    for row in rows_of(store, _PROCESSES):
        if row.get("process") is not None:
            iri = row["process"].value
            found.append((row["short"].value if row["short"] is not None else local_name(iri), iri))
    return tuple(iri for _, iri in sorted(found))


def _cells(store: Store, pattern: str) -> dict[str, set[str]]:
    cells: dict[str, set[str]] = defaultdict(set)
    for row in rows_of(store, f"SELECT DISTINCT ?process ?target WHERE {{ {pattern} }}"):
        cells[row["process"].value].add(row["target"].value)
    return cells


def _table(
    rows: tuple[str, ...], cells: Mapping[str, Iterable[str]], weak: Iterable[tuple[str, str]]
) -> Incidence:
    return Incidence.of({row: cells.get(row, ()) for row in rows}, weak)


def _firm(store: Store) -> dict[tuple[str, str, str], bool]:
    """By way, process and body: whether a name of a partner stands behind it that no copied row holds.

    See :meth:`graph.analysis.projection_support.Support.copied` for what is copied.
    """
    rows = [
        (r["process"].value, r["row"].value, r["words"].value)
        for r in rows_of(store, _ROWS)
        if r["words"].value
    ]
    first: dict[str, str] = {}
    for owner, _, words in rows:
        first[words] = min(first.get(words, owner), owner)
    copied = {(owner, row) for owner, row, words in rows if first[words] < owner}
    above, members = (
        _closed(_pairs(store, _ABOVE, "body", "above")),
        _pairs(store, _MEMBERS, "group", "member"),
    )
    firm: dict[tuple[str, str, str], bool] = {}
    for r in rows_of(store, _NAMES):
        process, agent = r["process"].value, r["agent"].value
        own = (process, r["row"].value if r["row"] is not None else "") not in copied
        leads = [("collectives", agent)]
        if r["status"] is None or r["status"].value != _UNRESOLVED:
            leads.append(("named", agent))
        leads += [("inferred", member) for member in members.get(agent, ())]
        leads += [("rollup", body) for body in above.get(agent, ())]
        for way, body in leads:
            firm[way, process, body] = firm.get((way, process, body), False) or own
    return firm


def _copied_steps(store: Store) -> set[tuple[str, str]]:
    """Processes with types of steps of which each stands word for word in the form of an earlier process."""
    steps: dict[tuple[str, str, str], str] = {}
    for r in rows_of(store, _STEPS):
        words = r["words"].value if r["words"] is not None else ""
        steps.setdefault((r["process"].value, r["type"].value, r["step"].value), words)
    first: dict[str, str] = {}
    for (process, _, _), words in steps.items():
        first[words] = min(first.get(words, process), process)
    own = {key[:2] for key, words in steps.items() if not words or first[words] == key[0]}
    return {key[:2] for key in steps} - own


def _pairs(store: Store, sparql: str, one: str, other: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows_of(store, sparql):
        found[row[one].value].add(row[other].value)
    return found


def _closed(parents: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """All that stand above each, however far."""
    closed: dict[str, set[str]] = {}
    for body in parents:
        todo, found = [body], set[str]()
        while todo:
            new = parents.get(todo.pop(), set()) - found
            found |= new
            todo.extend(new)
        closed[body] = found
    return closed
