"""Validation in buckets finds what validation of the whole finds, however many buckets and workers."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import BASE, PREFIXES
from hypothesis import given, settings
from hypothesis import strategies as st
from many import many, renamed

from graph.build import BuildError, Dataset, Finding, build, inspect, validate
from graph.build.checks import check_results, read_checks
from graph.build.edition import build_edition
from graph.build.examine import Examiner
from graph.build.gather import Gathering, bucket_of, by_property
from graph.build.gather_checks import CHECKED
from graph.build.ontology import DF
from graph.build.recheck import recheck
from graph.build.results import Result
from graph.build.shapes import shape_results
from graph.paths import bundled_data_dir, ontology_dir
from graph.records import Catalogue, RecordErrors, load_catalogue
from tests.build.bad_records import CHECKS, SHAPES

GATHERING = sorted(
    path.stem for path in ontology_dir().glob("checks/*.rq") if "# gathers:" in path.read_text("utf-8")
)
# Faults that say of another record's parts that they are one's own, which no record can.
_OF_OTHERS = {"S02-documents", "S05-one-process", "S09-plan-agrees"}


def whole(dataset: Dataset) -> set[Result]:
    return {*shape_results(dataset), *check_results(dataset)}


def parted(dataset: Dataset, catalogue: Catalogue, buckets: int) -> set[Result]:
    """Share out the statements as a build in buckets does, and examine each share by itself."""
    of_entry = {entry.id: entry.data["denotes"] for entry in catalogue.index}
    parts: dict[int, list[ox.Quad]] = defaultdict(list)
    namer = Examiner((), BASE, dataset.ontology, Gathering(frozenset(), buckets))
    own: dict[int, set[str]] = defaultdict(set)
    for quad in dataset:
        assert isinstance(quad.subject, ox.NamedNode)
        thing = namer.thing_of(quad.subject.value)
        kind, _, ident = thing.rpartition("/")
        apart = kind in {"process", "service", "form", "index", "graph/record"}
        number = bucket_of(of_entry.get(ident[:3], ident[:3]) + ident[3:], buckets) if apart else -1
        parts[number].append(quad)
        own[number].add(thing)
    examiner = Examiner(parts[-1], BASE, dataset.ontology, Gathering(frozenset(), buckets))
    types = [quad for quad in dataset if quad.object == ox.NamedNode(f"{DF}Process")]
    found = examiner.common(examiner.store())
    slices: dict[str, list[bytes]] = defaultdict(list)
    for number in range(buckets):
        found |= examiner.bucket(examiner.store(parts[number]), own[number], types)
        asserted = [quad for quad in parts[number] if "/graph/inferred/" not in str(quad.graph_name)]
        for name, text in examiner.slices(by_property(asserted)).items():
            slices[name].append(text)
    for name, texts in slices.items():
        found |= examiner.across(name, read(texts))
    return found


def read(texts: Iterable[bytes]) -> set[ox.Quad]:
    return {quad for text in texts for quad in ox.parse(text, format=ox.RdfFormat.N_QUADS)}


@pytest.mark.parametrize("buckets", [2, 8])
def test_many_faults_in_one_record(faulty: Dataset, catalogue: Catalogue, buckets: int) -> None:
    expected, found = whole(faulty), parted(faulty, catalogue, buckets)
    assert {result for result in expected if result.shape not in _OF_OTHERS} <= found <= expected
    assert len({result.shape for result in found}) > 80


@pytest.fixture(scope="module")
def faults(dataset: Dataset) -> Dataset:
    """A copy of the made-up catalogue for each shape and check, with its fault."""
    large = many(dataset, len(SHAPES))
    for faults_of_kind in (SHAPES, CHECKS):
        for copy, (name, (update, _)) in enumerate(faults_of_kind.items(), start=1):
            own = re.sub("<process/P0[23]>", "<process/P01/another>", update)
            large.store.update(PREFIXES + renamed(own if name in _OF_OTHERS else update, copy))
    return large


def test_a_fault_of_every_kind(faults: Dataset, catalogue: Catalogue) -> None:
    expected, found = whole(faults), parted(faults, catalogue, 4)
    assert found == expected
    # three faults are of one code, which the copies share: one undoes another
    assert {*SHAPES, *CHECKS} - {result.shape for result in found} <= {
        "S16-notation-twice",
        "S16-notation-iri",
    }


@pytest.mark.parametrize("name", GATHERING)
def test_a_check_that_crosses_records_must_say_so(
    faulty: Dataset, catalogue: Catalogue, tmp_path: Path, name: str
) -> None:
    """The test above would see it: without its header such a check finds something else in buckets."""
    folder = Path(shutil.copytree(ontology_dir(), tmp_path / "ontology"))
    path = folder / "checks" / f"{name}.rq"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("# gathers:")), "utf-8")
    there = Dataset(faulty.store, BASE, folder)
    assert of(name, parted(there, catalogue, 8)) != of(name, whole(faulty))


def of(name: str, results: Iterable[Result]) -> set[Result]:
    return {result for result in results if result.shape == name}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The shipped catalogue with things amiss that look from one record into another."""
    folder = Path(shutil.copytree(bundled_data_dir(), tmp_path / "data"))
    text = (folder / "processes" / "P08.yaml").read_text("utf-8")
    for name in ("P77", "P78", "P79"):  # one title and one list of steps and bodies four times over
        (folder / "processes" / f"{name}.yaml").write_text(text.replace("id: P08", f"id: {name}", 1), "utf-8")
    change(folder, "P20", 'confidential: "yes"', 'note: was marked "yes"', count=1)
    return folder


