"""What the tests of the pages share: the built catalogue, a hostile one, and a reader of HTML."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox

from api.bundle import face_css
from graph.build import build, nquads
from graph.paths import bundled_data_dir, ontology_dir
from graph.records import load_catalogue
from graph.store import Manifest, MemoryStore, Store, describe, fingerprint_of, open_store, write_edition
from graph.view.review.page import review_page
from graph.view.words import Lang
from tests.shared import once

BASE = "https://w3id.org/daftar/id/"
HOSTILE = (
    "</script><script>window.pwned=1</script>",
    '"><img src=x onerror="window.pwned=2">',
    "javascript:window.pwned=3",
    "<!--<script>",
    "a\u2028b' & {{ 7*7 }} {% raw %}",
)
_VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


def build_edition(folder: Path) -> Path:
    """Put the shipped catalogue, built once for all tests of a run, into a store folder of one's own."""
    shutil.copytree(once("shipped-store", _build), folder, dirs_exist_ok=True)
    return folder


def _build(folder: Path) -> None:
    catalogue = load_catalogue(bundled_data_dir())
    data = nquads(build(catalogue, base_iri=BASE, ontology=ontology_dir()))
    quads = ox.parse(data, format=ox.RdfFormat.N_QUADS)
    write_edition(folder, data, describe(data, quads, catalogue, base_iri=BASE))


def review_file(lang: Lang) -> Path:
    """The review file of the shipped catalogue as ``daftar report`` writes it, for reading."""

    def make(path: Path) -> None:
        store = open_store(once("shipped-store", _build))
        path.write_text(review_page(store, lang, face=face_css()), encoding="utf-8")

    return once(f"review-{lang}.html", make)


def store_of(trig: str) -> Store:
    """A store with the statements of a TriG text."""
    quads = ox.parse(trig.encode(), format=ox.RdfFormat.TRIG)
    lines = sorted({f"{quad} .\n" for quad in quads})
    data = "".join(lines).encode()
    return MemoryStore(data, Manifest(fingerprint_of(data), "2026-01-01T00:00:00Z", BASE, len(lines)))


def hostile_trig() -> str:
    """A catalogue of one process and one agency whose every word is markup."""
    said = [ox.Literal(text, language="fa") for text in HOSTILE]
    title, label, words, step, alias = (str(s) for s in said)
    english = str(ox.Literal(HOSTILE[0], language="en"))
    return f"""
    @prefix df: <https://w3id.org/daftar/ontology#> . @prefix dct: <http://purl.org/dc/terms/> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix cv: <http://data.europa.eu/m8g/> .
    @prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix org: <http://www.w3.org/ns/org#> .
    @prefix i: <{BASE}> .
    <{BASE}graph/record/P01> {{
      <{BASE}process/P01> a df:Process ; dct:identifier "P01" ; dct:title {title}, {english} ;
        df:goal {label} ;
        cv:hasParticipation <{BASE}process/P01/partner-1-1> ; df:hasStep <{BASE}process/P01/step-01> ;
        df:hasFieldReading <{BASE}process/P01/field-url> .
      <{BASE}process/P01/partner-1-1> a df:Participation ; df:asWritten {words} ; df:rowNumber 1 ;
        df:positionInRow 1 ; df:sourceLineStart 5 ; df:sourceLineEnd 6 .
      <{BASE}process/P01/step-01> a df:Step ; df:stepNumber 1 ; dct:description {step} .
      <{BASE}process/P01/field-url> a df:FieldReading ; df:field <https://w3id.org/daftar/code/field/url> ;
        df:asWritten {said[2]!s} .
      <{BASE}form/P01> a df:ProcessForm ; df:documents <{BASE}process/P01> .
    }}
    <{BASE}graph/agencies> {{
      <{BASE}agency/police> a foaf:Agent, org:Organization ; skos:prefLabel {label}, {english} ;
        skos:altLabel {alias} ;
        org:classification <https://w3id.org/daftar/code/agency-kind/police> .
    }}
    <{BASE}graph/resolution> {{ <{BASE}process/P01/partner-1-1> cv:hasParticipant <{BASE}agency/police> . }}
    <{BASE}graph/inferred/involves-agency> {{ <{BASE}process/P01> df:involvesAgency <{BASE}agency/police> . }}
    """


def hostile_store(*more: str) -> Store:
    """The hostile catalogue, the code lists and terms that every real one has, and more graphs as TriG."""
    graphs = list(more)
    for name, file in (("codes", "codes.ttl"), ("ontology", "daftar.ttl")):
        triples = ox.parse(path=str(ontology_dir() / file), format=ox.RdfFormat.TURTLE)
        said = "\n".join(f"{quad.triple} ." for quad in triples)
        graphs.append(f"<{BASE}graph/{name}> {{ {said} }}")
    return store_of("\n".join([hostile_trig(), *graphs]))


@dataclass
class Element:
    """An element with its attributes and all text below it."""

    tag: str
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text below."""
        return "".join(self.pieces)


@dataclass
class Page(HTMLParser):
    """A parsed page: its elements in document order."""

    source: str
    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[Element] = []
        self.feed(self.source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.pieces.append(data)

    def all(self, *tags: str) -> list[Element]:
        """Elements with one of the tags."""
        return [e for e in self.elements if e.tag in tags]

    @property
    def text(self) -> str:
        """The words of the page, single spaces between."""
        return " ".join(self.all("body")[0].text.split())

    @property
    def ids(self) -> list[str]:
        """Every id."""
        return [e.attributes["id"] for e in self.elements if "id" in e.attributes]

    @property
    def links(self) -> list[str]:
        """Every address that the page names."""
        names = ("href", "src", "action", "srcset", "poster", "data")
        return [e.attributes[n] for e in self.elements for n in names if n in e.attributes]
