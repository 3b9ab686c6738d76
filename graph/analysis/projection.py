"""The graph of the catalogue read into NetworkX, by SPARQL only, so that a remote store serves too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import networkx as nx

from graph.analysis.projection_facts import Facts, Queryable, Statement, local_name, read_facts
from graph.analysis.projection_lines import Span, lines_text
from graph.analysis.projection_support import Support
from graph.analysis.projection_tables import (
    agency_table,
    form_table,
    instrument_table,
    recipient_table,
    step_type_table,
)
from graph.layers import layer_of
from graph.query.prefixes import PREFIXES

__all__ = [
    "Evidence",
    "Queryable",
    "agency_table",
    "form_table",
    "instrument_table",
    "read_graph",
    "recipient_table",
    "step_type_table",
]

Evidence = Literal["document", "curated", "reading", "inferred"]

#: Kind of a thing by type, the first that fits. A collective is also an agent, a subdivision also a resource.
_KINDS = {
    "df:Process": "process",
    "cpsv:PublicService": "service",
    "df:Collective": "collective",
    "cv:PublicOrganisation": "agency",
    "org:OrganizationalUnit": "agency",
    "org:Post": "agency",
    "org:OrganizationalCollaboration": "agency",
    "org:Organization": "agency",
    "eli:LegalResource": "instrument",
    "df:Template": "template",
    "df:Step": "step",
    "cv:Output": "output",
    "df:InformationSystem": "system",
    "df:IndexEntry": "index",
}
_CODES = {"step-type": "steptype", "audience": "recipient"}
_MENTIONS = ("df:Participation", "df:InstrumentMention", "df:TemplateMention")

#: Relations that a rule only shortens: the reading behind them is what they are worth.
_SHORTCUTS = frozenset(
    (
        "involvesAgency",
        "involvesCollective",
        "follows",
        "hasLegalResource",
        "governedByIssuer",
        "usesTemplate",
        "deliversService",
    )
)
_GRADE: Mapping[str, Evidence] = {
    "form": "document",
    "label": "curated",
    "curated": "curated",
    "other": "curated",
    "reading": "reading",
    "inferred": "inferred",
}
_STRENGTH: tuple[Evidence, ...] = ("document", "curated", "reading", "inferred")


def read_graph(store: Queryable) -> nx.MultiDiGraph[str]:
    """Read the catalogue into a typed multigraph.

    Args:
        store: What answers SPARQL.

    Returns:
        The graph; see the module for nodes and edges.
    """
    facts = read_facts(store)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    support = Support(facts)
    _add_nodes(graph, facts)
    for statement in sorted(_statements(facts), key=lambda s: (s.subject, s.relation, s.object, s.graph)):
        _add_edge(graph, facts, support, statement)
    return graph


def _add_nodes(graph: nx.MultiDiGraph[str], facts: Facts) -> None:
    documents = set(facts.document.values())
    only = _id(facts, next(iter(documents))) if len(documents) == 1 else ""
    owner = {part.iri: thing for thing, parts in facts.parts.items() for part in parts}
    lines = {part.iri: part.spans for parts in facts.parts.values() for part in parts}
    numbers = {p.iri: p.number for parts in facts.parts.values() for p in parts if p.number is not None}
    words = {part.iri: part.words for parts in facts.parts.values() for part in parts}
    for iri in sorted(facts.types):
        kind = _kind(facts, iri)
        if kind is None:
            continue
        home = owner.get(iri, iri)
        document = facts.document.get(home)
        said = lines.get(iri) or facts.spans.get(iri) or facts.spans.get(facts.form.get(iri, ""), ())
        said = said or tuple(s for part in facts.fields.get((iri, "title"), ()) for s in part.spans)
        names = facts.labels.get(iri, {})
        attributes: dict[str, Any] = {
            "kind": kind,
            "id": _id(facts, iri) if kind not in ("step", "mention") else _part_id(facts, iri, home),
            "subkinds": _subkinds(facts, iri),
            "lines": lines_text(_id(facts, document) if document else only, said),
            "evidence": _strongest(facts.types[iri].values()),
        }
        if fa := names.get("fa") or (words.get(iri) if kind == "mention" else ""):
            attributes["fa"] = fa
        if en := names.get("en"):
            attributes["en"] = en
        if kind in ("process", "service"):
            attributes["documented"] = iri in facts.form
        if iri in numbers:
            attributes["number"] = numbers[iri]
        graph.add_node(iri, **attributes)


def _statements(facts: Facts) -> list[Statement]:
    found = list(facts.relations)
    for _, body, member, graph in facts.memberships:
        found.append(Statement(member, "memberOf", body, graph))
    for thing, parts in facts.parts.items():
        for part in parts:
            senders = facts.resolved.get(part.iri, {}).get("transmittedBy", ())
            found.extend(Statement(thing, "transmittedBy", sender, "resolution") for sender in senders)
            if _kind(facts, part.iri) == "mention":
                stated = next(iter(facts.types[part.iri].values()))
                found.append(Statement(thing, part.link, part.iri, stated))
    return found


def _add_edge(graph: nx.MultiDiGraph[str], facts: Facts, support: Support, one: Statement) -> None:
    for end in (one.subject, one.object):
        if end not in graph:
            graph.add_node(end, kind="other", id=local_name(end), subkinds=(), lines="", evidence="curated")
    parts = support.parts(one.subject, one.relation, one.object)
    evidence = _GRADE[layer_of(one.graph)]
    if evidence == "inferred" and one.relation in _SHORTCUTS:
        evidence = "reading"
    known = graph.get_edge_data(one.subject, one.object, one.relation)
    if known is not None and _STRENGTH.index(known["evidence"]) <= _STRENGTH.index(evidence):
        return
    graph.add_edge(
        one.subject,
        one.object,
        key=one.relation,
        relation=one.relation,
        evidence=evidence,
        source=one.graph,
        lines=_edge_lines(graph, one, [span for part in parts for span in part.spans]),
        words=" | ".join(dict.fromkeys(part.words for part in parts if part.words)),
        weak=support.copied(parts),
    )


def _edge_lines(graph: nx.MultiDiGraph[str], one: Statement, spans: list[Span]) -> str:
    subject = graph.nodes[one.subject]
    if spans:
        return lines_text(subject["lines"].rpartition(":")[0], spans)
    if one.relation in ("stepType", "mentionsAgency", "nextStep", "denotes", "passed_by", "is_part_of"):
        return str(subject["lines"])
    return ""


def _kind(facts: Facts, iri: str) -> str | None:
    types = facts.types[iri]
    for name, kind in _KINDS.items():
        if _full(name) in types:
            return kind
    if "code" in types:
        return _CODES.get(facts.codes[iri][0])
    settled = facts.resolved.get(iri, {})
    if (
        any(_full(name) in types for name in _MENTIONS)
        and not {"hasParticipant", "resolvesTo"} & settled.keys()
    ):
        return "mention"
    return None


def _subkinds(facts: Facts, iri: str) -> tuple[str, ...]:
    codes = {
        code for name, found in facts.kinds.get(iri, {}).items() if name != "parentBasis" for code in found
    }
    return tuple(
        sorted({facts.codes[code][1] if code in facts.codes else local_name(code) for code in codes})
    )


def _id(facts: Facts, iri: str) -> str:
    known = facts.codes[iri][1] if iri in facts.codes else facts.ids.get(iri)
    return known or local_name(iri)


def _part_id(facts: Facts, iri: str, owner: str) -> str:
    return f"{_id(facts, owner)}/{local_name(iri)}"


def _strongest(graphs: Any) -> Evidence:
    return min((_GRADE[layer_of(name)] for name in graphs), key=_STRENGTH.index)


def _full(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local
