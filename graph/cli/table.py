"""Rows of an answer as a table that people can read, in both writing directions."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import click

from graph.query import PREFIXES, Answer

_ISOLATE, _END = "\u2068", "\u2069"
_WIDE = 100_000


def print_table(answer: Answer, base_iri: str) -> None:
    """Print an answer in SPARQL JSON as a table.

    On a terminal long cells are folded; elsewhere every row is one line, as wide as it needs to be.

    Args:
        answer: An answer to SELECT or ASK, written as JSON.
        base_iri: First part of the resource IRIs, left out of the table.
    """
    document = json.loads(answer.body)
    if "boolean" in document:
        click.echo("yes" if document["boolean"] else "no")
        return
    variables = document["head"]["vars"]
    rows = [
        [cell_text(row.get(name), base_iri) for name in variables] for row in document["results"]["bindings"]
    ]
    print_rows(variables, rows)
    click.echo(f"{len(rows)} row{'s' if len(rows) != 1 else ''}")


def print_rows(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows of text as a table.

    On a terminal long cells are folded; elsewhere every row is one line, as wide as it needs to be.

    Args:
        headings: One for each column.
        rows: Cells; what a terminal would obey is taken out of them.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    terminal = sys.stdout.isatty()
    console = Console(width=None if terminal else _WIDE, soft_wrap=False, highlight=False, file=sys.stdout)
    clean = [[_clean(cell) for cell in row] for row in rows]
    table = Table(show_lines=False)
    for number, name in enumerate(headings):
        rtl = is_rtl(row[number] for row in clean)
        table.add_column(Text(name), justify="right" if rtl else "left", overflow="fold")
    for row in clean:
        # isolates keep a terminal that reorders Persian from carrying it across the borders of the cells
        table.add_row(*(Text(f"{_ISOLATE}{cell}{_END}" if terminal and cell else cell) for cell in row))
    console.print(table)


def cell_text(term: dict[str, Any] | None, base_iri: str) -> str:
    """One value in few words, safe for a terminal.

    Args:
        term: A term of SPARQL JSON, or None for no value.
        base_iri: First part of the resource IRIs.

    Returns:
        Text without control characters.

    Example:
        >>> cell_text({"type": "uri", "value": "https://w3id.org/daftar/ontology#Process"}, "https://x.org/")
        'df:Process'
    """
    if term is None:
        return ""
    value = term["value"]
    if term["type"] == "uri":
        return _clean(_short(value, base_iri))
    if term["type"] == "triple":
        return " ".join(cell_text(value[part], base_iri) for part in ("subject", "predicate", "object"))
    return _clean(f"_:{value}" if term["type"] == "bnode" else value)


def is_rtl(cells: Iterable[str]) -> bool:
    """Whether most of the cells begin with a letter that is written from right to left."""
    score = 0
    for cell in cells:
        for letter in cell:
            direction = unicodedata.bidirectional(letter)
            if direction in ("L", "R", "AL"):
                score += 1 if direction != "L" else -1
                break
    return score > 0


def _short(iri: str, base_iri: str) -> str:
    if iri.startswith(base_iri) and iri != base_iri:
        return f"<{iri.removeprefix(base_iri)}>"
    best = max((p for p in PREFIXES.items() if iri.startswith(p[1])), key=lambda p: len(p[1]), default=None)
    return f"{best[0]}:{iri.removeprefix(best[1])}" if best else iri


def _clean(text: str) -> str:
    """Without anything that a terminal would obey: escapes, bells, and marks that reverse what follows."""
    return "".join(letter if letter >= " " and _harmless(letter) else " " for letter in text)


def _harmless(letter: str) -> bool:
    return letter == "\u200c" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
