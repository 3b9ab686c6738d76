"""Which words of the forms stand behind a relation: their lines, and whether they are only a copied list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from graph.analysis.projection_facts import Facts, Part

_PARENTS = ("subOrganizationOf", "unitOf", "postIn")
_FIELD_OF = {
    "serves": "recipients",
    "audience": "recipients",
    "ownerUnit": "office",
    "hasCompetentAuthority": "owner",
    "requires": "documents",
    "serviceOfProcess": "parent",
}


class Support:
    """Finds the evidence behind relations.

    Args:
        facts: What the store says.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._parents: dict[str, set[str]] = defaultdict(set)
        self._issuer: dict[str, set[str]] = defaultdict(set)
        self._body: dict[str, set[str]] = defaultdict(set)
        for one in facts.relations:
            if one.relation in _PARENTS:
                self._parents[one.subject].add(one.object)
            elif one.relation == "passed_by":
                self._issuer[one.subject].add(one.object)
            elif one.relation == "membersOf":
                self._body[one.subject].add(one.object)
        self._members: dict[str, set[str]] = defaultdict(set)
        for _, body, member, _ in facts.memberships:
            self._members[body].add(member)
        self._above: dict[str, frozenset[str]] = {}

    def parts(self, subject: str, relation: str, target: str) -> list[Part]:
        """The evidence that a relation rests on.

        Args:
            subject: Where the relation starts.
            relation: Its name.
            target: Where it leads.

        Returns:
            Names, mentions, steps or fields; empty for what no form says.
        """
        if relation in _FIELD_OF:
            return self._facts.fields.get((subject, _FIELD_OF[relation]), [])
        if relation == "deliversService":
            return self._facts.fields.get((target, "parent"), [])
        return self._led.get((subject, relation, target), [])

    def copied(self, parts: Iterable[Part]) -> bool:
        """Whether names stand in copied rows only.

        A row is copied when it stands word for word in the form of an earlier process, earlier by the code
        points of the IRI: the first form with a list counts, its copies do not (as in the question
        ``agencies-ranked-without-copies``). A form that prints a row twice does not copy itself.

        Args:
            parts: Names in partner tables.

        Returns:
            True when there are names and each stands in a copied row.
        """
        names = [part.iri for part in parts if part.link == "hasParticipation"]
        return bool(names) and all(name in self._copied_names for name in names)

    @cached_property
    def _copied_names(self) -> frozenset[str]:
        words: dict[tuple[str, str], list[str]] = {}
        first: dict[str, str] = {}
        for (thing, name), rows in self._facts.fields.items():
            if name == "partners":
                for row in rows:
                    if row.words:
                        words.setdefault((thing, row.row), []).append(row.words)
                        first[row.words] = min(first.get(row.words, thing), thing)
        copied = {key for key, texts in words.items() if all(first[text] < key[0] for text in texts)}
        return frozenset(
            part.iri
            for thing, parts in self._facts.parts.items()
            for part in parts
            if part.link == "hasParticipation" and (thing, part.row) in copied
        )

    @cached_property
    def _led(self) -> dict[tuple[str, str, str], list[Part]]:
        """Evidence by subject, relation and target, for relations that a name or a mention leads to."""
        led: dict[tuple[str, str, str], list[Part]] = defaultdict(list)
        for thing, parts in self._facts.parts.items():
            for part in parts:
                for relation, target in self._leads(part):
                    subject = part.iri if part.link == "hasStep" and relation != "hasStep" else thing
                    led[subject, relation, target].append(part)
        return led

    def _leads(self, part: Part) -> Iterable[tuple[str, str]]:
        resolved = self._facts.resolved.get(part.iri, {})
        if part.link == "hasParticipation":
            for agent in resolved.get("hasParticipant", ()):
                yield "involvesAgency", agent
                yield "involvesCollective", agent
                for body in self._body.get(agent, ()):
                    for member in self._members.get(body, ()):
                        yield "involvesAgencyInferred", member
                for above in self._all_above(agent):
                    yield "involvesAgencyRollup", above
        elif part.link == "hasMention":
            issuers = set(resolved.get("instrumentsOf", ()))
            for thing in resolved.get("resolvesTo", ()):
                yield "follows", thing
                yield "hasLegalResource", thing
                yield "usesTemplate", thing
                issuers |= self._issuer.get(thing, set())
            for issuer in issuers:
                yield "governedByIssuer", issuer
            for sender in resolved.get("transmittedBy", ()):
                yield "transmittedBy", sender
        yield part.link, part.iri

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
