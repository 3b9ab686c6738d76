"""The graph of the catalogue read into NetworkX, by SPARQL only, so that a remote store serves too.

The key of a node is its IRI. Attributes of a node:

==============  =====================================================================================
``kind``        process, service, agency, collective, instrument, template (a form that processes use),
                step, steptype, recipient, output, system, index (a line of the index), mention (a name or
                phrase that leads to nothing settled, such as "related directives"), other
``id``          the short id: ``P08``, ``police``, ``P08/step-01``
``fa``, ``en``  labels, absent where there is none; the English ones are ours
``subkinds``    codes that classify it: kind of body, of instrument, of mention, status of its form ...
``lines``       source lines, ``provincial-office-1396:120-133,140``, or empty
``evidence``    what states it: document, curated, reading or inferred
``documented``  processes and services only: whether it has a form
``number``      steps only
==============  =====================================================================================

The key of an edge is the name of its relation, so two nodes have at most one edge of a relation each way.
Relations have the local names of the properties in the ontology (``involvesAgency``, ``follows``,
``stepType``, ``subOrganizationOf`` ...), and ``memberOf`` for a membership. Attributes of an edge:

==============  =====================================================================================
``relation``    the name
``evidence``    what it rests on. A relation that a rule merely shortens (``involvesAgency`` for a name in
                the table of partners that was read as a body) is worth the reading it stands for, not an
                inference; ``involvesAgencyInferred`` and ``involvesAgencyRollup`` are inferences
``source``      the named graph that states it: ``inferred/involves-agency``
``lines``       lines of the names, phrases, steps or fields that led to it
``words``       their words, each once, with `` | `` between
``weak``        true when it rests only on rows of partners copied from an earlier form
==============  =====================================================================================
"""

from __future__ import annotations

import networkx as nx

from graph.analysis.projection_facts import Facts, Queryable, Statement, local_name, read_facts
from graph.analysis.projection_nodes import STRENGTH, Nodes, grade_of
from graph.analysis.projection_support import Support
from graph.analysis.projection_tables import (
    agency_table,
    form_table,
    instrument_table,
    processes_of,
    recipient_table,
    step_type_table,
    tables,
)

__all__ = [
    "Queryable",
    "agency_table",
    "form_table",
    "instrument_table",
    "processes_of",
    "read_graph",
    "recipient_table",
    "step_type_table",
    "tables",
]

#: Relations that a rule only shortens. Layers.json puts what they shorten among our readings.
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
#: Relations that stand in the lines of the thing they start from.
_OF_SUBJECT = frozenset(("stepType", "mentionsAgency", "nextStep", "denotes", "passed_by", "is_part_of"))
_PARENTS = frozenset(("subOrganizationOf", "unitOf", "postIn"))
_TEXT_BASIS = "https://w3id.org/daftar/code/parent-basis/text"


def read_graph(store: Queryable) -> nx.MultiDiGraph[str]:
    """Read the catalogue into a typed multigraph.

    Args:
        store: What answers SPARQL 1.1 SELECT queries: an opened edition, or a client of a remote endpoint.

    Returns:
        Nodes and edges as the module describes them; nodes in the order of their IRIs, the same for the same
        statements whatever order the store answers in.

    Raises:
        TypeError: when the store does not answer a SELECT with solutions.
    """
    facts = read_facts(store)
    nodes, support = Nodes(facts), Support(facts)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri in sorted(facts.types):
        kind = nodes.kind(iri)
        if kind is not None:
            graph.add_node(iri, **nodes.attributes(iri, kind))
    for one in sorted(_statements(facts, nodes), key=lambda s: (s.subject, s.relation, s.object, s.graph)):
        _add_edge(graph, one, nodes, support, facts)
    return graph


def _statements(facts: Facts, nodes: Nodes) -> list[Statement]:
    found = list(facts.relations)
    found.extend(Statement(m.member, "memberOf", m.body, m.graph) for m in facts.memberships)
    for parts in facts.parts.values():
        for part in parts:
            senders = facts.resolved.get(part.iri, {}).get("transmittedBy", {})
            found.extend(Statement(part.owner, "transmittedBy", who, graph) for who, graph in senders.items())
            if nodes.kind(part.iri) == "mention":
                found.append(Statement(part.owner, part.link, part.iri, part.graph))
    return found


def _add_edge(
    graph: nx.MultiDiGraph[str], one: Statement, nodes: Nodes, support: Support, facts: Facts
) -> None:
    for end in (one.subject, one.object):
        if end not in graph:  # said to be something by no graph; better a bare node than a lost statement
            graph.add_node(end, kind="other", id=local_name(end), subkinds=(), lines="", evidence="curated")
    evidence = grade_of(one.graph)
    if evidence == "inferred" and one.relation in _SHORTCUTS:
        evidence = "reading"
    known = graph.get_edge_data(one.subject, one.object, one.relation)
    if known is not None and STRENGTH.index(known["evidence"]) <= STRENGTH.index(evidence):
        return
    parts = support.parts(one)
    graph.add_edge(
        one.subject,
        one.object,
        key=one.relation,
        relation=one.relation,
        evidence=evidence,
        source=one.graph,
        lines=nodes.parts_lines(parts) or _own_lines(graph, one, facts),
        words=" | ".join(dict.fromkeys(part.words for part in parts if part.words)),
        weak=support.copied(parts),
    )


def _own_lines(graph: nx.MultiDiGraph[str], one: Statement, facts: Facts) -> str:
    lines = str(graph.nodes[one.subject]["lines"])
    if one.relation in _OF_SUBJECT:
        return lines
    if one.relation in _PARENTS:
        # where the parent is our knowledge of the administration, the lines of the body do not say so
        stated = _TEXT_BASIS in facts.kinds.get(one.subject, {}).get("parentBasis", ())
        return lines if stated else ""
    return ""
