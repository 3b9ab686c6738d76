"""Which words of the forms stand behind a relation: their lines, and whether they are only a copied list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from graph.analysis.projection_facts import Facts, Part, Statement

#: The field of the form that a relation was read in.
_FIELD_OF = {
    "serves": "recipients",
    "audience": "recipients",
    "ownerUnit": "office",
    "hasCompetentAuthority": "owner",
    "requires": "documents",
    "serviceOfProcess": "parent",
}
_PARENTS = frozenset(("subOrganizationOf", "unitOf", "postIn"))
_UNRESOLVED = "https://w3id.org/daftar/code/resolution-status/unresolved"


class Support:
    """Finds the evidence behind relations.

    Args:
        facts: What the store says.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._parents = self._targets(_PARENTS)
        self._issuers = self._targets({"passed_by"})
        self._bodies = self._targets({"membersOf"})
        self._members: dict[str, set[str]] = defaultdict(set)
        for one in facts.memberships:
            self._members[one.body].add(one.member)
        self._above: dict[str, frozenset[str]] = {}

    def parts(self, one: Statement) -> list[Part]:
        """The evidence that a relation rests on.

        Args:
            one: The relation.

        Returns:
            Names, phrases, steps, fields or memberships, in the order of their IRIs; none for what no form
            says.
        """
        if one.relation in _FIELD_OF:
            found = self._facts.fields.get((one.subject, _FIELD_OF[one.relation]), [])
        elif one.relation == "deliversService":
            found = self._facts.fields.get((one.object, "parent"), [])
        else:
            found = self._led.get((one.subject, one.relation, one.object), [])
        return sorted(found, key=lambda part: (part.spans, part.iri))

    def copied(self, parts: Iterable[Part]) -> bool:
        """Whether names stand in copied rows only.

        A row of partners is copied when it stands word for word in the form of an earlier process, earlier by
        the code points of its IRI: the first form with a list counts, its copies do not. That is the reading
        of the question ``agencies-ranked-without-copies``; counting no form of such a family would lose the
        one list that somebody did write. A form that prints a row twice does not copy itself, and a body that
        a form names once in a copied row and once in its own is not weak.

        Args:
            parts: Evidence of a relation.

        Returns:
            True when there are names of partners and each stands in a copied row.
        """
        names = [part.iri for part in parts if part.link == "hasParticipation"]
        return bool(names) and all(name in self._copied_names for name in names)

    @cached_property
    def _copied_names(self) -> frozenset[str]:
        rows = [row for (_, name), found in self._facts.fields.items() if name == "partners" for row in found]
        first: dict[str, str] = {}
        for row in rows:
            first[row.words] = min(first.get(row.words, row.owner), row.owner)
        copied = {(row.owner, row.row) for row in rows if row.words and first[row.words] < row.owner}
        names = (part for parts in self._facts.parts.values() for part in parts)
        return frozenset(
            name.iri for name in names if name.link == "hasParticipation" and (name.owner, name.row) in copied
        )

    @cached_property
    def _led(self) -> dict[tuple[str, str, str], list[Part]]:
        """Evidence by subject, relation and target, for what a name, a phrase, a step ... leads to."""
        led: dict[tuple[str, str, str], list[Part]] = defaultdict(list)
        for parts in self._facts.parts.values():
            for part in parts:
                led[part.owner, part.link, part.iri].append(part)
                for relation, target in self._leads(part):
                    led[part.owner, relation, target].append(part)
        for one in self._facts.memberships:
            spans = self._facts.spans.get(one.iri, ())
            part = Part(one.iri, one.body, "memberOf", "", "", None, spans, one.graph)
            led[one.member, "memberOf", one.body].append(part)
        return led

    def _leads(self, part: Part) -> Iterator[tuple[str, str]]:
        resolved = self._facts.resolved.get(part.iri, {})
        if part.link == "hasParticipation":
            for agent in resolved.get("hasParticipant", ()):
                yield from self._involved(part, agent)
        elif part.link == "hasMention":
            issuers = set(resolved.get("instrumentsOf", ()))
            for thing in resolved.get("resolvesTo", ()):
                yield from ((relation, thing) for relation in ("follows", "hasLegalResource", "usesTemplate"))
                issuers |= self._issuers.get(thing, set())
            yield from (("governedByIssuer", issuer) for issuer in issuers)
            yield from (("transmittedBy", sender) for sender in resolved.get("transmittedBy", ()))

    def _involved(self, part: Part, agent: str) -> Iterator[tuple[str, str]]:
        """The relations that a name in the table of partners leads to, as the rules draw them."""
        yield "involvesCollective", agent
        if _UNRESOLVED not in self._facts.kinds.get(part.iri, {}).get("resolutionStatus", ()):
            yield "involvesAgency", agent
        members = {member for body in self._bodies.get(agent, ()) for member in self._members.get(body, ())}
        yield from (("involvesAgencyInferred", member) for member in members)
        yield from (("involvesAgencyRollup", above) for above in self._all_above(agent))

    def _all_above(self, agent: str) -> frozenset[str]:
        if agent not in self._above:
            found: set[str] = set()
            todo = [agent]
            while todo:
                new = self._parents.get(todo.pop(), set()) - found
                found |= new
                todo.extend(new)
            self._above[agent] = frozenset(found)
        return self._above[agent]

    def _targets(self, relations: Iterable[str]) -> dict[str, set[str]]:
        wanted = frozenset(relations)
        found: dict[str, set[str]] = defaultdict(set)
        for one in self._facts.relations:
            if one.relation in wanted:
                found[one.subject].add(one.object)
        return found
