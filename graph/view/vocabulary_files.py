"""Reading the ontology's files for its reference page: Turtle, rules, shapes, checks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph.view.reading import Catalogue
from graph.view.terms import PREFIXES, compact, value_of

_MORE = {
    "owl": "http://www.w3.org/2002/07/owl#",
    "sh": "http://www.w3.org/ns/shacl#",
    "dpv": "https://w3id.org/dpv#",
    "schema": "https://schema.org/",
    "cpsvit": "https://w3id.org/italia/onto/CPSV/",
    "it-channel": "https://w3id.org/italia/controlled-vocabulary/classifications-for-public-services/channel/",
}
_LIST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SHAPE = "https://w3id.org/daftar/shape/"
_TIES = ("rdfs:seeAlso", "skos:closeMatch")


@dataclass(frozen=True)
class RuleView:
    """A rule: what it concludes, why, from what, and how much that is here."""

    name: str
    title: Mapping[str, str]
    says: Mapping[str, str]
    reads: tuple[str, ...]
    graph: str
    count: int


@dataclass(frozen=True)
class CheckView:
    """A shape or a set-wise check: what it says, how grave it is, and what it looks at."""

    name: str
    kind: str
    severity: str
    message: Mapping[str, str]
    targets: tuple[str, ...]
    path: str


class Files:
    """Statements of Turtle files, asked with prefixed names.

    Args:
        triples: The statements.
    """

    def __init__(self, triples: list[ox.Triple]) -> None:
        self._forward: dict[tuple[str, str], list[ox.NamedNode | ox.Literal | ox.BlankNode]] = defaultdict(
            list
        )
        self._back: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.alignments: list[tuple[str, str, str, str]] = []
        self.header = ""
        for triple in triples:
            subject, prop, value = value_of(triple.subject), triple.predicate.value, triple.object
            if not isinstance(value, ox.Triple):
                self._forward[subject, prop].append(value)
                self._back[prop, value_of(value)].append(subject)

    def texts(self, subject: str, name: str) -> dict[str, str]:
        """Give the texts of a property, by language."""
        found = self._forward.get((subject, _full(name)), [])
        return {v.language: v.value for v in found if isinstance(v, ox.Literal) and v.language}

    def value(self, subject: str, name: str) -> str:
        """Give the first value of a property as text; empty if there is none."""
        return next((v.value for v in self._forward.get((subject, _full(name)), [])), "")

    def iris(self, subject: str, name: str) -> list[str]:
        """Give the IRIs that a property points to."""
        found = self._forward.get((subject, _full(name)), [])
        return [v.value for v in found if isinstance(v, ox.NamedNode)]

    def subjects(self, name: str, value: str) -> list[str]:
        """Give what points to a value by a property, in the order of the file."""
        return list(dict.fromkeys(self._back.get((_full(name), value), [])))

    def of_type(self, name: str) -> list[str]:
        """Give what is of a type, in the order of the file."""
        return self.subjects("rdf:type", _full(name))

    def members(self, head: str) -> Iterator[str]:
        """Give the members of an RDF list."""
        while first := self._forward.get((head, _LIST + "first")):
            yield first[0].value
            head = self._forward[head, _LIST + "rest"][0].value

    def is_list(self, subject: str, name: str) -> bool:
        """Say whether a property's first value is a list."""
        return bool(self._forward.get((self.value(subject, name), _LIST + "first")))


def _full(name: str) -> str:
    prefix, _, local = name.partition(":")
    return {**PREFIXES, **_MORE}[prefix] + local


def short_name(iri: str) -> str:
    """Shorten an IRI with the prefixes of the catalogue and of the vocabularies it is aligned to.

    Args:
        iri: Any IRI.

    Returns:
        The prefixed name, or the IRI itself.

    Example:
        >>> short_name("https://w3id.org/dpv#Process")
        'dpv:Process'
    """
    return next(
        (f"{p}:{iri.removeprefix(ns)}" for p, ns in _MORE.items() if iri.startswith(ns)), compact(iri)
    )


