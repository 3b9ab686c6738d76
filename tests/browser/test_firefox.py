"""The review file in Firefox, from disk, with no network: the other browser that a reviewer may have."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from api.bundle import face_css
from graph.cli import main
from graph.view.words import LANGS, Lang
from tests.browser.firefox import Firefox, firefox_path
from tests.view.support import review_file

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ENTER = "\ue007"
SPACE = " "


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    if firefox_path() is None:
        if os.environ.get("CI"):
            pytest.fail("Firefox is not installed; in CI its test must run")
        pytest.skip("Firefox is not installed (Debian: apt install firefox-esr)")
    with Firefox(tmp_path_factory.mktemp("firefox")) as found:
        yield found


@pytest.mark.parametrize("lang", LANGS)
def test_a_reviewer_opens_the_file_and_saves_a_remark(firefox: Firefox, folder: Path, lang: Lang) -> None:
    path = review_file(lang)
    firefox.goto(path.as_uri())
    firefox.js("localStorage.clear()")  # both languages of an edition keep the same remarks
    firefox.goto(path.as_uri())
    firefox.wait("document.querySelector('#graph-canvas').dataset.ready === 'true'")
    assert firefox.js("performance.getEntriesByType('resource').length") == 0
    assert firefox.js("document.documentElement.scrollWidth <= innerWidth")
    if face_css():
        firefox.wait("[...document.fonts].every((face) => face.status === 'loaded')")

    # the details of a body lead to its record in the same file
    firefox.type('[data-show="agency/police"]', ENTER)
    firefox.wait("!document.querySelector('#graph-panel').hidden")
    firefox.type('#graph-panel a[href="#agency-police"]', ENTER)
    assert firefox.js("location.hash") == "#agency-police"
    firefox.wait("Math.abs(document.querySelector('#agency-police').getBoundingClientRect().top) < 200")

    # a remark, kept through a reload, saved to a file, read by the command
    firefox.type('[data-remark="process/P08"] input[value="change"]', SPACE)
    firefox.type('[data-remark="process/P08"] textarea', "سطر ۱۰۸۴ <b>")
    firefox.goto(path.as_uri())
    firefox.wait("document.querySelectorAll('#desk-rows tr').length === 1")
    firefox.type("#reviewer", f"office {lang}")
    firefox.type(".desk [data-act=save]", ENTER)
    saved = _downloaded(firefox.downloads, f"office-{lang}")
    found = CliRunner().invoke(main, ["remarks", str(saved), "--store", str(folder), "--format", "json"])
    assert found.exit_code == 0, found.output
    merged = json.loads(found.stdout)
    assert merged["problems"] == []
    assert [(r["about"], r["judgement"], r["text"]) for r in merged["remarks"]] == [
        ("process/P08", "change", "سطر ۱۰۸۴ <b>")
    ]


def _downloaded(folder: Path, part: str) -> Path:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        found = [path for path in folder.glob(f"*{part}*.json") if path.stat().st_size]
        if found and not list(folder.glob("*.part")):
            return found[0]
        time.sleep(0.05)
    raise AssertionError(f"nothing was saved: {sorted(folder.iterdir())}")