@pytest.fixture
def small_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.build.plan.RECORDS_OF_A_BUCKET", 4)
    monkeypatch.setattr("graph.build.inspection.BUCKETS_AT_ONCE", 3)


def change(data: Path, name: str, old: str, new: str, count: int = -1) -> None:
    path = data / "processes" / f"{name}.yaml"
    text = path.read_text("utf-8")
    if count < 0:
        assert old in text
    path.write_text(text.replace(old, new, count), "utf-8")


def findings(data: Path, ontology: Path | None = None) -> tuple[Finding, ...]:
    catalogue = load_catalogue(data)
    return validate(build(catalogue, base_iri=BASE, ontology=ontology or ontology_dir()), catalogue).findings


@pytest.mark.usefixtures("small_buckets")
@pytest.mark.parametrize("workers", [1, 2])
def test_a_folder_in_buckets(data: Path, workers: int) -> None:
    told: list[int] = []
    found = inspect(
        data,
        base_iri=BASE,
        ontology=ontology_dir(),
        workers=workers,
        progress=lambda done, all_: told.append(100 * done // all_),
    )
    assert found.report.findings == findings(data)
    assert found.records == sum(load_catalogue(data).counts().values())
    assert {"S20-same-title", "S20-same-lists", "S19-not-announced"} <= {
        each.shape for each in found.report.findings
    }
    assert told == sorted(told)
    assert told[-1] == 100
    assert len(told) > 2


@pytest.mark.usefixtures("small_buckets")
def test_a_shape_that_crosses_records_must_say_so(data: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ontology_dir(), tmp_path / "ontology"))
    path = folder / "shapes" / "things.ttl"
    text = path.read_text("utf-8")
    assert "    sh:group <crossing> ;\n" in text
    path.write_text(text.replace("    sh:group <crossing> ;\n", ""), "utf-8")
    found = inspect(data, base_iri=BASE, ontology=folder, workers=1).report.findings
    assert set(found) - set(findings(data, folder))


