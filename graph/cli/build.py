"""``daftar build``: from records to the graph that answers."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from graph.cli.common import data_option, progress, settings_with, store_option


@click.command("build")
@data_option
@store_option
@click.option("--base-iri", metavar="IRI", help="First part of every resource IRI.")
def command(data: Path | None, store: str | None, base_iri: str | None) -> None:
    """Build the graph from the records.

    Reads and checks every record, builds the graph and puts it in place of the old one, which answers until
    the new one is whole. The same records give the same graph, byte for byte.
    """
    started = time.monotonic()
    settings = settings_with(data=data, store=store, base_iri=base_iri)
    with progress() as say:
        say("Loading")
        from graph.build import build, nquads
        from graph.paths import ontology_dir
        from graph.records import load_catalogue
        from graph.store import describe

        say("Reading the records")
        catalogue = load_catalogue(settings.data_dir())
        say("Building the graph")
        dataset = build(catalogue, base_iri=settings.base_iri, ontology=ontology_dir())
        written = nquads(dataset)
        manifest = describe(written, dataset, catalogue, base_iri=settings.base_iri)
        say("Writing the graph")
        where = _keep(settings.store, written, manifest, say)
    counts = catalogue.counts()
    click.echo(
        f"Built {manifest['quads']:,} statements in {len(manifest['graphs'])} graphs "
        f"from {sum(counts.values())} records "
        f"({counts.get('process', 0)} processes, {counts.get('service', 0)} services) "
        f"into {settings.store}{where}: edition {manifest['fingerprint'][:12]}, "
        f"{time.monotonic() - started:.1f} s."
    )


def _keep(store: str, written: bytes, manifest: dict[str, Any], say: Callable[[str], None]) -> str:
    """Write the edition to its folder, or publish it on its server; say what is worth saying of that."""
    from graph.store import is_address, write_edition

    if not is_address(store):
        write_edition(Path(store), written, manifest)
        return ""
    from graph.store.remote import publish

    done = publish(store, written, manifest, lambda done, total: say(f"Publishing: {done} of {total} graphs"))
    if not done.put and not done.dropped:
        return " (was there already)"
    at_once = "" if done.at_once else "; not at once: this server cannot switch editions"
    return f" ({done.put} graphs put, {done.kept} kept, {done.dropped} dropped{at_once})"
