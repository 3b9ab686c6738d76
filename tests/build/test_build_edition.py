"""Editions built in buckets: the same statements as the whole build, however many buckets and workers."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import BASE

from graph.build import BuildError, Dataset, build, nquads
from graph.build.edition import Built, build_edition
from graph.build.gather import GATHERERS
from graph.build.ontology import read_ontology
from graph.build.plan import buckets_for
from graph.build.rules import read_rules
from graph.paths import bundled_data_dir, ontology_dir
from graph.records import RecordErrors, load_catalogue
from graph.store import StoreBusyError, StoreDamagedError, find_edition, open_store, read_edition
from graph.store.drafts import drafting


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the shipped catalogue: it has comparisons, an index, and words that stand in many forms."""
    return Path(shutil.copytree(bundled_data_dir(), tmp_path / "data"))


@pytest.fixture
def small_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.build.plan.RECORDS_OF_A_BUCKET", 4)


def made(data: Path, store: Path, workers: int = 1, ontology: Path | None = None) -> Built:
    return build_edition(data, store, base_iri=BASE, ontology=ontology or ontology_dir(), workers=workers)


def lines(store: Path) -> list[bytes]:
    return sorted(read_edition(find_edition(store))[0].splitlines(keepends=True))


def whole(data: Path) -> list[bytes]:
    dataset = build(load_catalogue(data), base_iri=BASE, ontology=ontology_dir())
    return nquads(dataset).splitlines(keepends=True)


def links(store: Path) -> list[bytes]:
    start = f"<{BASE}process/".encode()
    return [line for line in lines(store) if line.startswith(start) and b"#sameWordingAs> " in line]


def change(data: Path, name: str, old: str, new: str) -> None:
    path = data / "processes" / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_small_catalogue_is_one_sorted_file(data: Path, tmp_path: Path, shipped_dataset: Dataset) -> None:
    built = made(data, tmp_path / "store")
    assert (built.edition / "dataset.nq").read_bytes() == nquads(shipped_dataset)
    assert built.manifest.rdfc == built.manifest.fingerprint == built.edition.name
    assert {path.name for path in built.edition.iterdir()} == {"dataset.nq", "manifest.json"}
    assert built.manifest.records == load_catalogue(data).counts()


@pytest.mark.usefixtures("small_buckets")
@pytest.mark.parametrize("workers", [1, 2])
def test_buckets_hold_what_the_whole_holds_each_statement_once(
    data: Path, tmp_path: Path, shipped_dataset: Dataset, workers: int
) -> None:
    built = made(data, tmp_path / "store", workers)
    assert built.made > 4
    assert lines(tmp_path / "store") == sorted(shipped_dataset_lines(shipped_dataset))
    counts = Counter(quad.graph_name.value for quad in shipped_dataset)  # type: ignore[union-attr]
    assert built.manifest.graphs == counts
    assert built.manifest.quads == len(shipped_dataset) == len(open_store(tmp_path / "store"))


def shipped_dataset_lines(dataset: Dataset) -> list[bytes]:
    return nquads(dataset).splitlines(keepends=True)


@pytest.mark.usefixtures("small_buckets")
def test_the_fingerprint_is_that_of_the_list_of_parts(data: Path, tmp_path: Path) -> None:
    built = made(data, tmp_path / "store")
    files = sorted(built.edition.glob("*.nq"))
    listed = "".join(f"{hashlib.sha256(f.read_bytes()).hexdigest()}  {f.name}\n" for f in files)
    assert built.edition.name == hashlib.sha256(listed.encode()).hexdigest()
    assert len(files) == len(built.manifest.parts) > 5


@pytest.mark.usefixtures("small_buckets")
def test_only_what_changed_is_made_again_and_equals_a_new_build(data: Path, tmp_path: Path) -> None:
    first = made(data, tmp_path / "store")
    again = made(data, tmp_path / "store")
    assert (again.made, again.edition) == (0, first.edition)
    change(data, "P08", "titleEn: ", "titleEn: Once more ")
    some = made(data, tmp_path / "store")
    assert (some.made, some.kept) == (1, first.made - 1)
    assert lines(tmp_path / "store") == whole(data)
    assert made(data, tmp_path / "other").manifest.fingerprint == some.manifest.fingerprint
    change(data, "P08", "titleEn: Once more ", "titleEn: ")
    assert made(data, tmp_path / "store").manifest.fingerprint == first.manifest.fingerprint


@pytest.mark.usefixtures("small_buckets")
def test_a_change_of_words_changes_links_between_records(data: Path, tmp_path: Path) -> None:
    """The link between mentions with the same words lies across buckets; losing one end takes it away."""
    made(data, tmp_path / "store")
    found = links(tmp_path / "store")
    ends = [[part[:3].decode() for part in line.split(b"/process/")[1:]] for line in found]
    name = next(subject for subject, other in ends if subject != other)
    record = load_catalogue(data).by_id["process", name].data
    words = [*record["regulations"].get("mentions", ()), *record["forms"].get("templates", ())]
    path = data / "processes" / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    for word in {mention["text"] for mention in words}:
        text = text.replace(word, f"{word} دیگر")
    path.write_text(text, encoding="utf-8")
    assert made(data, tmp_path / "store").made == 1
    assert lines(tmp_path / "store") == whole(data)
    assert links(tmp_path / "store") != found


@pytest.mark.usefixtures("small_buckets")
def test_records_that_come_and_go(data: Path, tmp_path: Path) -> None:
    made(data, tmp_path / "store")
    text = (data / "processes" / "P08.yaml").read_text(encoding="utf-8")
    (data / "processes" / "P77.yaml").write_text(text.replace("id: P08", "id: P77", 1), encoding="utf-8")
    assert made(data, tmp_path / "store").made == 1
    assert lines(tmp_path / "store") == whole(data)
    (data / "processes" / "P77.yaml").unlink()
    assert made(data, tmp_path / "store").kept == 0  # what pointed at it must be looked at
    assert lines(tmp_path / "store") == whole(data)


