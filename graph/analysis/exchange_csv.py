"""Two tables, ``nodes.csv`` and ``edges.csv``, as Gephi and pandas read them, with their types beside.

``csv-metadata.json`` gives the columns their types, which CSV has not: https://www.w3.org/TR/tabular-metadata/.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from graph.analysis.exchange_flat import Edge, ExchangeError, Flat, Node, Type, Value, decode, encode

NODES, EDGES, METADATA = "nodes.csv", "edges.csv", "csv-metadata.json"

_NODE_HEAD = ("Id", "Label")
_EDGE_HEAD = ("Source", "Target", "Type", "Id", "Label", "Kind")
_DATATYPES = {"string": "string", "long": "long", "double": "double", "boolean": "boolean", "list": "string"}
_ABSENT = "\\N"
#: What a spreadsheet takes for a formula (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = re.compile(r"'*[=+\-@\t\r]")

Table = tuple[list[str], list[list[str]]]


def tables(flat: Flat, *, spreadsheet: bool) -> dict[str, bytes]:
    """Write the tables.

    Args:
        flat: The tables.
        spreadsheet: Whether people will open them in a spreadsheet: then a text that it would run as a
            formula gets a quote in front, and the files say that they are UTF-8. Otherwise texts stand as
            they are.

    Returns:
        The files by name.
    """
    node_rows = [([n.key, n.label], n.values) for n in flat.nodes]
    edge_rows = [
        ([e.source, e.target, "Directed", f"e{number}", e.key, e.key], e.values)
        for number, e in enumerate(flat.edges)
    ]
    plain: Callable[[str, Type], str] = _neutral if spreadsheet else lambda text, _: text
    files: dict[str, bytes] = {}
    described = []
    for name, head, rows, types in (
        (NODES, _NODE_HEAD, node_rows, flat.node_types),
        (EDGES, _EDGE_HEAD, edge_rows, flat.edge_types),
    ):
        nulls = {c: _null(values[c] for _, values in rows if c in values) for c in types}
        cells = [
            [plain(text, "string") for text in fixed]
            + [
                plain(encode(values[column]), kind) if column in values else nulls[column]
                for column, kind in types.items()
            ]
            for fixed, values in rows
        ]
        files[name] = _csv([*head, *types], cells, spreadsheet)
        described.append(_described(name, head, types, nulls))
    metadata: dict[str, Any] = {"@context": "http://www.w3.org/ns/csvw", "tables": described}
    if spreadsheet:
        metadata["https://w3id.org/daftar/ontology#neutralised"] = True
    files[METADATA] = json.dumps(metadata, ensure_ascii=False, indent=1).encode("utf-8")
    return files


def read_tables(files: Mapping[str, bytes]) -> Flat:
    """Read what ``tables`` wrote.

    Args:
        files: The three files by name.

    Returns:
        The tables.

    Raises:
        ExchangeError: when they are no such files.
    """
    try:
        metadata = json.loads(files[METADATA])
        described = {table["url"]: table["tableSchema"]["columns"] for table in metadata["tables"]}
        quoted = any(name.endswith("#neutralised") for name in metadata)
        node_rows = _read(files[NODES], described[NODES], len(_NODE_HEAD), quoted)
        edge_rows = _read(files[EDGES], described[EDGES], len(_EDGE_HEAD), quoted)
    except (ValueError, KeyError, TypeError, csv.Error) as error:
        if isinstance(error, ExchangeError):
            raise
        raise ExchangeError(f"{METADATA} does not describe {NODES} and {EDGES} ({error!r})") from error
    nodes = [Node(fixed[0], fixed[1], values) for fixed, values in node_rows]
    edges = [Edge(fixed[0], fixed[1], fixed[5], values) for fixed, values in edge_rows]
    return Flat(nodes, edges, {}, {})


def _null(values: Iterable[Value]) -> str:
    """How a column writes that there is no value: nothing, unless an empty text is a value there."""
    written = {encode(value) for value in values}
    mark = "" if "" not in written else _ABSENT
    while mark in written:
        mark += "N"
    return mark


def _described(
    name: str, head: Iterable[str], types: Mapping[str, Type], nulls: Mapping[str, str]
) -> dict[str, Any]:
    columns: list[dict[str, Any]] = [{"titles": column, "datatype": "string"} for column in head]
    for column, kind in types.items():
        one: dict[str, Any] = {"titles": column, "datatype": _DATATYPES[kind], "null": nulls[column]}
        if kind == "list":
            one["separator"] = "|"
        columns.append(one)
    return {"url": name, "tableSchema": {"columns": columns}}


def _csv(head: list[str], rows: list[list[str]], spreadsheet: bool) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig" if spreadsheet else "utf-8")


def _read(
    content: bytes, columns: list[dict[str, Any]], fixed: int, quoted: bool
) -> list[tuple[list[str], dict[str, Value]]]:
    limit = csv.field_size_limit(len(content) + 1)
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    finally:
        csv.field_size_limit(limit)
    found = []
    for line in lines[1:]:
        if len(line) != len(columns):
            raise ExchangeError(f"a row has {len(line)} cells, the table {len(columns)} columns: {line[:2]}")
        cells = zip(line[fixed:], columns[fixed:], strict=True)
        values = {c["titles"]: _cell(text, c, quoted) for text, c in cells if text != c["null"]}
        found.append(([_plain(text) if quoted else text for text in line[:fixed]], values))
    return found


def _cell(text: str, column: Mapping[str, Any], quoted: bool) -> Value:
    kind: Type = "list" if "separator" in column else column["datatype"]
    return decode(_plain(text) if quoted and kind in ("string", "list") else text, kind)


def _neutral(text: str, kind: Type) -> str:
    return f"'{text}" if kind in ("string", "list") and _FORMULA.match(text) else text


def _plain(text: str) -> str:
    """Undo ``_neutral``: a text that had a quote before a sign of its own got one more."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
