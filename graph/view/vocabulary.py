"""The reference page of the ontology: what it shows of terms, code lists, rules, shapes and alignments.

Everything is read from the files of the ontology; the counts and examples come from the graph.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.layers import Layer
from graph.view.nodes import Ref
from graph.view.reading import Catalogue
from graph.view.terms import DF, DFC, compact
from graph.view.vocabulary_files import (
    CheckView,
    Files,
    RuleView,
    read_checks,
    read_files,
    read_rules,
    short_name,
)
from graph.view.vocabulary_uses import NO_USE, Use, read_uses


@dataclass(frozen=True)
class TermRef:
    """A term that another one names.

    Attributes:
        name: Its prefixed name.
        anchor: Its place on the page; None for a term of a standard.
    """

    name: str
    anchor: str | None = None


@dataclass(frozen=True)
class Example:
    """A statement of the graph that uses a term."""

    subject: Ref
    term: str
    value: Ref | None
    text: str
    language: str | None
    layer: Layer


@dataclass(frozen=True)
class TermView:
    """A class or property of ours."""

    name: str
    kind: str
    label: Mapping[str, str]
    definition: Mapping[str, str]
    above: tuple[TermRef, ...]
    below: tuple[TermRef, ...]
    inverse: TermRef | None
    symmetric: bool
    see: tuple[TermRef, ...]
    count: int
    used_on: tuple[tuple[TermRef, int], ...]
    values: tuple[TermRef, ...]
    example: Example | None


@dataclass(frozen=True)
class CodeView:
    """A code of a list."""

    notation: str
    anchor: str
    label: Mapping[str, str]
    definition: Mapping[str, str]
    see: tuple[TermRef, ...]
    count: int


@dataclass(frozen=True)
class SchemeView:
    """A code list."""

    name: str
    anchor: str
    label: Mapping[str, str]
    definition: Mapping[str, str]
    codes: tuple[CodeView, ...]


@dataclass(frozen=True)
class StandardView:
    """A term of a standard that the graph uses."""

    name: str
    count: int
    used_on: tuple[tuple[TermRef, int], ...]


@dataclass(frozen=True)
class Vocabulary:
    """The whole reference page."""

    title: Mapping[str, str]
    description: Mapping[str, str]
    version: str
    namespace: str
    classes: tuple[TermView, ...]
    properties: tuple[TermView, ...]
    schemes: tuple[SchemeView, ...]
    standard_classes: tuple[StandardView, ...]
    standard_properties: tuple[StandardView, ...]
    rules: tuple[RuleView, ...]
    checks: tuple[CheckView, ...]
    alignments: tuple[tuple[TermRef, str, TermRef, str], ...]


def anchor_of(iri: str) -> str | None:
    """Name the place of a term on the page: for a term its fragment, for a code `code-<scheme>-<notation>`.

    Args:
        iri: Any IRI.

    Returns:
        The anchor, or None when the page has no such place.

    Example:
        >>> anchor_of("https://w3id.org/daftar/ontology#goal")
        'goal'
        >>> anchor_of("https://w3id.org/daftar/code/trigger/request")
        'code-trigger-request'
    """
    if iri.startswith(DF):
        return iri.removeprefix(DF)
    if iri.startswith(DFC):
        return "code-" + iri.removeprefix(DFC).replace("/", "-")
    return None


def term_ref(iri: str) -> TermRef:
    """Refer to a term by its prefixed name.

    Args:
        iri: Its IRI.

    Returns:
        The reference.
    """
    return TermRef(short_name(iri), anchor_of(iri))


def vocabulary(catalogue: Catalogue, folder: Path, uses: Mapping[str, Use] | None = None) -> Vocabulary:
    """Make the reference page.

    Args:
        catalogue: The store; it gives counts and examples.
        folder: The `ontology/` folder.
        uses: The uses of terms, where they are known already.

    Returns:
        The page's content, terms sorted by name.
    """
    files, uses = read_files(folder), read_uses(catalogue) if uses is None else uses
    classes = [_term(catalogue, files, iri, "class", uses) for iri in files.of_type("owl:Class")]
    links = [_term(catalogue, files, iri, "link", uses) for iri in files.of_type("owl:ObjectProperty")]
    values = [_term(catalogue, files, iri, "value", uses) for iri in files.of_type("owl:DatatypeProperty")]
    schemes = [_scheme(files, iri, uses) for iri in files.of_type("skos:ConceptScheme")]
    foreign = {iri: use for iri, use in uses.items() if anchor_of(iri) is None}
    return Vocabulary(
        title=files.texts(files.header, "dct:title"),
        description=files.texts(files.header, "dct:description"),
        version=files.value(files.header, "owl:versionInfo"),
        namespace=DF,
        classes=tuple(sorted(classes, key=lambda term: term.name)),
        properties=tuple(sorted([*links, *values], key=lambda term: term.name)),
        schemes=tuple(sorted(schemes, key=lambda scheme: scheme.name)),
        standard_classes=_standard({i: u for i, u in foreign.items() if u.is_class}),
        standard_properties=_standard({i: u for i, u in foreign.items() if not u.is_class}),
        rules=read_rules(folder, catalogue),
        checks=read_checks(folder),
        alignments=tuple(
            (term_ref(subject), compact(prop), term_ref(value), file)
            for subject, prop, value, file in files.alignments
        ),
    )


def _refs(iris: list[str]) -> tuple[TermRef, ...]:
    return tuple(term_ref(iri) for iri in sorted(iris))


def _on(use: Use) -> tuple[tuple[TermRef, int], ...]:
    return tuple((term_ref(iri), n) for iri, n in use.on)


def _term(catalogue: Catalogue, files: Files, iri: str, kind: str, uses: Mapping[str, Use]) -> TermView:
    use = uses.get(iri, NO_USE)
    upward = "rdfs:subClassOf" if kind == "class" else "rdfs:subPropertyOf"
    inverse = files.iris(iri, "owl:inverseOf") + files.subjects("owl:inverseOf", iri)
    return TermView(
        name=iri.removeprefix(DF),
        kind=kind,
        label=files.texts(iri, "rdfs:label"),
        definition=files.texts(iri, "skos:definition"),
        above=_refs(files.iris(iri, upward)),
        below=_refs(files.subjects(upward, iri)),
        inverse=term_ref(inverse[0]) if inverse else None,
        symmetric="http://www.w3.org/2002/07/owl#SymmetricProperty" in files.iris(iri, "rdf:type"),
        see=_refs(files.iris(iri, "rdfs:seeAlso")),
        count=use.count,
        used_on=_on(use),
        values=_refs(list(use.values)),
        example=_example(catalogue, iri, use),
    )


def _example(catalogue: Catalogue, iri: str, use: Use) -> Example | None:
    if use.example is None:
        return None
    said = use.example
    return Example(
        subject=catalogue.ref(said.subject),
        term="a" if use.is_class else compact(iri),
        value=None if said.literal or use.is_class else catalogue.ref(said.value),
        text=compact(iri) if use.is_class else said.value,
        language=said.language,
        layer=catalogue.layer(said.graph),
    )


def _scheme(files: Files, iri: str, uses: Mapping[str, Use]) -> SchemeView:
    codes = files.subjects("skos:inScheme", iri)
    return SchemeView(
        name=iri.removeprefix(DFC),
        anchor=anchor_of(iri) or "",
        label=files.texts(iri, "skos:prefLabel"),
        definition=files.texts(iri, "skos:definition"),
        codes=tuple(_code(files, code, uses) for code in codes),
    )


def _code(files: Files, iri: str, uses: Mapping[str, Use]) -> CodeView:
    see = files.iris(iri, "rdfs:seeAlso") + files.iris(iri, "skos:closeMatch")
    return CodeView(
        notation=files.value(iri, "skos:notation"),
        anchor=anchor_of(iri) or "",
        label=files.texts(iri, "skos:prefLabel"),
        definition=files.texts(iri, "skos:definition"),
        see=_refs(see),
        count=uses.get(iri, NO_USE).count,
    )


def _standard(uses: Mapping[str, Use]) -> tuple[StandardView, ...]:
    found = [StandardView(compact(iri), use.count, _on(use)) for iri, use in uses.items()]
    return tuple(sorted(found, key=lambda term: term.name))
