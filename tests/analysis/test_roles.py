"""Brokerage against NetworkX and against counting all triples."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.incidence import Incidence
from graph.analysis.roles import roles
from tests.analysis.test_centrality import AGENCIES, Rows, large_table, modest, projection, tables

kinds = st.dictionaries(st.sampled_from(AGENCIES), st.sampled_from(["army", "health"]))


@modest
@given(tables)
def test_structural_holes_by_definition(rows: Rows) -> None:
    """Constraint: the sum over partners of (p_ij + sum of p_iq p_qj)^2; effective size as NetworkX has it."""
    graph = projection(rows)
    strength = dict(graph.degree(weight="weight"))

    def part(one: str, other: str) -> float:
        return graph.get_edge_data(one, other, {"weight": 0.0})["weight"] / strength[one]

    for one in roles(Incidence.of(rows), {}):
        near = set(graph[one.agency])
        if near:
            wanted = sum(
                (part(one.agency, to) + sum(part(one.agency, by) * part(by, to) for by in near if by != to))
                ** 2
                for to in near
            )
            assert one.constraint == pytest.approx(wanted)
            assert one.effective_size == pytest.approx(nx.effective_size(graph, [one.agency])[one.agency])
        else:
            assert (one.constraint, one.effective_size) == (None, 0)


@modest
@given(tables, kinds)
def test_roles_by_counting_triples(rows: Rows, kind_of: dict[str, str]) -> None:
    graph = projection(rows)
    kind = {name: kind_of.get(name, f"only {name}") for name in graph}
    for one in roles(Incidence.of(rows), kind_of):
        counts = {"coordinator": 0, "gatekeeper": 0, "consultant": 0, "liaison": 0, "only": 0}
        for left, right in combinations(sorted(graph[one.agency]), 2):
            if graph.has_edge(left, right):
                continue
            kinds_there = {kind[left], kind[right], kind[one.agency]}
            if len(kinds_there) == 1:
                counts["coordinator"] += 1
            elif len(kinds_there) == 3:
                counts["liaison"] += 1
            elif kind[left] == kind[right]:
                counts["consultant"] += 1
            else:
                counts["gatekeeper"] += 1
            counts["only"] += set(graph[left]) & set(graph[right]) == {one.agency}
        assert counts == {name: getattr(one, name) for name in counts}
        assert one.brokered == sum(counts.values()) - counts["only"]


def test_order_and_larger_table() -> None:
    table = large_table(80, 120, 5)
    found = roles(table, {name: name[-1] for name in table.columns})
    assert [(-one.only, -one.brokered, one.agency) for one in found] == sorted(
        (-one.only, -one.brokered, one.agency) for one in found
    )
    graph = projection({row: table.columns_of(row) for row in table.rows})
    size = nx.effective_size(graph)
    for one in found:
        if one.partners:
            assert one.effective_size == pytest.approx(size[one.agency])
