"""Made-up catalogues: the same bytes each time, right by every rule, Zipf-like, no real name."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bench.synthetic import Plan, write_catalogue
from bench.synthetic.forms import process_record
from bench.synthetic.words import name
from bench.synthetic.write import files
from bench.synthetic.yamltext import list_text, record_text
from graph.build import build, validate
from graph.paths import ontology_dir
from graph.records import load_catalogue


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("synthetic") / "data"
    write_catalogue(Plan(36), folder)
    return folder


def _digest(folder: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        found.update(f"{path.relative_to(folder)}\n".encode() + path.read_bytes())
    return found.hexdigest()


def test_another_process_with_another_hash_order_writes_the_same_bytes(small: Path, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "bench.generate", "--processes", "36", "--out", str(tmp_path / "again")],
        check=True,
        capture_output=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONHASHSEED": "4711"},
    )
    assert _digest(tmp_path / "again") == _digest(small)


def test_another_seed_gives_another_catalogue() -> None:
    assert process_record(Plan(36, seed=1), 0) != process_record(Plan(36, seed=2), 0)


def test_nothing_is_written_over(small: Path) -> None:
    with pytest.raises(FileExistsError, match="not empty"):
        write_catalogue(Plan(36), small)


@pytest.mark.slow
def test_it_loads_builds_and_breaks_no_rule(small: Path) -> None:
    catalogue = load_catalogue(small)
    assert catalogue.counts()["process"] == 36
    dataset = build(catalogue, base_iri="https://example.org/", ontology=ontology_dir())
    report = validate(dataset, catalogue)
    assert report.counts["violation"] == 0, [each.text("en") for each in report.findings][:5]
    assert 100 <= len(dataset.store) / 36 <= 400


def test_the_text_reads_back_as_the_record() -> None:
    plan = Plan(300, seed=7)
    for process in range(300):
        record = process_record(plan, process)
        assert yaml.load(record_text(record), Loader=yaml.BaseLoader) == record  # noqa: S506


_LETTERS = st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" \u200c")


@given(
    st.recursive(
        st.text(_LETTERS, min_size=1),
        lambda inner: st.dictionaries(st.sampled_from("abc"), inner, min_size=1),
        max_leaves=5,
    )
)
def test_any_text_reads_back(value: object) -> None:
    records = [{"key": value, "list": ["yes", "a: b"]}]
    assert yaml.load(list_text(records), Loader=yaml.BaseLoader) == records  # noqa: S506


def test_the_use_of_bodies_falls_as_zipf_says() -> None:
    plan = Plan(3000)
    used: Counter[str] = Counter()
    for process in range(plan.processes):
        for row in process_record(plan, process).get("partners", []):
            used.update({each["agency"] for each in row["names"] if "agency" in each})
    counts = np.array(sorted(used.values(), reverse=True), dtype=float)
    top = counts[1 : plan.bodies // 3]
    slope = np.polyfit(np.log(np.arange(2, len(top) + 2)), np.log(top), 1)[0]
    assert -1.3 < slope < -0.6
    assert len(counts) > plan.bodies * 0.8
    assert counts[0] < plan.processes / 4


def _names_of_data() -> set[str]:
    found: set[str] = set()
    for path in sorted((Path(__file__).parents[2] / "data").rglob("*.yaml")):
        content = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
        for record in content if isinstance(content, list) else [content]:
            found.update(record.get(key, "") for key in ("label", "labelEn", "titleEn"))
            found.update(record.get("spellings", ()))
            found.add(
                record.get("title", {}).get("text", "") if isinstance(record.get("title"), dict) else ""
            )
    return found - {""}


def test_no_name_of_the_real_catalogue_occurs() -> None:
    text = "\n".join(text for _, text, _ in files(Plan(600)))
    known = sorted(_names_of_data())
    assert len(known) > 150
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, known)) + r")(?!\w)")
    assert pattern.findall(text) == []


def test_no_name_comes_twice() -> None:
    assert len({name(number) for number in range(70_000)}) == 70_000