@pytest.mark.usefixtures("small_buckets")
def test_some_records_of_many(data: Path) -> None:
    only = ["P78", "P08", "police"]
    found = inspect(data, base_iri=BASE, ontology=ontology_dir(), only=only, workers=1).report.findings
    assert found == tuple(each for each in findings(data) if each.record in only)
    assert {each.record for each in found} >= {"P78", "P08"}
    with pytest.raises(BuildError, match="no record of this catalogue has the id P99"):
        inspect(data, base_iri=BASE, ontology=ontology_dir(), only=["P08", "P99"], workers=1)


@pytest.mark.usefixtures("small_buckets")
@pytest.mark.parametrize("workers", [1, 2])
def test_every_error_of_the_records_is_told(data: Path, workers: int) -> None:
    for name in ("P08", "P20", "P27"):
        change(data, name, "title", "tittle")
    with pytest.raises(RecordErrors) as told:
        load_catalogue(data)
    with pytest.raises(RecordErrors) as also:
        inspect(data, base_iri=BASE, ontology=ontology_dir(), workers=workers)
    assert also.value.errors == told.value.errors


@pytest.mark.usefixtures("small_buckets")
def test_a_shape_that_is_not_compiled_is_checked_on_the_whole(data: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ontology_dir(), tmp_path / "ontology"))
    for path in (*folder.glob("shapes/*.ttl"), *folder.glob("checks/*.rq")):
        path.unlink()
    (folder / "shapes" / "own.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        f"<https://w3id.org/daftar/shape/X1> a sh:PropertyShape ; sh:targetClass <{DF}Process> ;\n"
        '  sh:path <http://purl.org/dc/terms/identifier> ; sh:pattern "^P(?!08)" ;\n'
        '  sh:message "نه"@fa, "not this one"@en .\n',
        "utf-8",
    )
    found = inspect(data, base_iri=BASE, ontology=folder, workers=1).report.findings
    assert [(each.shape, each.record) for each in found] == [("X1", "P08")]


def test_a_check_that_gathers_in_an_unknown_way(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ontology_dir(), tmp_path / "ontology"))
    path = folder / "checks" / "S09-next.rq"
    path.write_text("# gathers: stars\n" + path.read_text("utf-8"), "utf-8")
    with pytest.raises(BuildError, match="gathers 'stars'; choose from titles, lists, mentions"):
        Examiner((), BASE, folder, Gathering(frozenset(), 1))


def test_every_way_to_gather_is_asked_for() -> None:
    there = Dataset(ox.Store(), BASE, ontology_dir())
    assert {check.gathers for check in read_checks(there.ontology)} - {None} == set(CHECKED)


WORDS = st.sampled_from(["گام", "کار", "گام / کار"])
PROCESSES = st.lists(
    st.tuples(
        st.sampled_from(["عنوان", "عنوان دیگر"]),
        st.lists(WORDS, max_size=3),
        st.sets(st.sampled_from(["police", "health"])),
        st.lists(st.tuples(WORDS, st.sampled_from(["law", "rule"]), st.booleans()), max_size=3),
    ),
    min_size=2,
    max_size=5,
)


@settings(max_examples=25, deadline=None)
@given(PROCESSES)
def test_what_is_gathered_is_enough(
    processes: list[tuple[str, list[str], set[str], list[tuple[str, str, bool]]]],
) -> None:
    """Each process a bucket of its own: the checks find in the slices what they find in all of it."""
    parts = [list(said(*process, number)) for number, process in enumerate(processes)]
    examiner = with_instruments()
    slices: dict[str, list[bytes]] = defaultdict(list)
    for part in parts:
        for name, text in examiner.slices(by_property(part)).items():
            slices[name].append(text)
    found = {each for name, texts in slices.items() for each in examiner.across(name, read(texts))}
    everything = examiner.dataset(examiner.store(quad for part in parts for quad in part))
    checks = [check for check in read_checks(ontology_dir()) if check.gathers]
    assert found == set(check_results(everything, checks))


