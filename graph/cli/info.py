"""``daftar info``: what is in the built graph."""

from __future__ import annotations

import click

from graph.cli.common import settings_with, store_option


@click.command("info")
@store_option
@click.option("--json", "as_json", is_flag=True, help="Print the manifest as JSON.")
def command(store: str | None, as_json: bool) -> None:
    """Say what is in the graph, from which records, and when it was built.

    An edition on disk is read through and compared with its fingerprint.
    """
    from graph.store import read_manifest

    location = settings_with(store=store).store
    manifest = read_manifest(location)
    if as_json:
        import json

        click.echo(json.dumps(manifest.to_dict(), ensure_ascii=False, indent=2))
        return
    records = ", ".join(f"{count} {kind}" for kind, count in manifest.records.items())
    click.echo(f"Store        {location}")
    click.echo(f"Edition      {manifest.fingerprint}")
    click.echo(f"RDFC-1.0     {manifest.rdfc or 'not kept in this edition; run daftar build again'}")
    click.echo(f"Built        {manifest.built_at}")
    click.echo(f"Statements   {manifest.quads:,} in {len(manifest.graphs)} graphs")
    click.echo(f"Records      {records}")
    for name, checksum in manifest.sources.items():
        click.echo(f"Source       {name} (sha256 {checksum})")
    click.echo(f"Resources    {manifest.base_iri}")
    click.echo("Versions     " + ", ".join(f"{name} {number}" for name, number in manifest.versions.items()))
    click.echo("Graphs")
    for graph, count in _grouped(manifest.graphs, manifest.base_iri):
        click.echo(f"  {count:>9,}  {graph}")


def _grouped(graphs: object, base_iri: str) -> list[tuple[str, int]]:
    """The graphs with their sizes; the many graphs of single records as one line."""
    assert hasattr(graphs, "items")  # noqa: S101 - the manifest holds a mapping
    lines: dict[str, int] = {}
    records = 0
    for iri, count in graphs.items():
        short = iri.removeprefix(base_iri)
        if short.startswith("graph/record/"):
            records += 1
            short = "graph/record/*"
        lines[short] = lines.get(short, 0) + count
    return [
        (f"{name} ({records} graphs)" if name.endswith("*") else name, lines[name]) for name in sorted(lines)
    ]
