"""What is in an edition: made at build time, kept beside the dataset, shown by ``daftar info``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from graph.store.errors import StoreDamagedError

if TYPE_CHECKING:
    import pyoxigraph

    from graph.records import Catalogue


_LATER = frozenset({"rdfc", "parts"})
"""What the first editions did not have."""


@dataclass(frozen=True)
class Manifest:
    """What is in an edition.

    Attributes:
        fingerprint: SHA-256 of the sorted N-Quads, hexadecimal; that of the list of its parts when there are
            several.
        built_at: When it was built, UTC, ISO 8601.
        base_iri: First part of every resource IRI.
        quads: Number of quads.
        graphs: Number of quads in each graph, by IRI.
        records: Number of records of each kind.
        sources: SHA-256 of each source document, by id.
        versions: Versions of Daftar and of the engine.
        rdfc: SHA-256 of the RDFC-1.0 canonical form, hexadecimal; empty in editions built before it was kept,
            and in those of several parts.
        parts: SHA-256 of each file of the dataset, by name, when it has several.
    """

    fingerprint: str
    built_at: str
    base_iri: str
    quads: int
    graphs: Mapping[str, int] = field(default_factory=dict)
    records: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    rdfc: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The manifest as it is written to ``manifest.json``."""
        # not asdict: it copies each of tens of thousands of counts
        return {
            each.name: dict(value) if isinstance(value := getattr(self, each.name), Mapping) else value
            for each in fields(self)
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Manifest:
        """Read what :meth:`to_dict` wrote; unknown keys are left out.

        Raises:
            StoreDamagedError: when a key is missing.
        """
        try:
            return cls(
                **{
                    name: data[name]
                    for name in cls.__dataclass_fields__
                    if name not in _LATER or name in data
                }
            )
        except (KeyError, TypeError) as error:
            raise StoreDamagedError(f"the manifest has no {error}") from error


def fingerprint_of(nquads: bytes) -> str:
    """The fingerprint of a dataset.

    Args:
        nquads: Its N-Quads, sorted by line.

    Returns:
        SHA-256, hexadecimal.

    Example:
        >>> fingerprint_of(b"")[:8]
        'e3b0c442'
    """
    return sha256(nquads).hexdigest()


def fingerprint_of_parts(parts: Mapping[str, str]) -> str:
    r"""The fingerprint of a dataset in several files: that of the list that ``sha256sum`` writes of them.

    Args:
        parts: SHA-256 of each file, hexadecimal, by name.

    Returns:
        SHA-256, hexadecimal.

    Example:
        >>> fingerprint_of_parts({"a.nq": "00"}) == sha256(b"00  a.nq\n").hexdigest()
        True
    """
    return sha256(
        "".join(f"{digest}  {name}\n" for name, digest in sorted(parts.items())).encode()
    ).hexdigest()


def canonical_fingerprint(nquads: bytes) -> str:
    r"""The fingerprint of a dataset that does not depend on names of blank nodes.

    A dataset without blank nodes, as Daftar builds, has the same one as :func:`fingerprint_of`: sorted
    N-Quads are its canonical form already. Anyone with a copy of the dataset, in any format, can compute it.

    Args:
        nquads: The dataset as N-Quads, in any order.

    Returns:
        SHA-256 of the canonical N-Quads (W3C RDF Dataset Canonicalization, RDFC-1.0), hexadecimal.

    Example:
        >>> one = canonical_fingerprint(b'_:a <urn:p> _:b .\n')
        >>> one == canonical_fingerprint(b'_:x <urn:p> _:y .\n')
        True
    """
    import pyoxigraph

    dataset = pyoxigraph.Dataset(pyoxigraph.parse(nquads, format=pyoxigraph.RdfFormat.N_QUADS))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    written = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS) or b""
    return fingerprint_of(b"".join(sorted(written.splitlines(keepends=True))))


def describe(
    nquads: bytes,
    quads: Iterable[pyoxigraph.Quad],
    catalogue: Catalogue,
    *,
    base_iri: str,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> dict[str, Any]:
    """Make the manifest of a dataset.

    Args:
        nquads: The dataset as sorted N-Quads.
        quads: The same dataset as quads.
        catalogue: The records that it was built from.
        base_iri: First part of every resource IRI.
        clock: Gives the time of the build.

    Returns:
        What :func:`graph.store.write_edition` writes to ``manifest.json``.
    """
    graphs = Counter(getattr(quad.graph_name, "value", "") for quad in quads)
    return Manifest(
        fingerprint=fingerprint_of(nquads),
        built_at=clock().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        base_iri=base_iri,
        quads=sum(graphs.values()),
        graphs=dict(sorted(graphs.items())),
        records=catalogue.counts(),
        sources={record.id: str(record.data["sha256"]) for record in catalogue.sources},
        versions={name: version(name) for name in ("daftar", "pyoxigraph")},
        rdfc=canonical_fingerprint(nquads),
    ).to_dict()
