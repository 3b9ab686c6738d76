"""The programs of docs/clients.md, run on a server: each prints how many processes have English titles."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from graph.paths import bundled_data_dir
from tests.api.live import Live, live
from tests.view.support import build_edition

PAGE = Path(__file__).parents[2] / "docs" / "clients.md"
BLOCKS = re.findall(
    r"^## (.+?)\n.*?^```(\w+)\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
)
TITLED = sum(
    bool(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader).get("titleEn"))  # noqa: S506
    for path in (bundled_data_dir() / "processes").glob("*.yaml")
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = tmp_path_factory.mktemp("clients")
    with live(build_edition(folder / "store"), folder) as running:
        yield running


def test_every_client_has_a_program() -> None:
    assert {language for _, language, _ in BLOCKS} == {"bash", "python", "r"}
    assert len(BLOCKS) == 5


@pytest.mark.slow
@pytest.mark.parametrize(("name", "language", "program"), BLOCKS, ids=[name for name, _, _ in BLOCKS])
def test_the_program_prints_the_number(server: Live, name: str, language: str, program: str) -> None:
    program = program.replace("http://127.0.0.1:8000", server.url)
    if language == "python":
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(compile(program, name, "exec"), {})  # noqa: S102 - the program is ours, from the page
        said = printed.getvalue()
    else:
        command = {"bash": ["bash", "-c", program], "r": ["Rscript", "-e", program]}[language]
        if shutil.which(command[0]) is None or (language == "bash" and shutil.which("curl") is None):
            pytest.skip(f"{name} is not installed here")
        said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    assert int(said) == TITLED == 34