def _triples(path: Path) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]


def read_files(folder: Path) -> Files:
    """Read terms, codes and alignments.

    Args:
        folder: The `ontology/` folder.

    Returns:
        Their statements; alignments also one by one, with the name of their file.
    """
    ties = [(path.stem, triple) for path in sorted(folder.glob("align/*.ttl")) for triple in _triples(path)]
    own = _triples(folder / "daftar.ttl") + _triples(folder / "codes.ttl")
    files = Files(own + [triple for _, triple in ties])
    known = {_full(name) for name in _TIES}
    files.alignments = sorted(
        (value_of(t.subject), t.predicate.value, value_of(t.object), name)
        for name, t in ties
        if t.predicate.value in known
    )
    files.header = files.of_type("owl:Ontology")[0]
    return files


def read_rules(folder: Path, catalogue: Catalogue) -> tuple[RuleView, ...]:
    """Read the rules.

    Args:
        folder: The `ontology/` folder.
        catalogue: The store, which knows how many conclusions each rule has.

    Returns:
        The rules by name.
    """
    from graph.build.rules import (
        read_query,
    )  # loads the validator's packages, which the other pages do without

    rows = catalogue.rows(
        "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } "
        'FILTER (CONTAINS(STR(?g), "/graph/inferred/")) } GROUP BY ?g'
    )
    counts = {value_of(row["g"]): int(value_of(row["n"])) for row in rows if "g" in row}
    found = []
    for path in sorted(folder.glob("rules/*.rq")):
        rule = read_query(path)
        graph = f"graph/inferred/{rule.name}"
        found.append(
            RuleView(
                name=rule.name,
                title={lang: rule.need(f"title-{lang}") for lang in ("fa", "en")},
                says={lang: rule.need(f"says-{lang}") for lang in ("fa", "en")},
                reads=tuple(part.strip() for part in rule.need("reads").split(",")),
                graph=graph,
                count=counts.get(catalogue.base + graph, 0),
            )
        )
    return tuple(found)


def read_checks(folder: Path) -> tuple[CheckView, ...]:
    """Read the shapes and the checks.

    Args:
        folder: The `ontology/` folder.

    Returns:
        Both, sorted by name.
    """
    from graph.build.rules import read_query

    found = [
        shape for path in sorted(folder.glob("shapes/*.ttl")) for shape in _shapes(Files(_triples(path)))
    ]
    for path in folder.glob("checks/*.rq"):
        check = read_query(path)
        message = {lang: check.need(f"message-{lang}").replace("{value}", "…") for lang in ("fa", "en")}
        found.append(CheckView(check.name, "check", check.need("severity"), message, (), ""))
    return tuple(sorted(found, key=lambda check: check.name))


def _shapes(files: Files) -> Iterator[CheckView]:
    for iri in [*files.of_type("sh:PropertyShape"), *files.of_type("sh:NodeShape")]:
        if not iri.startswith(_SHAPE):
            continue
        classes = [short_name(each) for each in files.iris(iri, "sh:targetClass")]
        subjects = [short_name(each) for each in files.iris(iri, "sh:targetSubjectsOf")]
        yield CheckView(
            name=iri.removeprefix(_SHAPE),
            kind="shape",
            severity=files.value(iri, "sh:severity").rsplit("#", 1)[-1].lower(),
            message=files.texts(iri, "sh:message"),
            targets=tuple(dict.fromkeys([*classes, *subjects])),
            path=_path(files, iri),
        )


def _path(files: Files, shape: str) -> str:
    """The path of a shape as SPARQL writes it: a property, the way back along one, or several in a row."""
    path = files.value(shape, "sh:path")
    if files.is_list(shape, "sh:path"):
        return " / ".join(short_name(each) for each in files.members(path))
    back = files.value(path, "sh:inversePath")
    return f"^{short_name(back)}" if back else short_name(path)
