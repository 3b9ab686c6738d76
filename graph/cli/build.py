"""``daftar build``: from records to the graph that answers."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from graph.cli.common import base_option, data_option, progress, settings_with, store_option

if TYPE_CHECKING:
    from graph.build.edition import Built
    from graph.settings import Settings


@click.command("build")
@data_option
@store_option
@base_option
@click.option(
    "--tables/--no-tables",
    default=None,
    help="Whether to compute what pages need of all records; else the server does, before it shows them."
    "  [default: up to 5,000 processes]",
)
def command(data: Path | None, store: str | None, base_iri: str | None, tables: bool | None) -> None:
    """Build the graph from the records.

    Reads and checks every record, builds the graph and puts it in place of the old one, which answers until
    the new one is whole. The same records give the same graph, byte for byte. Of a large catalogue only the
    parts are made anew whose records changed.
    """
    started = time.monotonic()
    settings = settings_with(data=data, store=store, base_iri=base_iri)
    with progress() as say:
        say("Loading")
        from graph.store import is_address

        if is_address(settings.store):
            with TemporaryDirectory(prefix="daftar-") as folder:
                built = _build(settings, Path(folder), say)
                where = _publish(settings.store, built, say)
        else:
            built = _build(settings, Path(settings.store), say)
            _derive(Path(settings.store), built, say, tables)
            where = f" ({built.made} of {built.made + built.kept} parts made anew)" if built.kept else ""
    manifest = built.manifest
    click.echo(
        f"Built {manifest.quads:,} statements in {len(manifest.graphs)} graphs "
        f"from {sum(manifest.records.values())} records "
        f"({manifest.records.get('process', 0)} processes, {manifest.records.get('service', 0)} services) "
        f"into {settings.store}{where}: edition {manifest.fingerprint[:12]}, "
        f"{time.monotonic() - started:.1f} s."
    )


def _build(settings: Settings, store: Path, say: Callable[[str], None]) -> Built:
    from graph.build.edition import build_edition
    from graph.paths import ontology_dir

    say("Reading the lists")
    return build_edition(
        settings.data_dir(),
        store,
        base_iri=settings.base_iri,
        ontology=ontology_dir(),
        progress=lambda done, total: say(f"Building the graph: {done} of {total} parts"),
    )


def _derive(store: Path, built: Built, say: Callable[[str], None], asked: bool | None) -> None:
    """Compute what pages need of the whole catalogue; of a large one only when asked: it takes minutes."""
    from graph.analysis.sizes import MOST_READ

    if not (built.manifest.records.get("process", 0) <= MOST_READ if asked is None else asked):
        return
    from graph.derived import open_derived, write
    from graph.store import open_store

    opened = open_store(store)
    if not open_derived(opened, built.edition).stored:  # the same edition built again has them
        write(
            opened,
            built.edition,
            lambda done, total: say(f"Deriving tables: {done} of {total}"),
            processes=len(os.sched_getaffinity(0)),
        )


def _publish(store: str, built: Built, say: Callable[[str], None]) -> str:
    """Publish an edition on its server; say what is worth saying of that."""
    from graph.store import read_edition
    from graph.store.remote import publish

    written, manifest = read_edition(built.edition)
    done = publish(
        store,
        written,
        manifest.to_dict(),
        lambda done, total: say(f"Publishing: {done} of {total} graphs"),
    )
    if not done.put and not done.dropped:
        return " (was there already)"
    at_once = "" if done.at_once else "; not at once: this server cannot switch editions"
    return f" ({done.put} graphs put, {done.kept} kept, {done.dropped} dropped{at_once})"
