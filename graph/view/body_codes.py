"""The codes that classify bodies, posts and groups: where the families of the pictures come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from graph.view.reading import Catalogue
from graph.view.terms import value_of


def body_codes(catalogue: Catalogue, bodies: Iterable[str] | None = None) -> Mapping[str, tuple[str, ...]]:
    """Return the codes of bodies and groups.

    Args:
        catalogue: The store.
        bodies: Their IRIs; None for all.

    Returns:
        IRIs of codes by IRI, in order; what no code classifies is not in it.
    """
    chosen = ""
    if bodies is not None:
        values = " ".join(str(ox.NamedNode(iri)) for iri in sorted(bodies))
        chosen = f"VALUES ?body {{ {values} }}"
    found: dict[str, list[str]] = defaultdict(list)
    for row in catalogue.rows(
        f"""SELECT DISTINCT ?body ?kind WHERE {{ {chosen}
        {{ ?body org:classification|df:collectiveKind ?kind }}
        UNION {{ ?body dct:type ?kind ; a foaf:Agent }} }} ORDER BY ?body ?kind"""
    ):
        found[value_of(row["body"])].append(value_of(row["kind"]))
    return {iri: tuple(codes) for iri, codes in found.items()}
