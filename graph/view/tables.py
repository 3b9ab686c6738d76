"""The tables of a form: access by stage, links with systems and bodies, steps, channels."""

from __future__ import annotations

from collections import defaultdict

from graph.view.fields import FieldReader
from graph.view.model import Cell, ChannelView, ExchangeRow, Partner, PartnerRow, StepView
from graph.view.nodes import Lines, Node, Ref
from graph.view.said import confidential
from graph.view.terms import DFC

_STAGES = ("inform", "start", "process", "deliver")


def stages(reader: FieldReader) -> tuple[tuple[Ref, tuple[Cell, ...]], ...]:
    """Return the access table: each stage with its cells."""
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


def exchanges(reader: FieldReader) -> tuple[ExchangeRow, ...]:
    """Return the rows of section 7."""
    return tuple(
        ExchangeRow(
            anchor=reader.anchor(node),
            row=node.number("df:rowNumber") or 0,
            texts=tuple(t for p in ("df:asWritten", "df:exchangedField") for t in node.texts(p)),
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


def partners(reader: FieldReader) -> tuple[PartnerRow, ...]:
    """Return the rows of section 8 with the names in them."""
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


def steps(reader: FieldReader) -> tuple[StepView, ...]:
    """Return the steps in order."""
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


def channels(reader: FieldReader) -> tuple[ChannelView, ...]:
    """Return the channels of a service form."""
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
