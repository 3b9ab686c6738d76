"""The page that puts two processes side by side."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.edition import Edition
from api.options_form import fields_of, offers_of
from api.pages import edition_of, render
from graph.analysis.options import Option
from graph.analysis.report import AnalysisError, Column
from graph.analysis.report_text import cell_text
from graph.analysis.words import Words
from graph.query.question_library import QuestionError
from graph.view.alike import Comparison
from graph.view.words import Lang

router = APIRouter(include_in_schema=False)
_ONE, _OTHER = (
    Option(name, "things", "", words, kinds=("process",))
    for name, words in (
        ("one", Words("One process", "یک فرایند")),
        ("other", Words("The other", "دیگری")),
    )
)
#: Message keys of what is compared.
_FACETS = {
    "agency": "compare.facet.agency",
    "instrument": "compare.facet.instrument",
    "form": "compare.facet.form",
    "step-type": "compare.facet.step-type",
    "recipient": "compare.facet.recipient",
}
_SHARE = Column("share", Words("Share", "سهم"), "share")


@router.get("/{lang}/compare")
def page(request: Request, lang: Lang, one: str = "", other: str = "") -> Response:
    """Two processes side by side, or the form that asks which."""
    edition = edition_of(request)
    given = {name: [text] for name, text in (("one", one), ("other", other)) if text.strip()}
    fields = fields_of((_ONE, _OTHER), given, edition.analyst, lang)
    found: Comparison | None = None
    error = None
    if len(given) == 2:  # with one of the two the form asks for the other
        try:
            found = _compared(edition, one, other)
        except QuestionError as refusal:
            error = refusal.words

    def share(value: float) -> Any:
        return cell_text(_SHARE, value, edition.analyst.labels, lang)

    return render(
        request,
        lang,
        "compare.html",
        400 if error else 200,
        fields=fields,
        offers=offers_of(fields, edition.analyst, lang),
        found=found,
        error=error,
        share=share,
        facet_keys=_FACETS,
        total=len(edition.alike.study.rows),
    )


def _compared(edition: Edition, one: str, other: str) -> Comparison:
    analyst = edition.analyst
    found = analyst.things([word.strip() for word in (one, other) if word.strip()], ("process",))
    if len(found) < 2:
        raise AnalysisError(
            "one, other: choose two different processes", "دو فرایند را برگزینید که یکی نباشند"
        )
    for process in found:
        if process not in edition.alike.study.facets["agency"].row_number:
            name = analyst.labels.named(process).id
            raise AnalysisError(
                f"{name} has no form, so there is nothing to compare",
                f"{name} شناسنامه ندارد و چیزی برای سنجش نیست",
            )
    return edition.alike.compare(found[0], found[1])
