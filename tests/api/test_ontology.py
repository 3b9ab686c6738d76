"""The ontology at its namespace path, and every code: pages, anchors, RDF in every format."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from graph.paths import ontology_dir
from tests.api.client import Client
from tests.view.support import Page

DF, DFC = "https://w3id.org/daftar/ontology#", "https://w3id.org/daftar/code/"
FORMATS = [
    ("text/turtle", "ttl", ox.RdfFormat.TURTLE),
    ("application/n-triples", "nt", ox.RdfFormat.N_TRIPLES),
    ("application/ld+json", "jsonld", ox.RdfFormat.JSON_LD),
    ("application/rdf+xml", "rdf", ox.RdfFormat.RDF_XML),
]
HTML = {"Accept": "text/html"}


def of_files(*patterns: str) -> set[str]:
    """The statements of the ontology's files, read without the build."""
    paths = [path for pattern in patterns for path in ontology_dir().glob(pattern)]
    return {
        str(quad.triple) for path in paths for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    }


def subjects(*patterns: str) -> set[str]:
    return {line[1 : line.index(">")] for line in of_files(*patterns)}


@pytest.fixture(scope="module", params=["fa", "en"])
def page(client: Client, request: pytest.FixtureRequest) -> Page:
    answer = client.get(f"/{request.param}/ontology")
    assert answer.status_code == 200
    return Page(answer.text)


def test_every_term_and_code_has_its_anchor(page: Page) -> None:
    anchors = set(page.ids)
    for iri in subjects("daftar.ttl"):
        if iri.startswith(DF):
            assert iri.removeprefix(DF) in anchors
    for iri in subjects("codes.ttl"):
        assert "code-" + iri.removeprefix(DFC).replace("/", "-") in anchors
    for path in ontology_dir().glob("rules/*.rq"):
        assert f"rule-{path.stem}" in anchors
    assert len(page.ids) == len(anchors)


def test_one_language_at_a_time(client: Client) -> None:
    """Every term is named and defined in the page's language and not in the other one."""
    turtle = (ontology_dir() / "daftar.ttl").read_text(encoding="utf-8")
    said = {lang: re.findall(rf'"((?:[^"\\\\]|\\\\.)*)"@{lang}', turtle) for lang in ("fa", "en")}
    for lang, other in (("fa", "en"), ("en", "fa")):
        text = " ".join(Page(client.get(f"/{lang}/ontology").text).text.split())
        for each in said[lang]:
            assert each.replace('\\"', '"') in text, each
        missing = [each for each in said[other] if " " in each and each not in text]
        assert len(missing) > 200


def test_links_on_the_page_resolve(client: Client, page: Page) -> None:
    for link in page.links:
        path, _, fragment = link.partition("#")
        if not path:
            assert fragment in page.ids, link


@pytest.mark.parametrize(("media", "extension", "form"), FORMATS)
def test_the_ontology_as_rdf(client: Client, media: str, extension: str, form: ox.RdfFormat) -> None:
    asked = client.get("/ontology", headers={"Accept": media})
    named = client.get(f"/ontology.{extension}")
    assert asked.status_code == named.status_code == 200
    assert asked.content == named.content
    assert asked.headers["content-type"].startswith(media)
    assert asked.headers["content-location"] == f"/ontology.{extension}"
    assert {str(quad.triple) for quad in ox.parse(asked.content, format=form)} == of_files(
        "daftar.ttl", "align/*.ttl"
    )


@pytest.mark.parametrize(("media", "extension", "form"), FORMATS)
def test_codes_as_rdf(client: Client, media: str, extension: str, form: ox.RdfFormat) -> None:
    def read(path: str, **headers: str) -> set[str]:
        answer = client.get(path, headers=headers)
        assert answer.status_code == 200, path
        return {str(quad.triple) for quad in ox.parse(answer.content, format=form)}

    assert read("/code", Accept=media) == read(f"/code.{extension}") == of_files("codes.ttl")
    channel = read(f"/code/channel.{extension}")
    assert channel == read("/code/channel", Accept=media)
    assert {line[1 : line.index(">")].removeprefix(DFC) for line in channel} == {
        "channel",
        *(
            f"channel/{c}"
            for c in ("internet", "email", "call-centre", "mobile-app", "sms", "service-office", "other")
        ),
    }
    email = read(f"/code/channel/email.{extension}")
    assert email == {line for line in channel if line.startswith(f"<{DFC}channel/email>")}
    assert any("closeMatch" in line for line in email)


def test_every_code_answers(client: Client) -> None:
    for iri in sorted(subjects("codes.ttl")):
        path = "/code/" + iri.removeprefix(DFC)
        assert client.get(path, headers={"Accept": "text/turtle"}).status_code == 200, path


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/ontology", "/en/ontology"),
        ("/code", "/en/ontology#schemes"),
        ("/code/trigger", "/en/ontology#code-trigger"),
        ("/code/trigger/request", "/en/ontology#code-trigger-request"),
        ("/shape/S01-title", "/en/ontology#check-S01-title"),
        ("/id/rule/follows", "/en/ontology#rule-follows"),
    ],
)
def test_a_reader_is_sent_to_the_page(client: Client, path: str, target: str) -> None:
    answer = client.get(path, headers={**HTML, "Accept-Language": "en"})
    assert answer.status_code == 303
    assert answer.headers["location"] == target
    assert "Accept-Language" in answer.headers["vary"]
    found, _, fragment = target.partition("#")
    assert not fragment or fragment in Page(client.get(found).text).ids


@pytest.mark.parametrize(
    "path", ["/code/nope", "/code/trigger/nope", "/ontology.nope", "/code.nope", "/shape/nope", "/code/a b<"]
)
def test_what_there_is_not(client: Client, path: str) -> None:
    assert client.get(path, headers=HTML).status_code == 404


@pytest.mark.parametrize("path", ["/ontology", "/code/trigger"])
def test_a_format_that_there_is_not(client: Client, path: str) -> None:
    assert client.get(path, headers={"Accept": "image/png"}).status_code == 406
