"""The home page: numbers, questions, and the findings of ``docs/findings.md``, each where it is shown."""

from __future__ import annotations

import shutil
from pathlib import Path
from unittest.mock import patch

import pytest

from api.app import create_app
from graph.analysis.analyst import Analyst
from graph.analysis.headlines import Headline, headlines
from graph.derived import write
from graph.settings import Settings
from graph.store import find_edition, open_store
from graph.view.words import LANGS, Lang
from tests.api.client import Client
from tests.view.support import Page


@pytest.fixture(scope="module")
def found(folder: Path) -> tuple[Headline, ...]:
    return headlines(Analyst(open_store(folder)))


@pytest.mark.parametrize("lang", LANGS)
def test_every_finding_is_said_and_leads_to_where_it_is_shown(
    client: Client, found: tuple[Headline, ...], lang: Lang
) -> None:
    assert len(found) > 10
    page = Page(client.get(f"/{lang}/").text)
    shown = " ".join(page.text.split())
    for one in found:
        assert one.says.of(lang) in shown
        options = "&".join(f"{name}={value.replace(',', '%2C')}" for name, value in one.options)
        href = f"/{lang}/analyses/{one.analysis}" + (f"?{options}" if options else "")
        assert href in page.links
        answer = client.get(href)
        assert answer.status_code == 200, href
        first = Page(answer.text).text
        named = client.app.state.site.edition().catalogue.ref(one.things[0])
        if named.kind in ("process", "agency"):
            assert named.id in first or named.label(lang) in first, href


def test_what_a_finding_rests_on_can_be_opened(client: Client, found: tuple[Headline, ...]) -> None:
    page = Page(client.get("/en/").text)
    alike = next(one for one in found if one.analysis == "overlap")
    assert len(page.all("details")) > len([one for one in found if one.more.en and one.analysis != "health"])
    assert " ".join(alike.more.en.split()) in " ".join(page.text.split())


@pytest.mark.parametrize("lang", LANGS)
def test_the_questions_are_those_of_the_library(client: Client, lang: Lang) -> None:
    page = Page(client.get(f"/{lang}/").text)
    links = [link for link in page.links if link.startswith(f"/{lang}/questions/")]
    assert len(links) == len(set(links)) >= 6
    for link in links:
        assert client.get(link).status_code == 200


def test_findings_are_computed_for_an_edition_and_not_for_a_request(folder: Path, tmp_path: Path) -> None:
    store = Path(shutil.copytree(folder, tmp_path / "store"))
    write(open_store(store), find_edition(store))
    with (
        patch("graph.derived.derived.headlines", wraps=headlines) as counted,
        Client(create_app(Settings(store=str(store)))) as asking,
    ):
        for lang in LANGS:
            assert asking.get(f"/{lang}/").status_code == 200
    assert counted.call_count == 0