@cache
def with_instruments() -> Examiner:
    base = list(loaded("<instrument/law> a eli:LegalResource . <instrument/rule> a eli:LegalResource ."))
    return Examiner(base, BASE, ontology_dir(), Gathering(frozenset(), 3))


def said(
    title: str, steps: list[str], bodies: set[str], mentions: list[tuple[str, str, bool]], number: int
) -> Iterable[ox.Quad]:
    p = f"process/P{number}"
    text = f'<{p}> a df:Process ; dct:title "{title}"@fa ; dct:identifier "P{number}" . '
    for n, words in enumerate(steps, start=1):
        text += (
            f'<{p}> df:hasStep <{p}/s{n}> . <{p}/s{n}> df:stepNumber {n} ; dct:description "{words}"@fa . '
        )
    for body in bodies:
        text += f"<{p}> cv:hasParticipation <{p}/{body}> . <{p}/{body}> cv:hasParticipant <agency/{body}> . "
    for n, (words, law, generic) in enumerate(mentions):
        kind = "df:mentionKind <https://w3id.org/daftar/code/mention-kind/generic>"
        leads = kind if generic else f"df:resolvesTo <instrument/{law}>"
        text += f'<{p}> df:hasMention <{p}/m{n}> . <{p}/m{n}> df:asWritten "{words}"@fa ; {leads} . '
    return loaded(text)


def loaded(text: str) -> Iterable[ox.Quad]:
    store = ox.Store()
    store.update(f"{PREFIXES} INSERT DATA {{ GRAPH <graph/record/made-up> {{ {text} }} }}")
    return store


def again(data: Path, edition: Path, only: list[str]) -> tuple[Finding, ...]:
    """What is found beside an edition; that nothing else was read is seen from there being an answer."""
    report = recheck(data, edition, base_iri=BASE, ontology=ontology_dir(), only=only)
    assert report is not None
    return report.findings


@pytest.mark.usefixtures("small_buckets")
def test_some_records_beside_an_edition(data: Path, tmp_path: Path) -> None:
    edition = build_edition(
        data, tmp_path / "store", base_iri=BASE, ontology=ontology_dir(), workers=1
    ).edition
    every = findings(data)
    for only in (["P08"], ["P79", "P20"], ["S01"]):
        assert again(data, edition, only) == tuple(each for each in every if each.record in only)
    # what changed since counts: P77 has another title now, and P78 is asked about anew
    change(data, "P77", "  text: ", "  text: دیگر ", count=1)
    change(data, "P08", "  text: ", "  text: دیگر ", count=1)
    text = (data / "processes" / "P78.yaml").read_text("utf-8")
    (data / "processes" / "P80.yaml").write_text(text.replace("id: P78", "id: P80", 1), "utf-8")
    after = findings(data)
    assert set(after) != set(every)
    for only in (["P77"], ["P78"], ["P79"], ["P80"]):
        found = again(data, edition, only)
        assert found == tuple(each for each in after if each.record in only)
        assert "S20-same-title" in {each.shape for each in found}


@pytest.mark.usefixtures("small_buckets")
def test_an_edition_that_does_not_fit_is_left_aside(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = build_edition(
        data, tmp_path / "store", base_iri=BASE, ontology=ontology_dir(), workers=1
    ).edition

    def beside(only: str, base_iri: str = BASE) -> object:
        return recheck(data, edition, base_iri=base_iri, ontology=ontology_dir(), only=[only])

    assert beside("P08") is not None
    assert beside("police") is None
    assert beside("P99") is None
    assert beside("P08", "https://other.example/") is None
    with monkeypatch.context() as patched:
        patched.setattr("graph.build.recheck.MOST_CHANGED", 0)
        change(data, "P20", "  text: ", "  text: دیگر ", count=1)
        assert beside("P08") is None
    change(data, "P20", "title", "tittle")
    with pytest.raises(RecordErrors, match=r"P20\.yaml"):
        beside("P08")
    (data / "processes" / "P79.yaml").unlink()
    assert beside("P08") is None
