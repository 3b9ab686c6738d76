"""The page of components: every component of the design system, by the classes that pages use."""

from __future__ import annotations

import re

import pytest

from graph.view.one_file import asset
from graph.view.palette import family_swatches, pairs
from graph.view.words import LANGS, Lang
from tests.api.client import Client
from tests.view.support import Page, hostile_trig, store_of

#: What lays pages out, or belongs to one page alone: the graph, the matrix, the vocabulary, home and lists.
_NOT_COMPONENTS = frozenset(
    """acts asked back body both bodies browse cards-below canvas chosen close code down exports facts filters
    find-in flow-note found gaps hero here hits iso ladder link-button main narrow no-print of-steps open
    opener order other panel part results set sheet skip spacer stage suggest suggestions tally term tools
    twin up way ways sayings steps what where zoom all count long""".split()  # noqa: SIM905
)


def _classes(page: Page) -> set[str]:
    return {name for e in page.elements for name in e.attributes.get("class", "").split()}


@pytest.mark.parametrize("lang", LANGS)
def test_every_component_is_shown(client: Client, lang: Lang) -> None:
    page = Page(client.get(f"/{lang}/components").text)
    styled = set(re.findall(r"\.([a-z][a-z0-9-]+)(?=[^{}]*\{)", asset("daftar.css") + asset("explore.css")))
    styled = {name for name in styled if not name.startswith(("family-", "step-"))}
    assert not sorted(styled - _classes(page) - _NOT_COMPONENTS)


@pytest.mark.parametrize("lang", LANGS)
def test_the_contrast_of_every_colour_is_said(client: Client, lang: Lang) -> None:
    page = Page(client.get(f"/{lang}/components").text)
    text = page.text
    for one in [*pairs(), *family_swatches()]:
        for shade in one.shades:
            assert shade.ratio(lang) in text
    for one in pairs():
        assert f"{one.name} / {one.on}" in text


def test_the_samples_come_from_the_catalogue(client: Client) -> None:
    page = Page(client.get("/en/components").text)
    assert {"read", "infer", "seal", "doubt", "state", "id"} <= _classes(page)
    assert [e for e in page.all("li") if "maybe" in e.attributes.get("class", "").split()]
    assert "Islamic Revolutionary Guard Corps" in page.text  # in the facet and the comparison of agencies


def test_a_catalogue_with_little_in_it_has_the_page_too() -> None:
    from api.app import create_app
    from graph.settings import Settings

    with Client(create_app(Settings(), store_of(hostile_trig()))) as small:
        answer = small.get("/fa/components")
        assert answer.status_code == 200
        assert "<script>window.pwned" not in answer.text
