"""``daftar export``: the graph as files for others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli.common import lang_option, progress, settings_with, store_option

if TYPE_CHECKING:
    from graph.export import Export, Publication, Redaction, Request
    from graph.export.shortfall import Shortfall
    from graph.settings import Settings

_PROFILES = ("full", "cpsv-ap", "dataset", "owl-time")
_FORMATS = ("trig", "nquads", "turtle", "jsonld", "ntriples", "rdfxml")


@click.command("export")
@click.option(
    "--out",
    required=True,
    metavar="DIR|FILE",
    type=click.Path(path_type=Path),
    help="Folder, or one file; its ending (.trig, .nq, .ttl, .jsonld, .nt, .rdf) names the format.",
)
@click.option(
    "--format",
    "formats",
    type=click.Choice(_FORMATS),
    multiple=True,
    help="Format; may be given several times.  [default: TriG, N-Quads, Turtle and JSON-LD]",
)
@click.option(
    "--profile",
    "profiles",
    type=click.Choice(_PROFILES),
    multiple=True,
    help="What to write; may be given several times.  [default: full, dataset, owl-time; full for one file]",
)
@click.option("--per-record", is_flag=True, help="Also one file for each record.")
@click.option(
    "--public", is_flag=True, help="Leave out everything that is marked confidential, and say how much."
)
@click.option(
    "--base-url", default="", metavar="URL", help="Where the files will be served; goes into the description."
)
@lang_option("en")
@store_option
def command(
    out: Path,
    formats: tuple[str, ...],
    profiles: tuple[str, ...],
    per_record: bool,
    public: bool,
    base_url: str,
    lang: str,
    store: str | None,
) -> None:
    """Write the graph as files: whole, as CPSV-AP 3.2.0, as a description of the dataset.

    The same graph gives the same files, byte for byte. With --profile cpsv-ap the command says what the
    profile asks for and the data lacks. With --public it says what it left out; what is not marked
    confidential is not thereby public: read before you publish.
    """
    settings = settings_with(store=store)
    one = _single(out, formats, profiles, per_record)
    from graph.export import Request, write_file, write_folder

    request = Request(
        profiles=profiles or (("full",) if one else ("full", "dataset", "owl-time")),
        formats=(one,) if one else formats,
        per_record=per_record,
        public=public,
        base_url=base_url.rstrip("/") + "/" if base_url else "",
        publication=publication_of(settings),
        previous=_previous(settings, public),
    )
    made = _make(settings, request)
    if one:
        write_file(out, made.files[0].content)
    else:
        write_folder(out, made.files)
    _report(made, out, settings, bool(one), lang)


def _make(settings: Settings, request: Request) -> Export:
    from graph.export import make_export
    from graph.paths import ontology_dir
    from graph.store import open_store

    with progress() as say:
        say("Loading")
        opened = open_store(settings.store)
        say("Exporting")
        return make_export(opened, request, ontology_dir())


def _previous(settings: Settings, public: bool) -> str | None:
    """The edition before, named by the fingerprint of all of it, which a public export must not give."""
    from graph.store import previous_edition

    return None if public else previous_edition(settings.store)


def publication_of(settings: Settings) -> Publication:
    """Who publishes and on what terms, from the settings.

    Args:
        settings: The settings.

    Returns:
        The terms of publication.
    """
    from graph.export import Publication

    fa, _, en = settings.publisher_name.partition("|")
    return Publication(settings.licence, settings.publisher, (fa.strip(), en.strip()), settings.access_rights)


def _single(out: Path, formats: tuple[str, ...], profiles: tuple[str, ...], per_record: bool) -> str:
    """The format of the one file to write; empty when a folder is wanted."""
    from graph.export import GRAPH_FORMATS

    by_ending = {entry.extension: entry.name for entry in GRAPH_FORMATS}
    ending = out.suffix.removeprefix(".").lower()
    if out.is_dir() or not ending.isalpha():
        return ""
    if ending not in by_ending:
        known = ", ".join(f".{name}" for name in by_ending)
        raise click.UsageError(
            f'"{out}" has no known ending ({known}); if it is to be a folder, make it first'
        )
    if len(profiles) > 1 or per_record or len(formats) > 1:
        raise click.UsageError("one file holds one profile in one format; give a folder for more")
    if formats and formats[0] != by_ending[ending]:
        raise click.UsageError(f'the ending of "{out}" means {by_ending[ending]}, not {formats[0]}')
    return by_ending[ending]


def _report(made: Export, out: Path, settings: Settings, one: bool, lang: str) -> None:
    files = made.files[:1] if one else made.files
    records = [file for file in files if file.name.startswith("records/")]
    for file in files:
        if file not in records:
            click.echo(f"{len(file.content):>12,}  {out if one else out / file.name}")
    if records:
        size = sum(len(file.content) for file in records)
        click.echo(f"{size:>12,}  {out / 'records'} ({len(records)} files)")
    if made.redaction is not None:
        click.echo(_left_out(made.redaction, lang))
    if made.shortfall is not None:
        click.echo(_lacking(made.shortfall, lang))
    if settings.licence is None:
        fa = "پروانه‌ای اعلام نشده است؛ تا DAFTAR_LICENCE تعیین نشود کسی حق استفاده ندارد."
        en = "No licence is stated: until DAFTAR_LICENCE is set, nobody has leave to use the data."
        click.echo(fa if lang == "fa" else en)


def _left_out(removed: Redaction, lang: str) -> str:
    rows = [
        f"  {name}: {values} مقدار، {statements} گزاره"
        if lang == "fa"
        else f"  {name}: {values} values, {statements} statements"
        for name, (values, statements) in removed.by_record.items()
    ]
    if lang == "fa":
        head = (
            f"کنار گذاشته شد: {removed.values} مقدار محرمانه و {removed.statements} گزاره "
            f"({removed.conclusions} نتیجه). بی‌نشان به معنای عمومی نیست."
        )
    else:
        head = (
            f"Left out: {removed.values} confidential values and {removed.statements} statements "
            f"({removed.conclusions} of them conclusions). Not marked does not mean public."
        )
    for rule in removed.unknown_rules:
        fa = f"  همه نتیجه‌های قاعده {rule}: پرونده آن عوض شده است؛ daftar build را دوباره اجرا کنید"
        en = f"  all conclusions of the rule {rule}: its file has changed since; run daftar build again"
        rows.append(fa if lang == "fa" else en)
    return "\n".join([head, *rows])


def _lacking(lacks: Shortfall, lang: str) -> str:
    number, total = len(lacks.lacks), lacks.demands
    if not number:
        fa, en = (
            f"هر {total} خواسته CPSV-AP 3.2.0 برآورده است.",
            f"All {total} demands of CPSV-AP 3.2.0 are met.",
        )
    else:
        fa = f"CPSV-AP 3.2.0: از {total} خواسته {number} خواسته برآورده نیست، زیرا داده آن را ندارد:"
        en = f"CPSV-AP 3.2.0: {number} of {total} demands are not met, because the data does not say:"
    return "\n".join([fa if lang == "fa" else en, *(f"  {lack.text(lang)}" for lack in lacks.lacks)])
