"""Files are replaced whole, old ones of ours do not linger, those of others are left alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from graph.export import ExportError, ExportFile, write_file, write_folder


def file(name: str, content: bytes = b"new") -> ExportFile:
    return ExportFile(name, "text/plain", content)


def test_a_failed_write_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        write_file(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_checksums_come_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    replace = os.replace

    def spy(source: Path, target: Path) -> None:
        order.append(target.name)
        replace(source, target)

    monkeypatch.setattr(os, "replace", spy)
    write_folder(tmp_path, [file("b.txt"), file("sub/a.txt")])
    assert order == ["b.txt", "a.txt", "SHA256SUMS"]


def test_files_of_an_earlier_export_go_and_others_stay(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_bytes(b"mine")
    write_folder(tmp_path, [file("daftar.nq"), file("records/a.trig")])
    write_folder(tmp_path, [file("daftar.ttl")])
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [
        "SHA256SUMS",
        "daftar.ttl",
        "mine.txt",
    ]


def test_a_changed_list_cannot_reach_out_of_the_folder(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_bytes(b"keep")
    folder = tmp_path / "out"
    folder.mkdir()
    lines = f"{'0' * 64}  ../outside.txt\n{'0' * 64}  {outside}\n"
    (folder / "SHA256SUMS").write_text(lines, encoding="utf-8")
    write_folder(folder, [file("a.txt")])
    assert outside.read_bytes() == b"keep"


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="two files"):
        write_folder(tmp_path, [file("a.txt"), file("a.txt")])
