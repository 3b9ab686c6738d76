"""The page of a process or a service: its form, field by field, and what we read and infer from it."""

from __future__ import annotations

from graph.view.doubtful import comparisons_of
from graph.view.fields import FieldReader
from graph.view.model import FormDate, FormView, Linked, Section
from graph.view.nodes import Bundle, Node
from graph.view.overview import index_lines_of
from graph.view.pages_model import ProcessView
from graph.view.reading import Catalogue
from graph.view.said import involved, links, notes, pointing, statements
from graph.view.tables import channels, exchanges, partners, stages, steps

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
        stages=stages(reader),
        exchanges=exchanges(reader),
        partners=partners(reader),
        steps=steps(reader),
        channels=channels(reader),
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


def _relations(catalogue: Catalogue, bundle: Bundle) -> tuple[tuple[str, tuple[Linked, ...]], ...]:
    found = [(key, links(catalogue, bundle.root.all(curie))) for key, curie in _RELATIONS]
    required = pointing(catalogue, bundle.root.iri, "dct:requires")
    return tuple((k, v) for k, v in (*found, ("relation.required-by", required)) if v)
