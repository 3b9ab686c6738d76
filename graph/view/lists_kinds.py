"""What may be listed: for each kind of thing its facets, and the columns that a list can be sorted by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.view.overview import KINDS
from graph.view.overview import PATTERNS as THINGS
from graph.view.process import PROCESS_SECTIONS, SERVICE_SECTIONS
from graph.view.terms import DFC
from graph.view.things import USES

#: Kinds that have a list; steps have no pages of their own, they stand on the page of their process.
LISTED: tuple[str, ...] = (*KINDS, "step")
PATTERNS: Mapping[str, str] = {**THINGS, "step": "?thing a df:Step"}
#: Shares of the fields of a form that have an answer, in hundredths; what is above the last is "to-100".
BANDS = (50, 60, 70, 80, 90)
#: Asked only of those who ticked "other" above it, so that it is empty by right.
_OF_ANOTHER = frozenset({"trigger-other"})


def form_fields(kind: str) -> frozenset[str]:
    """Return the fields that the printed form of a kind asks for.

    Args:
        kind: ``process`` or ``service``.

    Returns:
        Their notations.

    Example:
        >>> len(form_fields("process")), "goal" in form_fields("process")
        (20, True)
    """
    layout = PROCESS_SECTIONS if kind == "process" else SERVICE_SECTIONS
    return frozenset(code for _, _, codes in layout for code in codes) - _OF_ANOTHER


@dataclass(frozen=True)
class FacetKind:
    """A facet of a list.

    Attributes:
        key: Its name in the address.
        message: Key of its heading.
        pattern: SPARQL that binds ``?thing`` and ``?value``; empty when the values follow from the lines.
        named: Whether words that name a value find the things that have it.
        order: Tokens in a fixed order, with the message key of each; else the values with the most things
            come first.
        note: Key of a sentence that says how to read it.
    """

    key: str
    message: str
    pattern: str = ""
    named: bool = False
    order: Mapping[str, str] | None = None
    note: str | None = None


_TICKED = f"""?thing df:hasStageAccess ?cell .
  ?cell df:boxState <{DFC}box-state/ticked> ; df:stage ?stage ; df:deliveryMode ?mode .
  BIND(CONCAT(STRAFTER(STR(?stage), "/code/stage/"), ".", STRAFTER(STR(?mode), "/code/delivery-mode/"))
    AS ?value)"""
_HOW = {how.removeprefix("use."): (curie, how) for curie, how in USES if how in (
    "use.partner", "use.issuer", "use.transmitter", "use.step", "use.owner", "use.unit", "use.serves"
)}  # fmt: skip
_ROLES = " ".join(f'({curie} "{token}")' for token, (curie, _) in _HOW.items())
_ROLE = f"VALUES (?property ?value) {{ {_ROLES} }} ?place ?property ?thing"
#: Codes of the list of kinds only: bodies also carry the role that their kind gives them, called alike.
_KIND = f'(org:classification|dct:type) ?value FILTER(STRSTARTS(STR(?value), "{DFC}agency-kind/"))'
_RULES = "cpsv:follows|cv:hasLegalResource"

_AGENCY = FacetKind("agency", "browse.agency", "?thing df:involvesAgency ?value", named=True)
_AGENCY_KIND = FacetKind("agency-kind", "browse.agency-kind", f"?thing df:involvesAgency/{_KIND}")
_CONFIDENTIAL = FacetKind(
    "confidential",
    "browse.confidential",
    order={"yes": "browse.confidential.yes", "unmarked": "browse.confidential.unmarked"},
    note="browse.confidential.note",
)
_COMPLETE = FacetKind(
    "answered",
    "browse.answered",
    order={
        "to-50": "browse.answered.to-50",
        "to-60": "browse.answered.to-60",
        "to-70": "browse.answered.to-70",
        "to-80": "browse.answered.to-80",
        "to-90": "browse.answered.to-90",
        "to-100": "browse.answered.to-100",
    },
    note="browse.answered.note",
)
_FORM = FacetKind("form", "browse.form", order={"yes": "browse.form.yes", "no": "browse.form.no"})
_DOUBTS = FacetKind("doubts", "browse.doubts", order={"yes": "browse.doubts.yes", "no": "browse.doubts.no"})

FACETS: Mapping[str, tuple[FacetKind, ...]] = {
    "process": (
        _AGENCY,
        _AGENCY_KIND,
        FacetKind("group", "browse.group", "?thing df:involvesCollective ?value", named=True),
        FacetKind("instrument", "browse.instrument", f"?thing {_RULES} ?value", named=True),
        FacetKind("issuer", "browse.issuer", "?thing df:governedByIssuer ?value", named=True),
        FacetKind("recipient", "browse.recipient", "?thing dct:audience|df:serves ?value", named=True),
        FacetKind("access", "browse.access", _TICKED, note="browse.access.note"),
        FacetKind("step", "browse.step", "?thing df:hasStep/df:stepType ?value"),
        FacetKind("scope", "browse.scope", "?thing df:processScope ?value"),
        FacetKind("template", "browse.template", "?thing df:usesTemplate ?value", named=True),
        _CONFIDENTIAL,
        _COMPLETE,
        _FORM,
        _DOUBTS,
    ),
    "service": (
        FacetKind("process", "browse.process", "?thing df:serviceOfProcess ?value", named=True),
        FacetKind("type", "browse.service-type", "?thing df:serviceType ?value"),
        _CONFIDENTIAL,
        _COMPLETE,
        _FORM,
        _DOUBTS,
    ),
    "agency": (
        FacetKind("kind", "browse.agency-kind", f"?thing {_KIND}"),
        FacetKind(
            "parent", "browse.parent", "?thing org:subOrganizationOf|org:unitOf|org:postIn ?value", named=True
        ),
        FacetKind("role", "browse.role", _ROLE, order={token: how for token, (_, how) in _HOW.items()}),
        FacetKind("process", "browse.process", "?value df:involvesAgency ?thing"),
        FacetKind("instrument", "browse.issues", "?value eli:passed_by ?thing", named=True),
    ),
    "collective": (
        FacetKind("kind", "browse.group-kind", "?thing df:collectiveKind ?value"),
        FacetKind("body", "browse.body", "?thing df:membersOf|df:restOf ?value", named=True),
        FacetKind("process", "browse.process", "?value df:involvesCollective ?thing"),
    ),
    "instrument": (
        FacetKind("kind", "browse.instrument-kind", "?thing eli:type_document ?value"),
        FacetKind("issuer", "browse.issuer", "?thing eli:passed_by ?value", named=True),
        FacetKind("process", "browse.process", f"?value {_RULES} ?thing"),
        FacetKind(
            "agency",
            "browse.agency",
            f"?process {_RULES} ?thing . ?process df:involvesAgency ?value",
            note="browse.governed.note",
        ),
    ),
    "template": (
        FacetKind("process", "browse.process", "?value df:usesTemplate ?thing"),
        FacetKind("agency", "browse.agency", "?process df:usesTemplate ?thing ; df:involvesAgency ?value"),
    ),
    "step": (
        FacetKind("type", "browse.step", "?thing df:stepType ?value"),
        FacetKind("agency", "browse.step-agency", "?thing df:mentionsAgency ?value", named=True),
        FacetKind(
            "agency-kind",
            "browse.agency-kind",
            f"?thing df:mentionsAgency/{_KIND}",
        ),
        FacetKind("process", "browse.process", "?value df:hasStep ?thing", named=True),
        _CONFIDENTIAL,
    ),
}

_FORMED = ("id", "name", "kind", "uses", "answered", "doubts", "lines")
#: Columns to sort by, by their names in the address.
SORTS: Mapping[str, tuple[str, ...]] = {
    "process": _FORMED,
    "service": _FORMED,
    "agency": ("name", "kind", "uses", "lines"),
    "collective": ("name", "kind", "uses", "lines"),
    "instrument": ("name", "kind", "uses", "lines"),
    "template": ("name", "uses", "lines"),
    "step": ("id", "name", "kind", "uses", "lines"),
}
#: How a list is sorted when the address does not say; a hyphen turns the order round.
FIRST_SORT: Mapping[str, str] = {
    "process": "id",
    "service": "id",
    "agency": "-uses",
    "collective": "-uses",
    "instrument": "-uses",
    "template": "-uses",
    "step": "id",
}
