"""Where agencies sit and whose processes are like theirs, by sets in plain Python; flows, access tables."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

import graph.view
from graph.analysis.analyst import Analyst
from graph.analysis.overlap_nearest import SimilarityIndex
from graph.paths import bundled_data_dir
from graph.store import Store
from graph.view.flow import access_table, families_of, flow_of, step_groups
from graph.view.graph_families import families, families_css, family_of
from graph.view.graph_source import Source
from graph.view.process import process_view
from graph.view.reading import Catalogue
from graph.view.standing import BESIDE, NAMED, beside, place_of, standing_of
from tests.view.support import store_of
from tests.view.test_lists import RECORDS, named

BASE = "https://w3id.org/daftar/id/agency/"
PARENTS = {
    one["id"]: one
    for one in yaml.safe_load((bundled_data_dir() / "agencies.yaml").read_text("utf-8"))
    if "parent" in one
}


@pytest.mark.parametrize(
    "agency", ["police", "irgc", "provincial-police", "broadcaster", "interior-ministry"]
)
def test_the_most_alike_are_those_that_share_the_most(
    store: Store, catalogue: Catalogue, agency: str
) -> None:
    table = Analyst(store).agencies(["named"])
    found = standing_of(
        SimilarityIndex(table.transposed),
        table.without_weak.transposed,
        BASE + agency,
        catalogue.ref,
        top=100,
    )
    sets: dict[str, set[str]] = {}
    for ident, record in RECORDS.items():
        for body in named(record):
            sets.setdefault(body, set()).add(ident)
    if agency not in sets:
        assert found is None
        return
    own = sets[agency]
    assert found is not None
    assert found.processes == len(own)
    assert found.rank == sum(len(other) > len(own) for other in sets.values())
    assert found.bodies == len(sets)
    wanted = {
        body: (own & other, len(own - other), len(other - own), len(own & other) / len(own | other))
        for body, other in sets.items()
        if body != agency and own & other
    }
    assert {one.ref.id for one in found.nearest} == set(wanted)
    for one in found.nearest:
        shared, only_this, only_other, likeness = wanted[one.ref.id]
        assert {ref.id for ref in one.shared} == set(sorted(shared)[:NAMED])
        assert one.common == len(shared)
        assert (one.only_this, one.only_other) == (only_this, only_other)
        assert one.likeness == pytest.approx(likeness)
        assert 0 <= one.firm <= len(shared)
    best = sorted((each[3] for each in wanted.values()), reverse=True)
    assert [one.likeness for one in found.nearest] == pytest.approx(best)


def test_with_whom_every_agency_has_most_processes(store: Store, catalogue: Catalogue) -> None:
    table = Analyst(store).agencies(["named"]).transposed
    sets: dict[str, set[str]] = {}
    for ident, record in RECORDS.items():
        for body in named(record):
            sets.setdefault(body, set()).add(ident)
    assert len(sets) > BESIDE
    for agency, own in sets.items():
        counts = {body: len(own & other) for body, other in sets.items() if body != agency and own & other}
        most = sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:BESIDE]
        found = beside(table, BASE + agency, catalogue.ref)
        assert [(ref.id, count) for ref, count in found] == most
    assert beside(table, BASE + "nobody", catalogue.ref) == ()


def test_where_every_agency_sits(catalogue: Catalogue) -> None:
    for agency, record in PARENTS.items():
        place = place_of(catalogue, BASE + agency)
        chain, here = [], agency
        while here in PARENTS:
            chain.append((PARENTS[here]["parent"], PARENTS[here].get("parentBasis") == "text"))
            here = PARENTS[here]["parent"]
        assert [(ref.id, stated) for ref, stated in place.above] == chain[::-1]
        under_the_same = {other for other, one in PARENTS.items() if one["parent"] == record["parent"]}
        assert {ref.id for ref in place.beside} == under_the_same - {record["id"]}
        assert {ref.id for ref in place.below} == {
            other for other, one in PARENTS.items() if one["parent"] == record["id"]
        }


def test_a_circle_of_parents_ends() -> None:
    circle = "".join(
        f"<{BASE}{a}> <http://www.w3.org/ns/org#subOrganizationOf> <{BASE}{b}> . "
        for a, b in (("a", "b"), ("b", "c"), ("c", "a"))
    )
    place = place_of(Catalogue(store_of(f"<{BASE}g> {{ {circle} }}")), f"{BASE}a")
    assert [ref.id for ref, _ in place.above] == ["c", "b"]


def test_every_kind_of_step_has_a_group(catalogue: Catalogue) -> None:
    known = {
        row["code"].value.rpartition("/")[2]
        for row in catalogue.rows(
            "SELECT ?code WHERE { ?code skos:inScheme <https://w3id.org/daftar/code/step-type> }"
        )
    }
    grouped = [kind for group in step_groups().values() for kind in group.kinds]
    assert len(grouped) == len(set(grouped))
    assert set(grouped) == known


def test_a_flow_has_every_step_in_order_with_the_bodies_it_names(catalogue: Catalogue) -> None:
    for ident, record in RECORDS.items():
        view = process_view(catalogue, ident)
        assert view is not None
        flow = flow_of(catalogue, view.steps)
        steps = record.get("steps", [])
        steps = [step for step in steps if isinstance(step, dict)] if isinstance(steps, list) else []
        assert [one.step.number for one in flow.steps] == [int(step["number"]) for step in steps]
        for one, step in zip(flow.steps, steps, strict=True):
            assert step["type"] in one.group.kinds
            assert {ref for ref, _ in one.bodies} == set(one.step.agencies)
        assert sum(n for _, n in flow.groups) == len(flow.steps)


def test_the_access_table_has_every_box(catalogue: Catalogue) -> None:
    for ident, record in RECORDS.items():
        view = process_view(catalogue, ident)
        assert view is not None
        table = access_table(view.stages)
        found = {
            (stage.id.rpartition("/")[2], mode.id.rpartition("/")[2]): cell.mark.id.rpartition("/")[2]
            for stage, cells in table.rows
            for mode, cell in zip(table.modes, cells, strict=True)
            if cell and cell.mark
        }
        assert found == {
            (stage, mode): cell["mark"]
            for stage, modes in record.get("stages", {}).items()
            for mode, cell in modes.items()
        }


def test_the_style_sheet_has_the_colours_of_the_families_and_groups() -> None:
    style = (Path(graph.view.__file__).parent / "static" / "explore.css").read_text("utf-8")
    assert "--family:" not in style  # they have a style sheet of their own, written from the data file
    for name, family in families().items():
        colours = re.findall(rf"\.family-{name} {{ --family: (#\w+); }}", families_css())
        assert colours == [family.light, family.dark]
    for name in step_groups():
        assert len(re.findall(rf"\.step-{name} {{ --step: #\w+; }}", style)) == 2
    assert json.loads((Path(graph.view.__file__).parent / "step_groups.json").read_text("utf-8"))


def test_every_page_gives_a_body_the_same_family(catalogue: Catalogue) -> None:
    """The flow asks for some bodies, the graph for all, and the matrix reads the projected graph."""
    source = Source(catalogue)
    refs = [source.ref(iri) for iri in source.graph if source.ref(iri).kind in ("agency", "collective")]
    assert len(refs) > 80
    some = families_of(catalogue, refs)
    for ref in refs:
        said = source.graph.nodes[ref.iri]
        assert some[ref.iri] is source.family(ref.iri) is family_of(said["kind"], said["subkinds"])
    assert len({family.name for family in some.values()}) > 6
