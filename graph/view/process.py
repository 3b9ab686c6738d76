"""The page of a process or a service: its form, field by field, and what we read and infer from it."""

from __future__ import annotations

from collections import defaultdict

from graph.view.fields import (
    FieldReader,
    confidential,
    involved,
    links,
    notes,
    pointing,
    statements,
)
from graph.view.model import (
    Cell,
    ChannelView,
    ExchangeRow,
    FormDate,
    FormView,
    Linked,
    Partner,
    PartnerRow,
    ProcessView,
    Section,
    StepView,
)
from graph.view.nodes import Bundle, Lines, Node, Ref
from graph.view.overview import comparisons_of, index_lines_of
from graph.view.reading import Catalogue
from graph.view.terms import DFC

Layout = tuple[str, str, tuple[str, ...]]

#: The sections of the two printed forms: message key, printed number and fields.
PROCESS_SECTIONS: tuple[Layout, ...] = (
    ("section.p.identity", "1–4", ("title", "identifier", "date", "owner", "office")),
    (
        "section.p.features",
        "5",
        (
            "goal",
            "class",
            "scope",
            "recipients",
            "trigger",
            "trigger-other",
            "output",
            "documents",
            "regulations",
            "forms",
        ),
    ),
    ("section.p.access", "6", ("url", "system", "stages")),
    ("section.p.systems", "7", ("systems",)),
    ("section.p.partners", "8", ("partners",)),
    ("section.p.steps", "9", ("steps",)),
)
SERVICE_SECTIONS: tuple[Layout, ...] = (
    ("section.s.title", "1–2", ("title", "identifier", "date", "owner", "office", "parent")),
    (
        "section.s.features",
        "3",
        (
            "description",
            "types",
            "nature",
            "level",
            "life-events",
            "trigger",
            "trigger-other",
            "documents",
        ),
    ),
    ("section.s.numbers", "4", ("statistics", "duration", "frequency", "visits", "cost")),
    ("section.s.channels", "5", ("channels",)),
)
#: Parts that have their own table; their field codes hold no words beside it.
_TABLES = frozenset({"stages", "partners", "channels"})
_STAGES = ("inform", "start", "process", "deliver")
_RELATIONS = (
    ("relation.requires", "dct:requires"),
    ("relation.service-of", "df:serviceOfProcess"),
    ("relation.delivers", "df:deliversService"),
    ("relation.follows", "cpsv:follows"),
    ("relation.legal", "cv:hasLegalResource"),
    ("relation.issuer", "df:governedByIssuer"),
    ("relation.template", "df:usesTemplate"),
)


def process_view(catalogue: Catalogue, ident: str) -> ProcessView | None:
    """Return the page of a process.

    Args:
        catalogue: The store.
        ident: For example ``P08``.

    Returns:
        The view, or None when there is no such process.
    """
    return _view(catalogue, "process", ident, PROCESS_SECTIONS)


def service_view(catalogue: Catalogue, ident: str) -> ProcessView | None:
    """Return the page of a service.

    Args:
        catalogue: The store.
        ident: For example ``S01``.

    Returns:
        The view, or None when there is no such service.
    """
    return _view(catalogue, "service", ident, SERVICE_SECTIONS)


def _view(catalogue: Catalogue, kind: str, ident: str, layout: tuple[Layout, ...]) -> ProcessView | None:
    bundle = catalogue.bundle(kind, ident)
    if bundle is None:
        return None
    reader = FieldReader(catalogue, bundle)
    form = _form(catalogue, ident)
    root = bundle.root
    sections = _sections(reader, layout, form.date if form else None)
    placed = {d.anchor for s in sections for d in (*s.doubts, *(d for f in s.fields for d in f.doubts))}
    return ProcessView(
        ref=catalogue.ref(root.iri),
        form=form,
        lines=form.lines if form else root.lines,
        sections=sections,
        stages=_stages(reader),
        exchanges=_exchanges(reader),
        partners=_partners(reader),
        steps=_steps(reader),
        channels=_channels(reader),
        doubts=reader.doubts,
        loose_doubts=tuple(d for d in reader.doubts if d.anchor not in placed or form is None),
        agencies=involved(catalogue, root),
        relations=_relations(catalogue, bundle),
        index=index_lines_of(catalogue, root.iri),
        comparisons=comparisons_of(catalogue, root.iri),
        notes=notes(root),
        part_notes={reader.anchor(n): found for n in bundle.parts.values() if (found := notes(n))},
        statements=statements(catalogue, bundle),
    )


def _sections(reader: FieldReader, layout: tuple[Layout, ...], date: FormDate | None) -> tuple[Section, ...]:
    sections = []
    placed = {code for _, _, codes in layout for code in codes}
    rest = tuple(c for c in reader.codes if c not in placed)
    for key, number, codes in (*layout, ("section.rest", "", rest)):
        fields = [reader.field(c, date if c == "date" else None) for c in codes if c not in _TABLES]
        shown = tuple(f for f in fields if not f.empty or f.doubts)
        if key != "section.rest" or shown:
            doubts = tuple(d for c in codes if c in _TABLES for d in reader.field(c).doubts)
            sections.append(Section(key, number, shown, doubts))
    return tuple(sections)


def _form(catalogue: Catalogue, ident: str) -> FormView | None:
    bundle = catalogue.bundle("form", ident)
    if bundle is None:
        return None
    root = bundle.root
    source = root.iri_of("prov:hadPrimarySource")
    return FormView(
        ref=catalogue.ref(root.iri),
        source=catalogue.ref(source) if source else None,
        lines=root.lines,
        date=form_date(root, "dct:issued", bundle),
    )


