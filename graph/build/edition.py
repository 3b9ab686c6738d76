"""Building an edition in buckets: side by side, within a small memory, and only what changed."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from graph.build.crew import Crew, Site, Written, crew, read_slices
from graph.build.gather import GATHERERS, bucket_of, gatherer_of
from graph.build.ontology import read_ontology
from graph.build.plan import (
    Common,
    Making,
    Stat,
    buckets_for,
    changed_since,
    common_key,
    fingerprint_files,
    ident_of,
    read_lists,
)
from graph.build.recheck import keep_shapes
from graph.build.rule_reads import reads_of
from graph.build.rules import read_rules
from graph.garbage import without_collecting
from graph.records.errors import RecordError, RecordErrors
from graph.store.drafts import Draft, drafting
from graph.store.editions import DATASET
from graph.store.manifest import Manifest, fingerprint_of_parts

_SLICES_AT_ONCE = 32
_FILES = "written.json"


@dataclass(frozen=True)
class Built:
    """What a build did.

    Attributes:
        manifest: What is in the edition.
        edition: Its folder.
        made: Number of buckets that were made.
        kept: Number of buckets that were taken from the edition before.
    """

    manifest: Manifest
    edition: Path
    made: int
    kept: int


def build_edition(
    data: Path,
    store: Path,
    *,
    base_iri: str,
    ontology: Path,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Built:
    """Build the edition of a folder of records, and make it the one that answers.

    The statements are those that :func:`graph.build.build` makes of the same records. A small catalogue is
    one sorted file; a large one falls into buckets of records, each a file, and a bucket whose records are as
    they were in the edition before is not made again.

    Args:
        data: The folder of the records.
        store: The folder of the store.
        base_iri: The base of resource IRIs, ending in `/`.
        ontology: The `ontology/` folder.
        workers: Number of processes; unset, as many as there are processors to use.
        progress: Called with the number of buckets done and to do.
        clock: Gives the time of the build.

    Returns:
        What was done.

    Raises:
        RecordErrors: With every error in the records; the old edition answers then.
        BuildError: If a record or a file of the ontology cannot become RDF.
        StoreError: If the store cannot be written.
    """
    with drafting(store) as draft, ExitStack() as little:
        little.enter_context(without_collecting())
        job = _Job(Site(data, ontology, draft.path), draft, base_iri)
        job.prepare()
        if len(job.todo) > 1:
            little.close()
        with crew(job.site, 1 if len(job.todo) <= 1 else workers) as work:
            job.make_buckets(work, progress or (lambda done, total: None))
            job.make_across(work)
            job.make_common(work)
        if job.common.buckets == 1:
            job.join()
        manifest = job.manifest(clock)
        return Built(
            manifest, draft.finish(manifest.to_dict()), len(job.todo), job.common.buckets - len(job.todo)
        )


@dataclass
class _Job:
    site: Site
    draft: Draft
    base_iri: str
    todo: list[int] = field(default_factory=list)
    written: dict[str, Written] = field(default_factory=dict)

    def prepare(self) -> None:
        """Find out what changed, and take over from the edition before what did not."""
        data, previous = self.site.data, self.draft.previous
        self.making = Making(self.site.edition)
        self.old = Making(previous) if previous is not None else None
        seen: dict[str, Stat] = (self.old.read("files.json") if self.old else None) or {}
        files = fingerprint_files(data, {name: (stat[0], stat[1], stat[2]) for name, stat in seen.items()})
        self.seen = files
        key = common_key(data, self.site.ontology, self.base_iri)
        self.common = Common(key, self.base_iri, buckets_for(len(files)))
        old = self.old.common() if self.old else None
        self.files: dict[int, list[str]] = defaultdict(list)
        for name in files:
            self.files[bucket_of(ident_of(name), self.common.buckets)].append(name)
        changed = changed_since(seen, files)
        same = old is not None and (old.key, old.buckets) == (key, self.common.buckets) and old.buckets > 1
        if old is not None and same and seen.keys() <= files.keys() and self._take_over():
            self.common = old
            self.todo = [number for number, names in self.files.items() if not changed.isdisjoint(names)]
        else:
            self.old, self.written = None, {}
            self.todo = list(range(self.common.buckets))
            ontology = read_ontology(self.site.ontology)
            if self.common.buckets > 1:
                self.common.reads = reads_of(rule for rule in read_rules(ontology) if rule.gathers is None)
            read_lists(data, ontology, self.common, list(files), self.making)
            if self.common.buckets > 1:
                keep_shapes(ontology, self.base_iri, self.making)
        self.making.write("files.json", files)

    def _take_over(self) -> bool:
        """Link every file of the edition before; those that are made again are replaced."""
        assert self.old is not None  # noqa: S101 - prepare() saw it
        kept = self.old.read(_FILES)
        if not isinstance(kept, dict) or not (self.old.path / "lists.nq").exists():
            return False
        self.written = {name: (str(digest), dict(graphs)) for name, (digest, graphs) in kept.items()}
        self.making.path.mkdir()
        try:
            for path in [*self.old.path.iterdir(), *(self.old.path.parent / name for name in self.written)]:
                place = self.making.path if path.parent == self.old.path else self.site.edition
                os.link(path, place / path.name)
        except OSError:  # a file is gone, or the file system has no links: make everything anew
            return False
        return True

    def make_buckets(self, work: Crew, progress: Callable[[int, int], None]) -> None:
        """Make the buckets that changed."""
        self.before = self._gathered(self.old)
        errors: list[RecordError] = []
        unread = any(not digest for _, _, digest in self.seen.values())
        for number in self.todo:
            self._forget(f"part-{number:04}.nq", f"bucket-{number:04}.json", f"bucket-{number:04}.slices")
        for done, made in enumerate(work("bucket", [(n, self.files.get(n, [])) for n in self.todo]), start=1):
            errors += made.errors
            self.written |= made.files
            for name, digest in made.read.items():
                self.seen[name] = (*self.seen[name][:2], digest)
            progress(done, len(self.todo))
        if errors:
            raise RecordErrors(errors)
        if unread:
            self.making.write("files.json", self.seen)

    def make_across(self, work: Crew) -> None:
        """Conclude again from the slices to which a bucket gives something else than before."""
        after = self._gathered(self.making)
        names = sorted(
            name
            for name in self.before.keys() | after.keys()
            if self.before.get(name) != after.get(name) and gatherer_of(name) in GATHERERS
        )
        for name in names:
            self._forget(f"across-{name}.nq")
        chunks = [names[at : at + _SLICES_AT_ONCE] for at in range(0, len(names), _SLICES_AT_ONCE)]
        for made in work("across", [(chunk,) for chunk in chunks]):
            self.written |= made.files

    def _gathered(self, making: Making | None) -> dict[str, str]:
        """A fingerprint of what the buckets that are made give to each slice."""
        if making is None:
            return {}
        found: dict[str, Any] = defaultdict(sha256)
        for number in self.todo:
            names = (making.read(f"bucket-{number:04}.json") or {}).get("slices", {})
            into: dict[str, list[bytes]] = {name: [] for name in names}
            read_slices(making, number, into)
            for name, (text,) in into.items():
                found[name].update(text)
        return {name: digest.hexdigest() for name, digest in found.items()}

    def make_common(self, work: Crew) -> None:
        """Write what does not belong to one record, unless it is as it was."""
        present = {
            name.removeprefix(self.base_iri)
            for file, (_, graphs) in self.written.items()
            if file != "common.nq"
            for name in graphs
        }
        shared = sorted(path for path in present if not path.startswith("graph/record/"))
        if "common.nq" in self.written and self.making.read("present.json") == shared:
            return
        self._forget("common.nq", "present.json")
        for made in work("shared", [(shared,)]):
            self.written |= made.files
        self.making.write("present.json", shared)

    def _forget(self, *names: str) -> None:
        for name in names:
            self.written.pop(name, None)
            for folder in (self.site.edition, self.making.path):
                (folder / name).unlink(missing_ok=True)  # a link: the edition before keeps its own

    def join(self) -> None:
        """Put the parts of a small catalogue into one sorted file; it is made anew each time."""
        lines: list[bytes] = []
        for name in self.written:
            lines += (self.site.edition / name).read_bytes().splitlines(keepends=True)
            (self.site.edition / name).unlink()
        nquads = b"".join(sorted(lines))
        (self.site.edition / DATASET).write_bytes(nquads)
        graphs = _sum(graphs for _, graphs in self.written.values())
        self.written = {DATASET: (sha256(nquads).hexdigest(), dict(graphs))}

    def manifest(self, clock: Callable[[], datetime]) -> Manifest:
        """Describe the edition, and keep what the next build can use."""
        graphs = _sum(graphs for _, graphs in self.written.values())
        records = Counter(self.common.records)
        for number in range(self.common.buckets):
            records.update((self.making.read(f"bucket-{number:04}.json") or {}).get("records", {}))
        parts = {name: digest for name, (digest, _) in sorted(self.written.items())}
        alone = parts.pop(DATASET, "")
        if alone:
            for path in self.making.path.iterdir():
                path.unlink()
            self.making.path.rmdir()
        else:
            self._forget(_FILES)
            self.making.write(_FILES, self.written)
        return Manifest(
            fingerprint=alone or fingerprint_of_parts(parts),
            built_at=clock().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            base_iri=self.base_iri,
            quads=sum(graphs.values()),
            graphs=dict(sorted(graphs.items())),
            records=dict(records),
            sources=self.common.sources,
            versions={name: version(name) for name in ("daftar", "pyoxigraph")},
            rdfc=alone,  # without blank nodes, sorted N-Quads are the canonical form
            parts=parts,
        )


def _sum(counts: Iterable[dict[str, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for each in counts:
        found.update(each)
    return found
