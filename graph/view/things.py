"""The pages of agencies, collectives, instruments and templates."""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox

from graph.view.model import Linked
from graph.view.nodes import Node, Ref
from graph.view.pages_model import Spelling, ThingView, Use
from graph.view.process import form_date
from graph.view.reading import Catalogue
from graph.view.rows import row_lines
from graph.view.said import confidential, links, notes, pointing, statements
from graph.view.terms import compact, value_of

#: Forms that a page lists; the list of processes has the others.
MOST_USES = 120
_KINDS = ("org:classification", "dct:type", "df:collectiveKind", "eli:type_document")
#: What a thing points to: message key and properties.
_FACTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("fact.parent", ("org:subOrganizationOf", "org:unitOf", "org:postIn")),
    ("fact.parent-basis", ("df:parentBasis",)),
    ("fact.members-of", ("df:membersOf",)),
    ("fact.rest-of", ("df:restOf",)),
    ("fact.member-description", ("df:memberDescription",)),
    ("fact.issuer", ("eli:passed_by",)),
    ("fact.part-of", ("eli:is_part_of",)),
)
#: What points to a thing.
_BACK: tuple[tuple[str, str], ...] = (
    ("fact.children", "org:subOrganizationOf"),
    ("fact.units", "org:unitOf"),
    ("fact.posts", "org:postIn"),
    ("fact.members", "df:membersOf"),
    ("fact.rests", "df:restOf"),
    ("fact.issued", "eli:passed_by"),
    ("fact.parts", "eli:is_part_of"),
)
#: How a form names a thing: the property on the record or on one of its parts, and the message key.
USES: tuple[tuple[str, str], ...] = (
    ("cv:hasParticipant", "use.partner"),
    ("df:resolvesTo", "use.mention"),
    ("df:instrumentsOf", "use.issuer"),
    ("df:transmittedBy", "use.transmitter"),
    ("df:mentionsAgency", "use.step"),
    ("cv:hasCompetentAuthority", "use.owner"),
    ("df:ownerUnit", "use.unit"),
    ("df:serves", "use.serves"),
    ("df:involvesAgencyInferred", "use.inferred"),
    ("df:involvesAgencyRollup", "use.rollup"),
)

#: What is read of each place.
_SAID = (
    "df:asWritten",
    "df:confidentiality",
    "df:sourceLineStart",
    "df:sourceLineEnd",
    "df:sourceLinesAsWritten",
)


def thing_view(catalogue: Catalogue, kind: str, ident: str) -> ThingView | None:
    """Return the page of an agency, a collective, an instrument or a template.

    Args:
        catalogue: The store.
        kind: ``agency``, ``collective``, ``instrument`` or ``template``.
        ident: Its id.

    Returns:
        The view, or None when there is no such thing.
    """
    bundle = catalogue.bundle(kind, ident)
    if bundle is None:
        return None
    root = bundle.root
    uses, more = _uses(catalogue, root.iri)
    return ThingView(
        ref=catalogue.ref(root.iri),
        kinds=catalogue.kinds(i for c in _KINDS for i in root.iris(c)),
        spellings=_spellings(catalogue, root),
        facts=_facts(catalogue, root),
        texts=tuple((k, t) for k, c in _TEXTS for t in root.texts(c)),
        date=form_date(root, "eli:date_document", bundle),
        confidential=confidential(root),
        lines=root.lines,
        lines_written=root.text("df:sourceLinesAsWritten"),
        notes=notes(root),
        uses=uses,
        more_uses=more,
        statements=statements(catalogue, bundle),
    )


_TEXTS = (("fact.number", "eli:number"),)


def _spellings(catalogue: Catalogue, root: Node) -> tuple[Spelling, ...]:
    rows = catalogue.rows(
        """SELECT ?thing ?alias ?surface ?start ?end ?written WHERE {
        ?alias df:denotesAgency ?thing ; df:surface ?surface .
        # one by one: of optional parts in each other the engine reads all there are in the graph
        OPTIONAL { ?alias df:sourceLineStart ?start }
        OPTIONAL { ?alias df:sourceLineEnd ?end }
        OPTIONAL { ?alias df:sourceLinesAsWritten ?written } } ORDER BY ?alias""",
        thing=ox.NamedNode(root.iri),
    )
    found: dict[str, Spelling] = {}
    for row in rows:
        anchor = (catalogue.ref(value_of(row["alias"])).part or "").replace("/", "-")
        found.setdefault(value_of(row["alias"]), Spelling(anchor, value_of(row["surface"]), row_lines(row)))
    known = {one.text for one in found.values()}
    rest = (Spelling(None, text, None) for text in root.texts("skos:altLabel", "fa") if text not in known)
    return (*found.values(), *rest)


def _facts(catalogue: Catalogue, root: Node) -> tuple[tuple[str, tuple[Linked, ...]], ...]:
    facts = [(key, links(catalogue, [s for c in curies for s in root.all(c)])) for key, curies in _FACTS]
    facts += [(key, pointing(catalogue, root.iri, curie)) for key, curie in _BACK]
    if root.flag("df:openEnded"):
        facts.append(("fact.open-ended", (Linked(Ref("", "flag", ""), "curated"),)))
    return tuple((key, found) for key, found in facts if found)


def _uses(catalogue: Catalogue, iri: str) -> tuple[tuple[Use, ...], int]:
    """How forms name a thing, for the first forms; and how many more forms do."""
    hows = dict(USES)
    ways = f"FILTER(?property IN ({', '.join(hows)}))"  # twenty times as quick here as VALUES
    named = f"GRAPH ?graph {{ ?place ?property {ox.NamedNode(iri)} }} {ways}"
    # In one text: some bodies are named in thousands of places, and reading a row costs more than finding it.
    (every,) = catalogue.rows(f"SELECT (GROUP_CONCAT(DISTINCT STR(?place)) AS ?places) {{ {named} }}")
    by_owner: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in value_of(every["places"]).split():
        by_owner[catalogue.owner(each)].append(each)
    owners = sorted(by_owner)[:MOST_USES]
    places = [each for owner in owners for each in by_owner[owner]]
    # Places first, then what they say: the engine would read each OPTIONAL pattern whole.
    values = " ".join(f"<{each}>" for each in places)
    rows = catalogue.rows(
        f"""SELECT ?place ?property ?graph WHERE {{ VALUES ?place {{ {values} }}
        {named} }} ORDER BY ?place ?property ?graph"""
    )
    nodes = catalogue.nodes(places, _SAID)
    uses: dict[tuple[str, str], Use] = {}
    for row in rows:
        place, how = catalogue.ref(value_of(row["place"])), hows[compact(value_of(row["property"]))]
        node = nodes.get(place.iri, Node(place.iri))
        if place.kind in ("process", "service"):
            layer = catalogue.layer(value_of(row["graph"]))
            use = Use(place, how, node.text("df:asWritten"), layer, confidential(node), node.lines)
            uses.setdefault((how, place.iri), use)
    order = {how: n for n, (_, how) in enumerate(USES)}
    found = sorted(uses.values(), key=lambda u: (u.place.kind, u.place.id, order[u.how], u.place.part or ""))
    return tuple(found), len(by_owner) - len(owners)
