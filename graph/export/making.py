"""What an export is made of: profiles × formats → files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from graph.export.description import dataset_node, description
from graph.export.errors import ExportError
from graph.export.files import ExportFile
from graph.export.profile import make_profile
from graph.export.publication import Publication
from graph.export.records import record_files
from graph.export.redact import Redaction, redact
from graph.export.shortfall import Shortfall, shortfall
from graph.export.sitemap import sitemap
from graph.export.writing import write_quads
from graph.query.formats import FORMATS, Format, format_named
from graph.store import Store

PROFILES = ("full", "cpsv-ap", "dataset", "owl-time")
GRAPH_FORMATS = tuple(entry for entry in FORMATS if entry.answers == "graph")
_WHOLE = ("trig", "nquads", "turtle", "jsonld")
_TRIPLES = ("turtle", "jsonld")
_TITLES = {
    "full": ("همه داده‌ها", "The whole dataset"),
    "cpsv-ap": ("نمای CPSV-AP 3.2.0", "CPSV-AP 3.2.0 profile"),
    "dataset": ("شرح مجموعه داده", "Description of the dataset"),
    "owl-time": ("تاریخ‌ها با تقویم آنها", "Dates with their calendar"),
}
_STEMS = {"full": "daftar"}


@dataclass(frozen=True)
class Request:
    """What to export.

    Attributes:
        profiles: Names from ``PROFILES``.
        formats: Names of formats; empty for the usual ones of each profile.
        per_record: Also a file for each record.
        public: Leave out what is marked confidential.
        base_url: Where the export will be served, ending in a slash; empty when it is not known.
        publication: Publisher, licence, access rights.
        previous: Fingerprint of the edition before.
    """

    profiles: tuple[str, ...] = ("full",)
    formats: tuple[str, ...] = ()
    per_record: bool = False
    public: bool = False
    base_url: str = ""
    publication: Publication = field(default_factory=Publication)
    previous: str | None = None


@dataclass(frozen=True)
class Export:
    """An export, not yet written.

    Attributes:
        files: Its files, in the order in which they were asked for.
        fingerprint: That of the edition written, after redaction.
        redaction: What was left out; None when nothing was to be.
        shortfall: What the CPSV-AP profile lacks; None when it was not asked for.
    """

    files: tuple[ExportFile, ...]
    fingerprint: str
    redaction: Redaction | None
    shortfall: Shortfall | None


def make_export(store: Store, request: Request, ontology: Path) -> Export:
    """Make the files of an export. The same edition and request give the same bytes.

    Args:
        store: The edition.
        request: What to export.
        ontology: The ``ontology/`` folder.

    Returns:
        The files and what there is to say about them.

    Raises:
        ExportError: when a profile is unknown or a file of the ontology cannot be used.
        graph.query.errors.QueryFormatError: when there is no such format.
    """
    _check(request)
    removed: Redaction | None = None
    if request.public:
        store, removed = redact(store, ontology)
    files: list[ExportFile] = []
    lacks: Shortfall | None = None
    extra = dataset_node(store, request.publication, removed)
    for profile in sorted(set(request.profiles) - {"dataset"}, key=PROFILES.index):
        if profile == "full":
            quads = list(store.quads())
        else:
            quads = make_profile(store, profile, ontology, extra if profile == "cpsv-ap" else ())
        if profile == "cpsv-ap":
            lacks = shortfall(quads, profile, ontology)
        files += _written(quads, profile, request.formats)
    if request.per_record:
        files += record_files(store, [format_named(name) for name in request.formats or ("trig",)])
    if "full" in request.profiles:
        files += sitemap(store, request.base_url)
    if "dataset" in request.profiles:
        files += _described(store, request, files, removed)
    return Export(tuple(files), store.manifest.fingerprint, removed, lacks)


def _check(request: Request) -> None:
    if unknown := set(request.profiles) - set(PROFILES):
        raise ExportError(
            f"there is no profile {', '.join(sorted(unknown))}; there are {', '.join(PROFILES)}"
        )


def _written(quads: Sequence[ox.Quad], profile: str, formats: Sequence[str]) -> list[ExportFile]:
    usual = _WHOLE if profile == "full" else _TRIPLES
    written = []
    for name in formats or usual:
        chosen = format_named(name)
        if chosen not in GRAPH_FORMATS:
            names = ", ".join(entry.name for entry in GRAPH_FORMATS)
            raise ExportError(f"{name} is a format for rows; a graph can be written as {names}")
        written.append(_file(quads, profile, chosen))
    return written


def _file(quads: Sequence[ox.Quad], profile: str, chosen: Format) -> ExportFile:
    if profile != "full" and chosen.name == "jsonld":
        # one graph only: whoever reads JSON-LD as a graph must not find it hidden behind a name
        quads = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads]
    return ExportFile(
        f"{_STEMS.get(profile, profile)}.{chosen.extension}",
        chosen.media_type.partition(";")[0],
        write_quads(quads, chosen),
        _TITLES[profile],
    )


def _described(
    store: Store, request: Request, files: Sequence[ExportFile], removed: Redaction | None
) -> list[ExportFile]:
    """The description; it lists the files of this export, or those that a full one would have."""
    listed = [file for file in files if not file.name.startswith(("records/", "sitemap"))]
    quads = description(
        store,
        request.base_url,
        publication=request.publication,
        files=listed or _written(list(store.quads()), "full", ()),
        previous=request.previous,
        redaction=removed,
    )
    return _written(quads, "dataset", request.formats)
