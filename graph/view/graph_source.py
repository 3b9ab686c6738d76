"""The catalogue as the pictures see it: who is tied to whom and why, names, families and lines."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import networkx as nx

from graph.analysis.dependency import dependency_graph
from graph.analysis.dependency_reasons import DEFAULT_REASONS
from graph.analysis.incidence import Incidence
from graph.analysis.overlap import OverlapStudy
from graph.analysis.overlap_facets import overlap_facets, titles
from graph.analysis.overlap_words import names_of
from graph.analysis.projection import agency_table, read_graph
from graph.query.question_library import Words
from graph.view.body_codes import body_codes
from graph.view.graph_families import Family, family_of
from graph.view.graph_model import NoSuchThingError, Tie
from graph.view.nodes import Ref
from graph.view.reading import Catalogue

#: Kinds of things that a picture can show.
KINDS = ("process", "service", "agency", "collective", "instrument", "template")
#: Reasons of needs that tie a process to its partners; they have a view of their own.
PARTNER = frozenset({"partner"})
_STRENGTH = ("document", "curated", "reading", "inferred")
_DOCUMENT = re.compile(r"(?:^|(?<=; ))([^:;]+):")


class Source:
    """What the pictures of one edition are made from; read once, used for all.

    Args:
        catalogue: Names things.
        graph: The projected graph, if it is there already (see :mod:`graph.analysis.projection`).
    """

    #: Things there are, where they are too many for any picture of all of them.
    too_many: int | None = None

    def __init__(self, catalogue: Catalogue, graph: nx.MultiDiGraph[str] | None = None) -> None:
        self.catalogue = catalogue
        self._graph = graph

    @cached_property
    def graph(self) -> nx.MultiDiGraph[str]:
        """The projected graph."""
        return self._graph if self._graph is not None else read_graph(self.catalogue.store)

    @cached_property
    def ties(self) -> nx.MultiDiGraph[str]:
        """Everything that ties two things: the graph of needs, and memberships that a rule inferred."""
        needs = dependency_graph(self.graph, reasons=DEFAULT_REASONS)
        for process, body, said in self.graph.edges(data=True):
            if said["relation"] == "involvesAgencyInferred" and process in needs and body in needs:
                needs.add_edge(process, body, key="member", **{**said, "reason": "member"})
        return needs

    @cached_property
    def around(self) -> Mapping[str, tuple[str, ...]]:
        """By thing, the things tied to it, the best founded first."""
        found: dict[str, dict[str, tuple[bool, int]]] = defaultdict(dict)
        for one, other, said in self.ties.edges(data=True):
            grade = bool(said["weak"]), _STRENGTH.index(said["evidence"])
            for a, b in ((one, other), (other, one)):
                if a != b:
                    found[a][b] = min(found[a].get(b, grade), grade)
        return {
            thing: tuple(sorted(near, key=lambda iri, near=near: (near[iri], self.order(iri))))  # type: ignore[misc]
            for thing, near in found.items()
        }

    @cached_property
    def busiest(self) -> str:
        """The thing that is tied to most others.

        Raises:
            NoSuchThingError: when nothing is tied to anything.
        """
        if not self.around:
            raise NoSuchThingError(
                "Nothing in the graph is tied to anything; build a catalogue with partners."
            )
        return min(self.around, key=lambda iri: (-len(self.around[iri]), self.order(iri)))

    @cached_property
    def several_documents(self) -> bool:
        """Whether lines must name their document."""
        said = (match for _, d in self.graph.nodes(data=True) for match in _DOCUMENT.findall(d["lines"]))
        return len(set(said)) > 1

    def lines(self, written: str) -> str:
        """Source lines for people: without the name of the document where there is only one.

        Args:
            written: As the projection writes them, ``office-1396:120-133,140``.

        Returns:
            For example ``120–133, 140``.
        """
        text = written if self.several_documents else _DOCUMENT.sub("", written)
        return re.sub(r"(?<=\d)-(?=\d)", "–", re.sub(r",(?=\d)", ", ", text.replace("; ", ", ")))

    def lines_of(self, iri: str) -> str:
        """Source lines of a thing."""
        return self.lines(str(self.graph.nodes[iri]["lines"]))

    def ref(self, iri: str) -> Ref:
        """The thing's name and id."""
        return self.catalogue.ref(iri)

    def order(self, iri: str) -> tuple[int, str, str]:
        """Where a thing stands in lists: processes first, then by kind and id."""
        ref = self.ref(iri)
        place = KINDS.index(ref.kind) if ref.kind in KINDS else len(KINDS)
        return place, ref.kind, ref.id

    def find(self, key: str) -> str:
        """The thing that an address names.

        Args:
            key: Kind and id: ``agency/police``.

        Returns:
            Its IRI.

        Raises:
            NoSuchThingError: when nothing in the graph has that id.
        """
        kind, _, ident = key.partition("/")
        iri = f"{self.catalogue.base}{kind}/{ident}"
        if kind not in KINDS or not ident or iri not in self.ties:
            raise NoSuchThingError(
                f"The graph has nothing with the id {key!r}; say a kind and an id, such as agency/police."
            )
        return iri

    @cached_property
    def kinds(self) -> Mapping[str, tuple[str, ...]]:
        """Codes that classify bodies and groups, by IRI."""
        return body_codes(self.catalogue)

    def family(self, iri: str) -> Family:
        """Colour and shape of a thing."""
        return family_of(self.ref(iri).kind, self.kinds.get(iri, ()))

    @cached_property
    def partners(self) -> Mapping[tuple[str, str], dict[str, Any]]:
        """Bodies and groups that a form names, and members of groups that a rule inferred."""
        wanted = {"involvesAgency": 0, "involvesCollective": 0, "involvesAgencyInferred": 1}
        found: dict[tuple[str, str], dict[str, Any]] = {}
        edges = self.graph.edges(data=True)
        for process, body, said in sorted(
            (e for e in edges if e[2]["relation"] in wanted),
            key=lambda e: (wanted[e[2]["relation"]], e[0], e[1], e[2]["relation"]),
        ):
            reason = "member" if wanted[said["relation"]] else "partner"
            found.setdefault((process, body), {**said, "reason": reason})
        return found

    @cached_property
    def named(self) -> Incidence:
        """The table of processes by the bodies that their forms name."""
        return agency_table(self.graph, named=True, collectives=False, inferred=False, rollup=False)

    @cached_property
    def study(self) -> OverlapStudy:
        """The comparison of all processes by what their forms name."""
        return OverlapStudy(overlap_facets(self.graph), titles(self.graph))

    @cached_property
    def names(self) -> Mapping[str, Words]:
        """Names of all things in both languages, for sentences."""
        return names_of(self.graph)

    @cached_property
    def seats(self) -> Mapping[str, int]:
        """In how many processes each body is named."""
        return dict(zip(self.named.columns, self.named.matrix.sum(axis=0).tolist(), strict=True))

    @cached_property
    def processes_by_family(self) -> Mapping[str, frozenset[str]]:
        """Processes that name a body of a family, by family."""
        found: dict[str, set[str]] = defaultdict(set)
        families = [self.family(iri).name for iri in self.named.columns]
        cells = self.named.matrix.tocoo()
        for row, column in zip(cells.row.tolist(), cells.col.tolist(), strict=True):
            found[families[column]].add(self.named.rows[row])
        return {name: frozenset(rows) for name, rows in found.items()}

    def tie(self, said: Mapping[str, Any]) -> Tie:
        """What an edge of the graph says, for people.

        Args:
            said: Attributes of the edge.

        Returns:
            The tie.
        """
        words = tuple(word for word in str(said["words"]).split(" | ") if word)
        return Tie(said["reason"], said["evidence"], words, self.lines(said["lines"]), bool(said["weak"]))

    def ties_between(self, things: Iterable[str]) -> dict[tuple[str, str], tuple[Tie, ...]]:
        """All that is said between some things.

        Args:
            things: Their IRIs.

        Returns:
            Ties by ordered pair, in the order of the pairs.
        """
        chosen = sorted(set(things))
        wanted = frozenset(chosen)
        pairs = ((one, other) for one in chosen for other in sorted(wanted & self.ties.adj[one].keys()))
        return {(a, b): self.ties_of(a, b) for a, b in pairs if a != b}

    def ties_of(self, one: str, other: str) -> tuple[Tie, ...]:
        """All that is said from one thing to another, in the order of the reasons; empty for nothing."""
        said = self.ties.get_edge_data(one, other) or {}
        return tuple(self.tie(said[reason]) for reason in sorted(map(str, said)))
