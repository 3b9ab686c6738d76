"""Graphs to files that other tools open, and back.

==========  ================================================  ==========================================
format      file                                              read by
==========  ================================================  ==========================================
graphml     ``.graphml``                                      Gephi, yEd, Cytoscape, igraph, NetworkX
gexf        ``.gexf``, the relation as ``kind`` of the edge   Gephi (keeps relations apart), NetworkX
pajek       ``.net``                                          Pajek, Gephi, NetworkX
json        node-link                                         D3, NetworkX
csv         a folder with ``nodes.csv``, ``edges.csv`` and    Gephi, pandas, spreadsheets
            the types of their columns
==========  ================================================  ==========================================

Every format gives back all of the graph: keys of nodes and edges, attributes with their types, Persian and
any other text. Attributes of the graph itself are not written; ``None`` is as if absent; a list comes back as
a tuple. An attribute whose name other tools take for their own (``id``, ``label``, ``source`` ...) has ``_``
after its name in the file. Control characters that XML cannot hold are refused in GraphML and GEXF, not
dropped. Pajek's own part of its file has one label for each vertex and arc; the rest is in comments that only
Daftar reads. Tools may keep less than a file has: Gephi merges parallel edges of GraphML and Pajek, so give
it GEXF or CSV.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import networkx as nx

from graph.analysis import exchange_csv
from graph.analysis.exchange_flat import ExchangeError, Flat, Lang, flatten, rebuild
from graph.analysis.exchange_json import node_link, read_node_link
from graph.analysis.exchange_pajek import pajek, read_pajek
from graph.analysis.exchange_xml import gexf, graphml, read_gexf, read_graphml
from graph.export.files import write_file

__all__ = ["FORMATS", "ExchangeError", "read_back", "write_graph"]

_WRITERS: Mapping[str, Callable[[Flat], bytes]] = {
    "graphml": graphml,
    "gexf": gexf,
    "pajek": pajek,
    "json": node_link,
}
_READERS: Mapping[str, Callable[[bytes], Flat]] = {
    "graphml": read_graphml,
    "gexf": read_gexf,
    "pajek": read_pajek,
    "json": read_node_link,
}
#: Names of the formats.
FORMATS = (*_WRITERS, "csv")


def write_graph(
    graph: nx.MultiDiGraph[str],
    path: Path,
    format: str,  # noqa: A002 - the word that everyone uses
    *,
    lang: Lang = "fa",
    spreadsheet: bool = False,
) -> tuple[Path, ...]:
    """Write a graph. Each file is replaced whole or not at all.

    Args:
        graph: The graph; keys of nodes and edges are texts.
        path: The file; for ``csv`` the folder. Folders are made where missing.
        format: One of ``FORMATS``.
        lang: Language of the labels that readers show; where one is missing the other stands in.
        spreadsheet: For ``csv``: people will open the tables in a spreadsheet, so texts that it would run as
            formulas get a quote in front (``read_back`` takes it off again).

    Returns:
        The files written.

    Raises:
        ExchangeError: when the graph holds what the format cannot say; the message says what and where.
        OSError: when a file cannot be written.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> graph = nx.MultiDiGraph()
        >>> _ = graph.add_edge("P08", "police", "involvesAgency", weak=False)
        >>> with TemporaryDirectory() as folder:
        ...     (file,) = write_graph(graph, Path(folder) / "catalogue.gexf", "gexf")
        ...     list(read_back(file, "gexf").edges(keys=True, data=True))
        [('P08', 'police', 'involvesAgency', {'weak': False})]
    """
    _check(format)
    if spreadsheet and format != "csv":
        raise ExchangeError("only csv can be written for spreadsheets")
    flat = flatten(graph, lang)
    if format == "csv":
        tables = exchange_csv.tables(flat, spreadsheet=spreadsheet)
        files = {path / name: content for name, content in tables.items()}
    else:
        files = {path: _WRITERS[format](flat)}
    for file, content in files.items():
        write_file(file, content)
    return tuple(files)


def read_back(path: Path, format: str) -> nx.MultiDiGraph[str]:  # noqa: A002
    """Read a graph that ``write_graph`` wrote.

    Args:
        path: The file or folder.
        format: One of ``FORMATS``.

    Returns:
        The graph.

    Raises:
        ExchangeError: when the file was not written by Daftar in this format; the message names it.
        OSError: when it cannot be read.
    """
    _check(format)
    try:
        if format == "csv":
            names = (exchange_csv.NODES, exchange_csv.EDGES, exchange_csv.METADATA)
            flat = exchange_csv.read_tables({name: (path / name).read_bytes() for name in names})
        else:
            flat = _READERS[format](path.read_bytes())
    except ExchangeError as error:
        raise ExchangeError(f"{path}: {error}") from error
    return rebuild(flat)


def _check(name: str) -> None:
    if name not in FORMATS:
        raise ExchangeError(f"there is no format {name!r}; say one of: {', '.join(FORMATS)}")
