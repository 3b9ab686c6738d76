"""How much memory is free: made-up accounts of a system, and what this one says."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.query.room import room

GIB = 2**30


@pytest.fixture
def system(tmp_path: Path) -> tuple[Path, Path]:
    """A machine with 8 GiB of which 6 are free, and a process in no group with a limit."""
    proc, groups = tmp_path / "proc", tmp_path / "groups"
    (proc / "self").mkdir(parents=True)
    meminfo = f"MemTotal: {8 * GIB // 1024} kB\nMemFree: 1 kB\nMemAvailable: {6 * GIB // 1024} kB\n"
    (proc / "meminfo").write_text(meminfo + "HugePages_Total:       0\n")
    (proc / "self" / "cgroup").write_text("0::/system.slice/daftar.service\n")
    groups.mkdir()
    return proc, groups


def group(groups: Path, path: str, most: str, current: int, inactive: int) -> None:
    folder = groups / path
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "memory.max").write_text(f"{most}\n")
    (folder / "memory.current").write_text(f"{current}\n")
    (folder / "memory.stat").write_text(f"anon 5\ninactive_file {inactive}\n")


def test_of_the_machine(system: tuple[Path, Path]) -> None:
    assert room(*system) == pytest.approx(6 / 8)


def test_the_tightest_group_counts(system: tuple[Path, Path]) -> None:
    proc, groups = system
    group(groups, "system.slice/daftar.service", "max", 7 * GIB, 0)
    assert room(proc, groups) == pytest.approx(6 / 8)
    group(groups, "system.slice/daftar.service", str(4 * GIB), 3 * GIB, GIB)
    assert room(proc, groups) == pytest.approx(1 - 2 / 4)  # what was read from files is given back
    group(groups, "system.slice", str(5 * GIB), 4 * GIB, 0)
    assert room(proc, groups) == pytest.approx(1 - 4 / 5)  # the group around it is tighter
    group(groups, "system.slice", str(5 * GIB), 6 * GIB, 0)
    assert room(proc, groups) == 0


def test_in_a_container_its_group_is_the_root(system: tuple[Path, Path]) -> None:
    proc, groups = system
    (proc / "self" / "cgroup").write_text("0::/\n")
    group(groups, ".", str(2 * GIB), GIB, 0)
    assert room(proc, groups) == pytest.approx(1 / 2)


def test_the_first_version_of_control_groups(system: tuple[Path, Path]) -> None:
    proc, groups = system
    (proc / "self" / "cgroup").write_text("12:pids:/a\n7:memory,hugetlb:/docker/a\n0::/\n")
    folder = groups / "memory" / "docker" / "a"
    folder.mkdir(parents=True)
    (folder / "memory.limit_in_bytes").write_text(f"{2**63 - 4096}\n")  # none
    (folder / "memory.usage_in_bytes").write_text(f"{3 * GIB}\n")
    (folder / "memory.stat").write_text(f"inactive_file 0\ntotal_inactive_file {GIB}\n")
    assert room(proc, groups) == pytest.approx(6 / 8)
    (folder / "memory.limit_in_bytes").write_text(f"{4 * GIB}\n")
    assert room(proc, groups) == pytest.approx(1 - 2 / 4)


@pytest.mark.parametrize("lost", ["meminfo", "self/cgroup"])
def test_nothing_is_taken_for_free_when_the_system_does_not_say(system: tuple[Path, Path], lost: str) -> None:
    proc, groups = system
    (proc / lost).write_text("MemTotal: 1 kB\n")
    assert room(proc, groups) == 0
    (proc / lost).unlink()
    assert room(proc, groups) == 0


def test_of_this_machine() -> None:
    assert 0 < room() < 1
