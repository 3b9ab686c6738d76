"""Nothing that is marked confidential leaves with --public, and what is not marked stays."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.export import ExportError, Request, make_export, redact
from graph.export.collect import store_of
from graph.export.redact import confidential_nodes
from graph.paths import ontology_dir
from graph.records import Catalogue
from graph.store import Store, fingerprint_of
from tests.export.conftest import BASE, CONFIDENTIAL, node, parse, term

ONTOLOGY = ontology_dir()
MARK = term("confidentiality")
WORDS_OF_OURS = ("graph/codes", "graph/ontology", "graph/meta")


def marked(quads: set[ox.Quad]) -> set[str]:
    return {q.subject.value for q in quads if q.predicate == MARK and q.object.value == CONFIDENTIAL}


def texts(quads: set[ox.Quad], nodes: set[str]) -> set[str]:
    """The words that stand on some nodes."""
    return {
        quad.object.value
        for quad in quads
        if quad.subject.value in nodes and isinstance(quad.object, ox.Literal) and quad.object.language
    }


def with_marks(store: Store, *paths: str, extra: tuple[ox.Quad, ...] = ()) -> Store:
    marks = [ox.Quad(node(path), MARK, ox.NamedNode(CONFIDENTIAL), node("graph/test")) for path in paths]
    return store_of([*store.quads(), *marks, *extra], store.manifest)


def assert_gone(public: Store, nodes: set[str], words: set[str]) -> None:
    """No such IRI anywhere, and no such words in any value; found by looking at the text of the dataset."""
    quads = set(public.quads())
    for quad in quads:
        parts = {getattr(part, "value", "") for part in (quad.subject, quad.predicate, quad.graph_name)}
        assert not parts & nodes
        if isinstance(quad.object, ox.NamedNode):
            assert quad.object.value not in nodes
        elif quad.graph_name.value.removeprefix(BASE) not in WORDS_OF_OURS:
            assert not [word for word in words if word in quad.object.value], quad


def test_shipped_catalogue_loses_every_marked_value(store: Store, catalogue: Catalogue) -> None:
    before = set(store.quads())
    nodes = marked(before)
    # counted in the records themselves: keys confidential: "yes"
    written = sum(str(record.data).count("'confidential': 'yes'") for record in catalogue.all_records())
    assert len(nodes) == written > 70
    public, removed = redact(store, ONTOLOGY)
    assert_gone(public, nodes, texts(before, nodes))
    assert removed.values >= len(nodes)
    assert removed.statements == len(before) - len(public)
    assert not removed.unknown_rules


def test_every_file_of_a_public_export_is_clean(store: Store) -> None:
    before = set(store.quads())
    nodes = marked(before)
    words = texts(before, nodes)
    request = Request(
        profiles=("full", "cpsv-ap", "dataset", "owl-time"),
        per_record=True,
        public=True,
        base_url="https://x.org/",
    )
    made = make_export(store, request, ONTOLOGY)
    for file in made.files:
        text = file.content.decode("utf-8")
        assert not [word for word in words if word in text], file.name
        assert not [iri for iri in nodes if f"<{iri}>" in text or f'"{iri}"' in text], file.name
        assert store.manifest.fingerprint not in text, (
            "the fingerprint of the whole would let a guess be tested"
        )
    assert made.fingerprint != store.manifest.fingerprint


def test_unmarked_things_stay(store: Store) -> None:
    before = set(store.quads())
    public, removed = redact(store, ONTOLOGY)
    after = set(public.quads())
    assert after < before
    lost = Counter(quad.subject.value.removeprefix(BASE).split("/")[1] for quad in before - after)
    touched = {iri.removeprefix(BASE).split("/")[1] for iri in marked(before)}
    assert set(lost) - touched - {"record"} == set()
    for quad in before:
        if quad.subject.value.startswith((BASE + "process/P08/", BASE + "agency/", BASE + "service/")):
            assert quad in after
    twelfth = [quad for quad in before if quad.subject == node("process/P12/template-1")]
    assert twelfth
    assert set(twelfth) <= after
    assert set(removed.by_record) == {f"process/{name}" for name in touched}


def test_conclusions_from_confidential_values_go_and_others_stay(store: Store) -> None:
    inferred = BASE + "graph/inferred/"
    public, removed = redact(store, ONTOLOGY)
    before = {q for q in store.quads() if q.graph_name.value.startswith(inferred)}
    after = {q for q in public.quads() if q.graph_name.value.startswith(inferred)}
    assert after < before
    assert len(before - after) == removed.conclusions
    assert not [quad for quad in after if quad.predicate == term("saysConfidential")]
    # the in-person channel of P09 was concluded from four confidential cells, that of P08 from open ones
    channel = {quad.subject.value for quad in after if "channel-in-person" in quad.subject.value}
    assert BASE + "process/P08/channel-in-person" in channel
    assert BASE + "process/P09/channel-in-person" not in channel


def test_a_confidential_field_takes_its_copies_with_it(store: Store) -> None:
    spoilt = with_marks(store, "process/P08/field-goal", "process/P08/field-output")
    before = set(spoilt.quads())
    nodes = {BASE + "process/P08/field-goal", BASE + "process/P08/field-output"}
    public, _ = redact(spoilt, ONTOLOGY)
    assert_gone(public, nodes | {BASE + "process/P08/output"}, texts(before, nodes))
    left = {quad.predicate for quad in public.quads() if quad.subject == node("process/P08")}
    assert term("goal") not in left
    assert term("hasStep") in left
    assert term("recipientsAsWritten") in left


def test_a_confidential_field_whose_parts_are_not_marked_takes_its_parts(store: Store) -> None:
    spoilt = with_marks(store, "process/P08/field-regulations")
    nodes = confidential_nodes(spoilt.quads(), ONTOLOGY)
    assert BASE + "process/P08/regulation-1" in nodes
    # the doubt about that line of that field speaks of it; the one about the trigger does not
    assert BASE + "process/P08/doubt-2" in nodes
    assert BASE + "process/P08/doubt-1" not in nodes
    public, _ = redact(spoilt, ONTOLOGY)
    followed = [
        q for q in public.quads() if q.subject == node("process/P08") and "follows" in q.predicate.value
    ]
    assert followed == []
    assert any(quad.subject == node("instrument/theft-document") for quad in public.quads())


def test_a_confidential_row_takes_its_own_names_only(store: Store) -> None:
    nodes = confidential_nodes(with_marks(store, "process/P11/partner-row-1").quads(), ONTOLOGY)
    assert BASE + "process/P11/partner-1-2" in nodes
    assert BASE + "process/P11/partner-2-1" not in nodes
    # P08 prints the same row twice: the copy says the same
    nodes = confidential_nodes(with_marks(store, "process/P08/partner-row-1").quads(), ONTOLOGY)
    assert BASE + "process/P08/partner-2-2" in nodes


@pytest.mark.parametrize("path", ["instrument/theft-document", "template/minutes-form"])
def test_a_confidential_instrument_or_template_goes_with_what_names_it(store: Store, path: str) -> None:
    spoilt = with_marks(store, path)
    before = set(spoilt.quads())
    named = {q.subject.value for q in before if q.predicate == term("resolvesTo") and q.object == node(path)}
    public, removed = redact(spoilt, ONTOLOGY)
    assert named
    assert_gone(public, {BASE + path} | named, texts(before, {BASE + path}))
    assert path in removed.by_record


def test_a_confidential_partner_does_not_wipe_out_the_name_of_the_body(store: Store) -> None:
    spoilt = with_marks(store, "process/P08/partner-1-2")
    public, _ = redact(spoilt, ONTOLOGY)
    after = set(public.quads())
    assert not [quad for quad in after if quad.subject == node("process/P08/partner-1-2")]
    own = [q for q in after if q.subject.value.startswith(BASE + "process/P08") and "ناجا" in str(q.object)]
    assert own == []
    assert [q for q in after if q.subject == node("agency/police") and "ناجا" in str(q.object)]
    assert [q for q in after if "/process/P11/" in str(q.subject) and "ناجا" in str(q.object)]


def test_what_lies_under_a_confidential_node_goes_too(store: Store) -> None:
    nodes = confidential_nodes(with_marks(store, "agency/police").quads(), ONTOLOGY)
    assert BASE + "agency/police/alias-1" in nodes


def test_nothing_marked_nothing_lost(store: Store) -> None:
    dataset, removed = redact(redact(store, ONTOLOGY)[0], ONTOLOGY)
    again, none = redact(dataset, ONTOLOGY)
    assert (none.statements, none.values, dict(none.by_record)) == (0, 0, {})
    assert (removed.statements, removed.values) == (0, 0)
    assert again.manifest.fingerprint == dataset.manifest.fingerprint == dataset.manifest.rdfc


def test_digests_of_records_that_lost_something_go(store: Store) -> None:
    public, _ = redact(store, ONTOLOGY)
    kept = {
        q.subject.value.removeprefix(BASE + "graph/record/")
        for q in public.quads()
        if q.predicate == term("recordDigest")
    }
    assert "P07" not in kept
    assert "P08" in kept


def test_conclusions_of_a_rule_that_changed_since_are_left_out(store: Store, tmp_path: Path) -> None:
    import shutil

    other = tmp_path / "ontology"
    shutil.copytree(ONTOLOGY, other)
    rule = other / "rules" / "next-step.rq"
    rule.write_text(rule.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    public, removed = redact(store, other)
    assert removed.unknown_rules == ("next-step",)
    assert BASE + "graph/inferred/next-step" not in public.graphs()
    assert BASE + "graph/inferred/involves-agency" in public.graphs()


def test_without_the_questions_nothing_is_exported(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="nothing would be left out"):
        redact(store, tmp_path)


def test_the_public_dataset_has_its_own_fingerprint(store: Store) -> None:
    made = make_export(store, Request(formats=("nquads",), public=True), ONTOLOGY)
    content = made.files[0].content
    assert hashlib.sha256(content).hexdigest() == made.fingerprint == fingerprint_of(content)
    assert parse(content, "nquads") == set(redact(store, ONTOLOGY)[0].quads())