@pytest.mark.usefixtures("small_buckets")
@pytest.mark.parametrize(
    "lost", ["making", "making/written.json", "making/common.json", "making/lists.nq", "making/concluded.nq"]
)
def test_what_was_kept_may_be_lost(data: Path, tmp_path: Path, lost: str) -> None:
    built = made(data, tmp_path / "store")
    path = built.edition / lost
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    change(data, "P08", "titleEn: ", "titleEn: Once more ")
    made(data, tmp_path / "store")
    assert lines(tmp_path / "store") == whole(data)


@pytest.mark.usefixtures("small_buckets")
def test_a_list_that_changed_changes_everything(data: Path, tmp_path: Path) -> None:
    made(data, tmp_path / "store")
    path = data / "agencies.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("labelEn: ", "labelEn: The ", 1), encoding="utf-8"
    )
    assert made(data, tmp_path / "store").kept == 0
    assert lines(tmp_path / "store") == whole(data)


@pytest.mark.usefixtures("small_buckets")
@pytest.mark.parametrize("workers", [1, 2])
def test_every_error_is_told_and_the_old_edition_answers(data: Path, tmp_path: Path, workers: int) -> None:
    built = made(data, tmp_path / "store")
    for name in ("P08", "P20", "P27"):
        change(data, name, "title", "tittle")
    with pytest.raises(RecordErrors) as told:
        load_catalogue(data)
    with pytest.raises(RecordErrors) as also:
        made(data, tmp_path / "store", workers)
    assert also.value.errors == told.value.errors
    assert find_edition(tmp_path / "store") == built.edition
    assert not list((tmp_path / "store" / "editions").glob(".new-*"))


@pytest.mark.usefixtures("small_buckets")
def test_errors_in_lists_and_records_are_told_together(data: Path, tmp_path: Path) -> None:
    change(data, "P08", "title", "tittle")
    (data / "forms.yaml").write_text("- id: x y\n", encoding="utf-8")
    with pytest.raises(RecordErrors) as told:
        made(data, tmp_path / "store")
    assert {error.path.name for error in told.value.errors} >= {"P08.yaml", "forms.yaml"}


@pytest.mark.usefixtures("small_buckets")
def test_a_part_that_is_damaged_is_noticed(data: Path, tmp_path: Path) -> None:
    built = made(data, tmp_path / "store")
    part = sorted(built.edition.glob("part-*.nq"))[0]
    part.write_bytes(part.read_bytes()[:-1])
    with pytest.raises(StoreDamagedError, match=part.name):
        open_store(tmp_path / "store")


def test_two_builders_at_once(data: Path, tmp_path: Path) -> None:
    with drafting(tmp_path / "store"), pytest.raises(StoreBusyError):
        made(data, tmp_path / "store")


def test_a_rule_that_gathers_in_an_unknown_way(data: Path, tmp_path: Path) -> None:
    ontology = Path(shutil.copytree(ontology_dir(), tmp_path / "ontology"))
    rule = ontology / "rules" / "next-step.rq"
    rule.write_text("# gathers: stars\n" + rule.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(BuildError, match="gathers 'stars'; choose from compared, wording"):
        made(data, tmp_path / "store", ontology=ontology)


@pytest.mark.usefixtures("small_buckets")
@pytest.mark.parametrize("name", sorted(GATHERERS))
def test_a_rule_that_crosses_records_must_say_so(
    data: Path, tmp_path: Path, shipped_dataset: Dataset, name: str
) -> None:
    """The test above would see it: without its header such a rule concludes something else."""
    ontology = Path(shutil.copytree(ontology_dir(), tmp_path / "ontology"))
    rules = [rule for rule in read_rules(read_ontology(ontology_dir())) if rule.gathers == name]
    assert rules
    for rule in rules:
        path = ontology / "rules" / f"{rule.name}.rq"
        path.write_text(
            path.read_text(encoding="utf-8").replace(f"# gathers: {name}\n", ""), encoding="utf-8"
        )
    made(data, tmp_path / "store", ontology=ontology)
    graphs = {ox.NamedNode(f"{BASE}graph/inferred/{rule.name}") for rule in rules}
    found = {quad for quad in open_store(tmp_path / "store").quads() if quad.graph_name in graphs}
    assert found != {quad for quad in shipped_dataset if quad.graph_name in graphs}


def test_buckets_are_few_and_seldom_change_in_number() -> None:
    sizes = [buckets_for(files) for files in range(1, 100_000, 250)]
    assert sizes == sorted(sizes)
    assert set(sizes) <= {2**n for n in range(10)}
    assert all(files / buckets_for(files) <= 256 for files in (36, 3_000, 50_000, 200_000))


def test_a_base_that_does_not_end_in_a_slash_is_refused(data: Path, tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="must end in '/'"):
        build_edition(data, tmp_path / "store", base_iri="https://example.org/id", ontology=ontology_dir())


@pytest.mark.usefixtures("small_buckets")
def test_the_digest_of_every_record_file_is_kept(data: Path, tmp_path: Path) -> None:
    built = made(data, tmp_path / "store", workers=2)
    kept = json.loads((built.edition / "making" / "files.json").read_text(encoding="utf-8"))
    files = [path for name in ("processes", "services") for path in (data / name).glob("*.yaml")]
    wanted = {
        path.relative_to(data).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }
    assert {name: digest for name, (_, _, digest) in kept.items()} == wanted
