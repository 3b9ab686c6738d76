"""Remarks put together, as a table, JSON, CSV and Markdown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from itertools import groupby

from graph.analysis.brief import markdown_text
from graph.spreadsheet import harmless
from graph.view.reading import Catalogue
from graph.view.review.remarks import FORMAT, JUDGEMENTS, Checked
from graph.view.words import Lang, view_words

Name = Callable[[Checked], str]
_HEADS = (
    "review.col.about",
    "review.col.name",
    "review.col.reviewer",
    "review.col.judgement",
    "review.col.text",
    "review.col.fits",
)
_FITS = {
    "this": "review.fits.this",
    "public": "review.fits.public",
    "other": "review.fits.another",
    "unknown": "review.unknown.note",
}


def namer(catalogue: Catalogue, lang: Lang) -> Name:
    """How to call what a remark is about: the name that the edition has, else the one that the reviewer saw.

    Args:
        catalogue: The edition.
        lang: Language.

    Returns:
        A function of a remark.
    """

    def name(one: Checked) -> str:
        known = catalogue.names.get(catalogue.base + one.remark.place)
        return known.label(lang) if known is not None else one.remark.name

    return name


def headings(lang: Lang) -> list[str]:
    """The headings of the table.

    Args:
        lang: Language.

    Returns:
        One for each cell of :func:`cells`.
    """
    return [view_words(lang).t(key) for key in _HEADS]


def cells(one: Checked, name: Name, lang: Lang) -> list[str]:
    """A remark as a row.

    Args:
        one: The remark.
        name: How things are called.
        lang: Language.

    Returns:
        Place, name, reviewer, judgement, words, and how it fits the edition.
    """
    words = view_words(lang)
    fits = [words.t(_FITS[one.edition])] + ([] if one.known else [words.t(_FITS["unknown"])])
    said = one.remark
    judgement = words.t(JUDGEMENTS[said.judgement])
    return [said.place, name(one), said.reviewer, judgement, said.text, (_COMMA[lang]).join(fits)]


_COMMA = {"en": ", ", "fa": "، "}


def as_csv(remarks: Sequence[Checked], name: Name, lang: Lang) -> bytes:
    """Remarks for spreadsheets; no cell is a formula.

    Args:
        remarks: The remarks.
        name: How things are called.
        lang: Language.

    Returns:
        The table in UTF-8 with a byte order mark, which spreadsheets want to see before Persian.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings(lang))
    for one in remarks:
        writer.writerow([harmless(cell) for cell in cells(one, name, lang)])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def as_json(remarks: Sequence[Checked], name: Name, edition: str, said: Sequence[str]) -> bytes:
    """Remarks for programs, and for the review file, which reads them back.

    Args:
        remarks: The remarks.
        name: How things are called.
        edition: Fingerprint of the edition that they were checked against.
        said: What there is to know of them.

    Returns:
        A file of remarks in which each has its own reviewer and edition.
    """
    rows = [
        {
            "about": one.remark.place,
            "name": name(one),
            "reviewer": one.remark.reviewer,
            "judgement": one.remark.judgement,
            "text": one.remark.text,
            "edition": one.remark.edition,
            "fits": one.edition,
            "known": one.known,
            "file": one.remark.file,
        }
        for one in remarks
    ]
    reviewers = sorted({one.remark.reviewer for one in remarks})
    document = {
        "format": FORMAT,
        "edition": edition,
        "reviewer": ", ".join(reviewers)[:60],
        "problems": list(said),
        "remarks": rows,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def as_markdown(remarks: Sequence[Checked], name: Name, lang: Lang) -> str:
    """Remarks as a paper, a heading for each thing.

    Args:
        remarks: The remarks, in the order of what they are about.
        name: How things are called.
        lang: Language.

    Returns:
        The text.
    """
    words = view_words(lang)
    parts = [f"# {words.t('review.merged')}"]
    for place, group in groupby(remarks, key=lambda one: one.remark.place):
        here = list(group)
        parts.append(f"## {markdown_text(place)} · {markdown_text(name(here[0]))}")
        lines = []
        for one in here:
            _, _, reviewer, judgement, text, fits = cells(one, name, lang)
            mark = "" if one.edition == "this" and one.known else f" ({fits})"
            said = " ".join(markdown_text(text).split())
            lines.append(
                f"- **{markdown_text(reviewer)}**: {judgement}{mark}" + (f". {said}" if said else "")
            )
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"