def form_date(node: Node, gregorian: str, bundle: Bundle | None = None) -> FormDate | None:
    """Return the date that a node states.

    Args:
        node: A form or an instrument.
        gregorian: The property with the Gregorian date.
        bundle: Where the date's own reading may stand, for its lines.

    Returns:
        The date, or None when there is none.
    """
    parts = [n for n in (bundle.parts.values() if bundle else ()) if n.code("df:field") == "date"]
    lines = parts[0].lines if parts else None
    jalali, day = node.text("df:jalaliDate"), node.text(gregorian)
    written = node.text("df:dateAsWritten")
    return FormDate(jalali, day, written, lines) if jalali or day or written else None


def _stages(reader: FieldReader) -> tuple[tuple[Ref, tuple[Cell, ...]], ...]:
    rows: dict[str, list[Cell]] = defaultdict(list)
    for node in reader.bundle.linked("df:hasStageAccess"):
        stage, mode = reader.one(node, "df:stage"), reader.one(node, "df:deliveryMode")
        if stage is None or mode is None:
            continue
        rows[stage.iri].append(
            Cell(
                anchor=reader.anchor(node),
                stage=stage,
                mode=mode,
                mark=reader.one(node, "df:boxState"),
                medium=node.text("df:mediumText"),
                reason=node.text("df:inPersonReason"),
                confidential=confidential(node),
                lines=node.lines,
            )
        )
    order = [f"{DFC}stage/{s}" for s in _STAGES]
    keys = sorted(rows, key=lambda iri: (order.index(iri) if iri in order else len(order), iri))
    return tuple((rows[k][0].stage, tuple(sorted(rows[k], key=lambda c: c.mode.id))) for k in keys)


def _exchanges(reader: FieldReader) -> tuple[ExchangeRow, ...]:
    return tuple(
        ExchangeRow(
            anchor=reader.anchor(node),
            row=node.number("df:rowNumber") or 0,
            texts=tuple(
                t for p in ("df:asWritten", "df:exchangedField") for t in node.texts(p)
            ),
            marks=tuple(node.texts("df:enquiryMarks")),
            lines=node.lines,
        )
        for node in reader.bundle.linked("df:hasExchange")
    )


_ROW_DETAILS = (
    ("partner.system", "df:partnerSystem"),
    ("partner.fields", "df:exchangedField"),
    ("partner.fee", "df:partnerFee"),
    ("partner.enquiry", "df:enquiryAsWritten"),
    ("partner.enquiry-by", "df:enquiryByAsWritten"),
)


def _partners(reader: FieldReader) -> tuple[PartnerRow, ...]:
    names: dict[int, list[Partner]] = defaultdict(list)
    spans: dict[int, Lines | None] = {}
    for node in reader.bundle.linked("cv:hasParticipation"):
        row = node.number("df:rowNumber") or 0
        spans.setdefault(row, node.lines)
        names[row].append(
            Partner(
                anchor=reader.anchor(node),
                text=node.text("df:asWritten") or "",
                means=reader.one(node, "cv:hasParticipant"),
                status=reader.one(node, "df:resolutionStatus"),
                position=node.number("df:positionInRow") or 0,
            )
        )
    printed = {
        n.number("df:rowNumber") or 0: n
        for link in ("df:hasFieldReading", "df:hasFieldState")
        for n in reader.bundle.linked(link)
        if n.code("df:field") == "partners"
    }
    return tuple(
        _partner_row(reader, number, printed.get(number), names[number], spans.get(number))
        for number in sorted({*names, *printed})
    )


def _partner_row(
    reader: FieldReader, number: int, node: Node | None, names: list[Partner], span: Lines | None
) -> PartnerRow:
    """One row; a row of which the records keep only the names has no node of its own."""
    details = ((key, text) for key, curie in _ROW_DETAILS for text in (node.texts(curie) if node else []))
    return PartnerRow(
        anchor=reader.anchor(node) if node else f"partner-row-{number}",
        row=number,
        text=node.text("df:asWritten") if node else None,
        state=reader.one(node, "df:state") if node else None,
        partners=tuple(sorted(names, key=lambda p: p.position)),
        details=tuple(details),
        lines=node.lines if node else span,
    )


def _steps(reader: FieldReader) -> tuple[StepView, ...]:
    steps = [
        StepView(
            anchor=reader.anchor(node),
            number=node.number("df:stepNumber") or 0,
            printed=node.text("df:stepNumberAsWritten"),
            text=reader.written(node, node.text("dct:description", "fa")),
            type=reader.one(node, "df:stepType"),
            agencies=reader.catalogue.refs(node.iris("df:mentionsAgency")),
            lines=node.lines,
        )
        for node in reader.bundle.linked("df:hasStep")
    ]
    return tuple(sorted(steps, key=lambda s: s.number))


def _channels(reader: FieldReader) -> tuple[ChannelView, ...]:
    return tuple(
        ChannelView(
            anchor=reader.anchor(node),
            channel=reader.one(node, "dct:type"),
            mark=reader.one(node, "df:boxState"),
            text=node.text("dct:description"),
            lines=node.lines,
        )
        for node in reader.bundle.linked("cv:hasChannel")
        if node.is_a("df:ServiceChannel")
    )


def _relations(catalogue: Catalogue, bundle: Bundle) -> tuple[tuple[str, tuple[Linked, ...]], ...]:
    found = [(key, links(catalogue, bundle.root.all(curie))) for key, curie in _RELATIONS]
    required = pointing(catalogue, bundle.root.iri, "dct:requires")
    return tuple((k, v) for k, v in (*found, ("relation.required-by", required)) if v)
