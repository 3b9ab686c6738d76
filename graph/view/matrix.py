"""What the page of the matrix shows: heads with their families, marks, and the evidence behind each cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from graph.analysis.matrix import Line, Matrix, Why
from graph.analysis.reports.matrix import Shown, mark
from graph.analysis.reports.matrix_options import KINDS
from graph.view.graph_families import Family, families, family_of
from graph.view.nodes import Ref
from graph.view.reading import Catalogue
from graph.view.terms import value_of
from graph.view.words import Lang

Link = Callable[[Ref], str | None]


@dataclass(frozen=True)
class Head:
    """The head of a row or column.

    Attributes:
        ref: The process or body.
        family: Its colour and shape.
        total: Cells, over the whole other side.
        copied: Those of them that rest on copied lists only.
        chosen: Whether it was chosen to see what is shared.
    """

    ref: Ref
    family: Family
    total: int
    copied: int
    chosen: bool


@dataclass(frozen=True)
class Mark:
    """A filled cell.

    Attributes:
        family: That of the body.
        way: The strongest way in which the body is there.
        copied: Whether all ways rest on copied lists.
        says: The same in words.
        href: Where the form names the body, on the page of the process.
    """

    family: Family
    way: str
    copied: bool
    says: str
    href: str | None


@dataclass(frozen=True)
class Grid:
    """The matrix as it stands on the page.

    Attributes:
        rows: Heads of rows.
        columns: Heads of columns.
        marks: A mark or None for each column of each row.
        evidence: For the script: per filled cell, by ``row:column``, its reasons as lists of way, words,
            lines, whether inferred (1 or 0), whether copied, and the address where it is another than that
            of the mark.
    """

    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    marks: tuple[tuple[Mark | None, ...], ...]
    evidence: Mapping[str, list[list[object]]]


@dataclass(frozen=True)
class Choice:
    """A family to choose, with the kinds in it.

    Attributes:
        family: The family.
        codes: Its kinds among ``KINDS``, with commas.
        chosen: Whether all of them are chosen.
        count: Bodies of it, before the choice of kinds.
    """

    family: Family
    codes: str
    chosen: bool
    count: int


def grid(catalogue: Catalogue, found: Shown, subkinds: Kinds, lang: Lang, link: Link) -> Grid:
    """Prepare the matrix for a page.

    Args:
        catalogue: It names things.
        found: What is shown.
        subkinds: Kind and codes of a thing.
        lang: Language of the words.
        link: Address of the page of a thing.

    Returns:
        The grid; rows and columns changed where the options say so.
    """
    part, swap = found.matrix, bool(found.values["swap"])
    chosen = frozenset((*found.processes, *(found.bodies.agencies if found.bodies else ())))
    processes = _heads(catalogue, part.processes, subkinds, chosen)
    bodies = _heads(catalogue, part.bodies, subkinds, chosen)
    rows, columns = (bodies, processes) if swap else (processes, bodies)
    places = _places(catalogue, part, link)
    marks: list[tuple[Mark | None, ...]] = []
    evidence: dict[str, list[list[object]]] = {}
    for number, row in enumerate(rows):
        line: list[Mark | None] = []
        for other, column in enumerate(columns):
            process, body = (column, row) if swap else (row, column)
            whys = part.cells.get((process.ref.iri, body.ref.iri))
            if whys is None:
                line.append(None)
                continue
            href = _place(whys[0], process.ref, places, link)
            evidence[f"{number}:{other}"] = [
                _evidence(why, _place(why, process.ref, places, link), href) for why in whys
            ]
            copied = all(why.copied for why in whys)
            line.append(Mark(body.family, whys[0].way, copied, mark(whys).of(lang), href))
        marks.append(tuple(line))
    return Grid(rows, columns, tuple(marks), evidence)


Kinds = Callable[[str], tuple[str, Iterable[str]]]


def choices(bodies: Iterable[str], subkinds: Kinds, chosen: Iterable[str]) -> tuple[Choice, ...]:
    """The families of some bodies, to choose from.

    Args:
        bodies: IRIs of bodies.
        subkinds: Kind and codes of a thing.
        chosen: Codes that are chosen.

    Returns:
        One choice for each family that has a body.
    """
    counted: dict[str, int] = {}
    for body in bodies:
        name = family_of(*subkinds(body)).name
        counted[name] = counted.get(name, 0) + 1
    wanted = frozenset(chosen)
    found = []
    for name, family in families().items():
        codes = ["group"] if name == "collective" else [code for code in KINDS if code in family.kinds]
        if name in counted:
            whole = bool(wanted) and wanted.issuperset(codes)
            found.append(Choice(family, ",".join(codes), whole, counted[name]))
    return tuple(found)


def kinds_of(bodies: Iterable[str], subkinds: Kinds) -> tuple[str, ...]:
    """The codes of the kinds that some bodies have, in the order of the code list."""
    there: set[str] = set()
    for body in bodies:
        kind, codes = subkinds(body)
        there.update(("group",) if kind == "collective" else codes)
    return tuple(code for code in KINDS if code in there)


def lines_only(text: str) -> str:
    """Source lines without the name of the document where there is only one.

    Example:
        >>> lines_only("office-1396:210-216,220"), lines_only("a:1; b:2")
        ('210–216, 220', 'a:1; b:2')
    """
    documents = {part.partition(":")[0] for part in text.split("; ")}
    if len(documents) > 1 or ":" not in text:
        return text
    bare = "; ".join(part.partition(":")[2] for part in text.split("; "))
    return bare.replace("-", "–").replace(",", ", ")


def _heads(
    catalogue: Catalogue, lines: Iterable[Line], subkinds: Kinds, chosen: frozenset[str]
) -> tuple[Head, ...]:
    return tuple(
        Head(
            catalogue.ref(line.thing),
            family_of(*subkinds(line.thing)),
            line.total,
            line.copied,
            line.thing in chosen,
        )
        for line in lines
    )


def _places(catalogue: Catalogue, part: Matrix, link: Link) -> dict[tuple[str, str], str]:
    """Where the words of the partners stand on the pages of the processes shown."""
    values = " ".join(str(ox.NamedNode(line.thing)) for line in part.processes)
    rows = catalogue.rows(
        f"""SELECT ?process ?part ?text WHERE {{ VALUES ?process {{ {values} }}
        ?process cv:hasParticipation ?part . ?part df:asWritten ?text }} ORDER BY DESC(?part)"""
    )
    return {
        (value_of(row["process"]), value_of(row["text"])): link(catalogue.ref(value_of(row["part"]))) or ""
        for row in rows
    }


def _place(why: Why, process: Ref, places: Mapping[tuple[str, str], str], link: Link) -> str | None:
    """Where the words of a reason stand, else the page of the process."""
    return next(filter(None, (places.get((process.iri, text)) for text in why.words)), link(process))


def _evidence(why: Why, href: str | None, shown: str | None) -> list[object]:
    said = [why.way, list(why.words), lines_only(why.lines), int(why.evidence == "inferred"), int(why.copied)]
    return said if href == shown else [*said, {"href": href}]
