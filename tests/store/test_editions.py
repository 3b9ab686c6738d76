"""Editions on disk: replaced at once or not at all."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.store import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreMissingError,
    find_edition,
    fingerprint_of,
    open_store,
    read_edition,
    write_edition,
)
from tests.store.conftest import dataset, manifest_of

OLD, NEW = dataset(40, "old"), dataset(60, "new")


def write(folder: Path, nquads: bytes) -> Path:
    return write_edition(folder, nquads, manifest_of(nquads))


def test_what_is_written_is_read(tmp_path: Path) -> None:
    edition = write(tmp_path / "deep" / "store", OLD)
    assert edition.name == fingerprint_of(OLD)
    nquads, manifest = read_edition(find_edition(tmp_path / "deep" / "store"))
    assert nquads == OLD
    assert manifest.to_dict() == manifest_of(OLD)


def test_the_newest_answers_and_two_are_kept(tmp_path: Path) -> None:
    names = [write(tmp_path, dataset(5, word)).name for word in ("a", "b", "c")]
    assert find_edition(tmp_path).name == names[-1]
    assert {path.name for path in (tmp_path / "editions").iterdir()} == set(names[1:])


def test_building_the_same_again_keeps_the_one_before(tmp_path: Path) -> None:
    write(tmp_path, OLD)
    write(tmp_path, NEW)
    before = (tmp_path / "editions" / fingerprint_of(NEW) / "dataset.nq").stat().st_ino
    later = {**manifest_of(NEW), "built_at": "2027-01-01T00:00:00Z"}
    write_edition(tmp_path, NEW, later)
    assert (tmp_path / "editions" / fingerprint_of(NEW) / "dataset.nq").stat().st_ino == before
    assert read_edition(find_edition(tmp_path))[1].built_at == "2027-01-01T00:00:00Z"
    assert {path.name for path in (tmp_path / "editions").iterdir()} == {
        fingerprint_of(OLD),
        fingerprint_of(NEW),
    }


def test_going_back_to_the_one_before(tmp_path: Path) -> None:
    for nquads in (OLD, NEW, OLD):
        write(tmp_path, nquads)
    assert open_store(tmp_path).manifest.fingerprint == fingerprint_of(OLD)


def test_nothing_there(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(StoreMissingError, match='run "daftar build" first'):
            open_store(folder)


def spoil_cut(edition: Path) -> None:
    path = edition / "dataset.nq"
    path.write_bytes(path.read_bytes()[:-200])


def spoil_letter(edition: Path) -> None:
    path = edition / "dataset.nq"
    path.write_bytes(path.read_bytes().replace(b"old 7", b"old 8"))


def spoil_manifest(edition: Path) -> None:
    (edition / "manifest.json").write_text('{"finger', encoding="utf-8")


def spoil_manifest_of_another(edition: Path) -> None:
    (edition / "manifest.json").write_text(json.dumps(manifest_of(NEW)), encoding="utf-8")


def spoil_manifest_list(edition: Path) -> None:
    (edition / "manifest.json").write_text("[]", encoding="utf-8")


def spoil_missing_file(edition: Path) -> None:
    (edition / "dataset.nq").unlink()


def spoil_empty(edition: Path) -> None:
    (edition / "dataset.nq").write_bytes(b"")


def spoil_missing_edition(edition: Path) -> None:
    for path in edition.iterdir():
        path.unlink()
    edition.rmdir()


def spoil_pointer(edition: Path) -> None:
    (edition.parent.parent / "current").write_text("../../etc\n", encoding="ascii")


def spoil_empty_pointer(edition: Path) -> None:
    (edition.parent.parent / "current").write_bytes(b"")


SPOILERS = (
    spoil_cut,
    spoil_letter,
    spoil_manifest,
    spoil_manifest_of_another,
    spoil_manifest_list,
    spoil_missing_file,
    spoil_empty,
    spoil_missing_edition,
    spoil_pointer,
    spoil_empty_pointer,
)


@pytest.mark.parametrize("spoil", SPOILERS)
def test_damage_is_noticed_and_a_build_mends_it(tmp_path: Path, spoil: object) -> None:
    edition = write(tmp_path, OLD)
    assert callable(spoil)
    spoil(edition)
    with pytest.raises(StoreDamagedError, match="daftar build"):
        open_store(tmp_path)
    if spoil in (spoil_pointer, spoil_empty_pointer):
        (tmp_path / "current").unlink()  # as the message says
    write(tmp_path, OLD)
    assert len(open_store(tmp_path)) == 40


def test_unsorted_or_foreign_statements_are_refused(tmp_path: Path) -> None:
    backwards = b"".join(reversed(OLD.splitlines(keepends=True)))
    with pytest.raises(StoreError, match="not sorted"):
        write(tmp_path, backwards)
    with pytest.raises(StoreError, match="belongs to another dataset"):
        write_edition(tmp_path, OLD, manifest_of(NEW))
    assert not (tmp_path / "current").exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match=r"cannot write to .*file.*choose a folder with --store"):
        write(blocked / "store", OLD)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(StoreError, match="Permission denied"):
            write(tmp_path / "store", OLD)
    finally:
        tmp_path.chmod(0o755)


HOLDER = """
import sys
from graph.store.drafts import _locked
from pathlib import Path
with _locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_two_builders_at_once(tmp_path: Path) -> None:
    write(tmp_path, OLD)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(StoreBusyError, match=f"process {holder.pid} is building"):
            write(tmp_path, NEW)
        assert len(open_store(tmp_path)) == 40  # reading needs no lock
        holder.send_signal(signal.SIGKILL)
    write(tmp_path, NEW)  # the lock of a killed builder is gone
    assert len(open_store(tmp_path)) == 60


