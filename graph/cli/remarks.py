"""``daftar remarks``: files of remarks, checked and put together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli.common import lang_option, save, settings_with, store_option
from graph.cli.group import Failure

if TYPE_CHECKING:
    from graph.store import Store
    from graph.view.reading import Catalogue
    from graph.view.review.remarks import Checked, Known, Remark
    from graph.view.review.remarks_text import Name
    from graph.view.words import Lang

_FORMATS = ("table", "json", "csv", "markdown")
_ENDINGS = {".json": "json", ".csv": "csv", ".md": "markdown"}


@click.command("remarks")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE…",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--format", "format_name", type=click.Choice(_FORMATS), help="How to write them.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a file; its ending (.json, .csv, .md) names the format.",
)
@lang_option("en")
@store_option
def command(
    files: tuple[Path, ...], format_name: str | None, out: Path | None, lang: str, store: str | None
) -> None:
    """Read files of remarks that the review file saved, check them against the edition, put them together.

    Remarks on another edition, and on things that this edition has not, are kept and said. The JSON can be
    read into the review file again.
    """
    from graph.store import open_store
    from graph.view.reading import Catalogue
    from graph.view.review.remarks import RemarksError, check, merge, problems, read_remarks
    from graph.view.review.remarks_text import as_csv, as_json, as_markdown, namer
    from graph.view.words import as_lang

    wanted = format_name or (_ENDINGS.get(out.suffix.lower(), "") if out else "table")
    if not wanted or (wanted == "table" and out is not None):
        raise click.UsageError(f'"{out}": end it in {", ".join(_ENDINGS)}, or say --format')
    try:
        remarks = merge(one for path in files for one in read_remarks(path))
    except RemarksError as error:
        raise Failure(str(error), 2) from error
    edition = open_store(settings_with(store=store).store)
    catalogue = Catalogue(edition, edition.manifest.base_iri)
    checked = check(remarks, _known(edition, catalogue, remarks))
    said = problems(checked)
    for line in said:
        click.echo(f"daftar: {line}", err=True)
    language = as_lang(lang)
    name = namer(catalogue, language)
    if wanted == "table":
        _print(checked, name, language)
        return
    if wanted == "json":
        body = as_json(checked, name, edition.manifest.fingerprint, said)
    elif wanted == "csv":
        body = as_csv(checked, name, language)
    else:
        body = as_markdown(checked, name, language).encode("utf-8")
    save(body, out)


def _known(edition: Store, catalogue: Catalogue, remarks: tuple[Remark, ...]) -> Known:
    """What remarks may be about; the public part of the edition is made only when one may be on it."""
    from graph.analysis.analyst import Analyst
    from graph.export.redact import redact
    from graph.paths import ontology_dir
    from graph.view.findings import findings
    from graph.view.overview import KINDS, items
    from graph.view.review.findings import count_place, places
    from graph.view.review.parts import place_of
    from graph.view.review.remarks import Known

    own = edition.manifest.fingerprint
    named = {place_of(item.ref) for kind in KINDS for item in items(catalogue, kind)}
    named |= places(Analyst(edition), catalogue) | {count_place(one.key) for one in findings(catalogue)}
    known = Known({own: "this"}, named)
    if all(one.edition == own for one in remarks):
        return known
    public, _ = redact(edition, ontology_dir())
    return Known({public.manifest.fingerprint: "public", own: "this"}, named)


def _print(checked: tuple[Checked, ...], name: Name, lang: Lang) -> None:
    from graph.cli.table import print_rows
    from graph.view.review.remarks_text import cells, headings

    print_rows(headings(lang), [cells(one, name, lang) for one in checked])
    click.echo(f"{len(checked)} remark{'s' if len(checked) != 1 else ''}")
