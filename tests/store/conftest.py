"""Small datasets for stores."""

from __future__ import annotations

from collections import Counter
from typing import Any

from graph.store import Manifest, fingerprint_of

BASE = "https://example.org/id/"


def dataset(count: int, word: str = "x") -> bytes:
    """Sorted N-Quads: so many statements, spread over three graphs."""
    lines = [
        f'<{BASE}thing/{number:05}> <urn:says> "{word} {number}"@fa <{BASE}graph/{number % 3}> .\n'.encode()
        for number in range(count)
    ]
    return b"".join(sorted(lines))


def manifest_of(nquads: bytes) -> dict[str, Any]:
    """A manifest that belongs to the dataset."""
    return Manifest(
        fingerprint=fingerprint_of(nquads),
        built_at="2026-01-02T03:04:05Z",
        base_iri=BASE,
        quads=nquads.count(b"\n"),
        graphs=dict(Counter(line.split()[-2][1:-1].decode() for line in nquads.splitlines())),
        records={"process": 1},
        versions={"daftar": "test"},
    ).to_dict()
