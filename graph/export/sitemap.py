"""The sitemap: every IRI of an edition that a server answers for."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pyoxigraph as ox

from graph.export.files import ExportFile
from graph.store import Store

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# the protocol allows no more in one file
LIMIT = 50_000


def resource_iris(store: Store) -> list[str]:
    """Every IRI under the base that something is said about, and the graphs, sorted.

    Args:
        store: The edition.

    Returns:
        The IRIs, each once.
    """
    base = store.manifest.base_iri
    names = {quad.subject.value for quad in store.quads() if isinstance(quad.subject, ox.NamedNode)}
    return sorted({iri for iri in names.union(store.graphs()) if iri.startswith(base)})


def sitemap(store: Store, base_url: str = "", limit: int = LIMIT) -> list[ExportFile]:
    """Make the sitemap of an edition (sitemaps.org protocol 0.9).

    Args:
        store: The edition.
        base_url: Where it is served, ending in a slash. The protocol wants addresses of the same host, so
            IRIs are then given as ``<base_url>id/…``; without it as they are.
        limit: Most addresses in one file.

    Returns:
        ``sitemap.xml``; with more addresses than the limit an index of that name and the numbered files.
    """
    base = store.manifest.base_iri
    place = base_url + "id/" if base_url else base
    addresses = [place + iri.removeprefix(base) for iri in resource_iris(store)]
    if len(addresses) <= limit:
        return [_file("sitemap.xml", "urlset", "url", addresses)]
    parts = [
        _file(f"sitemap-{number}.xml", "urlset", "url", addresses[start : start + limit])
        for number, start in enumerate(range(0, len(addresses), limit), 1)
    ]
    index = _file("sitemap.xml", "sitemapindex", "sitemap", [base_url + part.name for part in parts])
    return [index, *parts]


def _file(name: str, root: str, entry: str, addresses: list[str]) -> ExportFile:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{_NAMESPACE}">']
    lines += [f"<{entry}><loc>{escape(address)}</loc></{entry}>" for address in addresses]
    return ExportFile(
        name,
        "application/xml",
        "\n".join([*lines, f"</{root}>", ""]).encode(),
        ("نقشه نشانی‌ها", "Sitemap of IRIs"),
    )
