"""The command: files, words in both languages, errors that say what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.export.writing import lines_of
from graph.store import Store, write_edition
from graph.store.manifest import Manifest, canonical_fingerprint
from tests.export.conftest import parse


@pytest.fixture(scope="module")
def folder(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("store")
    write_edition(where, lines_of(store.quads()), store.manifest.to_dict())
    return where


def run(folder: Path, *arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["export", "--store", str(folder), *map(str, arguments)])
    return result.exit_code, result.output


def test_a_folder_gets_the_whole_dataset_its_description_and_its_sitemap(
    folder: Path, tmp_path: Path
) -> None:
    code, words = run(folder, "--out", tmp_path / "out")
    assert code == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {
        "daftar.trig",
        "daftar.nq",
        "daftar.ttl",
        "daftar.jsonld",
        "dataset.ttl",
        "sitemap.xml",
        "owl-time.ttl",
    } < names
    assert "daftar.trig" in words
    assert "No licence is stated" in words


def test_one_file_takes_its_format_from_its_ending(folder: Path, store: Store, tmp_path: Path) -> None:
    out = tmp_path / "sub" / "all.nq"
    code, words = run(folder, "--out", out)
    assert code == 0
    assert parse(out.read_bytes(), "nquads") == set(store.quads())
    assert [path.name for path in out.parent.iterdir()] == ["all.nq"]
    assert str(out) in words


def test_the_shortfall_is_said_in_both_languages(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "services.ttl"
    code, words = run(folder, "--out", out, "--profile", "cpsv-ap")
    assert code == 0
    assert "A rule (process or instrument) has a description. 10 of 37 do not" in words
    _, words = run(folder, "--out", out, "--profile", "cpsv-ap", "--lang", "fa")
    assert "10 از 37 ندارد" in words


def test_what_is_left_out_is_said_by_record(folder: Path, tmp_path: Path) -> None:
    code, words = run(folder, "--out", tmp_path / "public.trig", "--public")
    assert code == 0
    assert "Not marked does not mean public" in words
    assert "process/P15: 2 values" in words
    _, words = run(folder, "--out", tmp_path / "public.trig", "--public", "--lang", "fa")
    assert "process/P15: 2 مقدار" in words


def test_a_public_export_replaces_a_whole_one(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(folder, "--out", out)[0] == 0
    assert run(folder, "--out", out, "--public", "--profile", "full", "--format", "turtle")[0] == 0
    assert {path.name for path in out.iterdir()} == {"daftar.ttl", "sitemap.xml", "SHA256SUMS"}


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--out", "x.ttl", "--per-record"), "one file holds one profile"),
        (("--out", "x.ttl", "--profile", "full", "--profile", "cpsv-ap"), "one file holds one profile"),
        (("--out", "x.ttl", "--format", "trig"), "means turtle, not trig"),
        (("--out", "x.tll"), "no known ending"),
        (("--out", "x", "--profile", "no"), "'no' is not one of"),
        ((), "Missing option '--out'"),
    ],
)
def test_a_wrong_command_line_is_explained(folder: Path, arguments: tuple[str, ...], reason: str) -> None:
    code, words = run(folder, *arguments)
    assert code == 2
    assert reason in words


def test_no_store_and_no_place_to_write(folder: Path, tmp_path: Path) -> None:
    code, words = run(tmp_path / "none", "--out", tmp_path / "out")
    assert (code, "daftar build" in words) == (4, True)
    (tmp_path / "file").write_bytes(b"")
    code, words = run(folder, "--out", tmp_path / "file" / "x.ttl")
    assert code == 4


def test_the_licence_of_the_settings_is_stated(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAFTAR_LICENCE", "https://x.org/licence")
    code, words = run(folder, "--out", tmp_path / "d.ttl", "--profile", "dataset")
    assert code == 0
    assert "No licence" not in words
    assert "<https://x.org/licence>" in (tmp_path / "d.ttl").read_text(encoding="utf-8")


def test_info_shows_the_canonical_fingerprint(folder: Path, store: Store) -> None:
    result = CliRunner().invoke(main, ["info", "--store", str(folder)])
    assert f"RDFC-1.0     {store.manifest.rdfc}" in result.output
    # a dataset without blank nodes is canonical already
    assert store.manifest.rdfc == store.manifest.fingerprint


def test_the_canonical_fingerprint_does_not_hang_on_names_of_blank_nodes() -> None:
    one = b"_:a <urn:p> _:b .\n_:b <urn:p> <urn:x> .\n"
    same = b"_:z <urn:p> <urn:x> .\n_:c <urn:p> _:z .\n"
    other = b"_:z <urn:p> <urn:y> .\n_:c <urn:p> _:z .\n"
    assert canonical_fingerprint(one) == canonical_fingerprint(same) != canonical_fingerprint(other)


def test_a_manifest_from_before_still_opens(store: Store) -> None:
    old = json.loads(json.dumps(store.manifest.to_dict()))
    del old["rdfc"]
    assert Manifest.from_dict(old).rdfc == ""