# Kills itself just before the n-th call that changes the disk.
STEPPER = """
import os, pathlib, signal, sys
from graph.store import write_edition
from tests.store.conftest import dataset, manifest_of
folder, left = pathlib.Path(sys.argv[1]), [int(sys.argv[2])]
def armed(function):
    def call(*args, **kwargs):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args, **kwargs)
    return call
for name in ("fsync", "replace", "rename", "mkdir", "rmdir", "unlink", "open"):
    setattr(os, name, armed(getattr(os, name)))
for name in ("rename", "mkdir", "open"):
    setattr(pathlib.Path, name, armed(getattr(pathlib.Path, name)))
nquads = dataset(60, "new")
write_edition(folder, nquads, manifest_of(nquads))
"""


def test_killed_before_each_step_in_turn(tmp_path: Path) -> None:
    survived, answers = False, []
    for step in range(1, 80):
        folder = tmp_path / str(step)
        write(folder, dataset(5, "older"))
        write(folder, OLD)
        ended = subprocess.run([sys.executable, "-c", STEPPER, str(folder), str(step)], check=False)
        answers.append(len(open_store(folder)))
        if ended.returncode == 0:
            survived = True
            break
        assert ended.returncode == -signal.SIGKILL
        write(folder, NEW)  # and the next build works and clears up
        assert len(open_store(folder)) == 60
        assert len(list((folder / "editions").iterdir())) == 2
    assert survived
    assert set(answers) == {40, 60}
    assert answers == sorted(answers)  # the old one until a moment, the new one from then on


LOOPER = """
import pathlib, sys
from graph.store import write_edition
from tests.store.conftest import dataset, manifest_of
choices = [dataset(40, "old"), dataset(60, "new")]
print("ready", flush=True)
while True:
    for nquads in choices:
        write_edition(pathlib.Path(sys.argv[1]), nquads, manifest_of(nquads))
"""


@pytest.mark.slow
def test_killed_at_random_moments(tmp_path: Path) -> None:
    chance = random.Random(1396)  # noqa: S311 - not a secret
    write(tmp_path, OLD)
    seen = set()
    for _ in range(30):
        with subprocess.Popen(
            [sys.executable, "-c", LOOPER, str(tmp_path)], stdout=subprocess.PIPE
        ) as builder:
            assert builder.stdout is not None
            assert builder.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0, 0.03))
            builder.send_signal(signal.SIGKILL)
        store = open_store(tmp_path)
        assert store.manifest.quads == len(store)
        seen.add(len(store))
    assert seen <= {40, 60}


def test_readers_meet_a_whole_edition_while_builders_build(tmp_path: Path) -> None:
    write(tmp_path, OLD)
    with subprocess.Popen([sys.executable, "-c", LOOPER, str(tmp_path)], stdout=subprocess.PIPE) as builder:
        assert builder.stdout is not None
        builder.stdout.readline()
        sizes = {len(open_store(tmp_path)) for _ in range(40)}
        builder.kill()
    assert sizes <= {40, 60}
