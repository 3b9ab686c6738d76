"""The whole catalogue as one HTML file for reviewers: no request, places for remarks, ready to print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from graph.analysis.analyst import Analyst
from graph.export.redact import Redaction
from graph.store import Store
from graph.view.doubtful import comparison_views, open_doubts
from graph.view.findings import findings
from graph.view.graph_families import families_css
from graph.view.matrix_table import Mark, MatrixTable, matrix_table
from graph.view.nodes import Node, Ref
from graph.view.one_file import asset, policy
from graph.view.overview import KINDS, index_lines
from graph.view.page import GraphPart, environment, graph_part, graph_script, script_json
from graph.view.profile import Profiles
from graph.view.reading import Catalogue
from graph.view.review.findings import analyses, count_place, said
from graph.view.review.parts import anchor_of, part_of, parts, settle, template_values
from graph.view.review.remarks import FORMAT, JUDGEMENTS
from graph.view.rewriting import deeper
from graph.view.terms import value_of
from graph.view.words import Lang, Words, view_words

#: The file must fit into a message: 3 MB for the shipped catalogue, which a test holds.
MOST_BYTES = 3_000_000
#: Message key and sign of each mark of the matrix.
MARKS: Mapping[Mark, tuple[str, str]] = {
    "named": ("review.mark.named", "●"),
    "copied": ("review.mark.copied", "○"),
    "inferred": ("review.mark.inferred", "+"),
}
#: What the script says; the page says the rest.
_MESSAGES = (
    "review.count",
    "review.saved",
    "review.loaded",
    "review.who.missing",
    "review.wrong",
    "review.other",
    "review.unknown",
    "review.unknown.note",
    "review.from",
    "review.unkept",
    "review.sure",
    "review.cleared",
)
#: The style sheets of the pages whose parts the file holds, and its own.
STYLES = ("daftar", "explore", "graph", "review")
Say = Callable[[str], None]


def review_page(
    store: Store,
    lang: Lang = "fa",
    *,
    left_out: Redaction | None = None,
    face: str = "",
    progress: Say = lambda _: None,
) -> str:
    """Return the review file of an edition.

    Args:
        store: The edition; for a public file what :func:`graph.export.redact.redact` leaves of it.
        lang: The language of the file.
        left_out: What was left out of the edition, for the cover.
        face: A style sheet with the font in it as data; without it, fonts of the reader's machine are used.
        progress: Told what is being done, in words.

    Returns:
        A complete page that makes no request at all. The same edition gives the same bytes.

    Example::

        Path("review.html").write_text(review_page(open_store(".daftar"), "en"), encoding="utf-8")
    """
    catalogue, words = Catalogue(store, store.manifest.base_iri), view_words(lang)
    shown = _shown(store, catalogue, words, left_out, progress)
    progress("Putting the file together")
    body = environment().get_template("_review_body.html").render({**template_values(words), **shown})
    scripts = [asset("vis-network.min.js"), graph_script(), asset("review.js")]
    styles = [families_css(), *(asset(f"{name}.css") for name in STYLES)]
    styles = [face, *styles] if face else styles
    # The assets are ours or pyvis's, and the body was escaped by its templates.
    return (
        environment()
        .get_template("review_file.html")
        .render(
            **template_values(words),
            policy=policy(scripts, styles),
            body=Markup(settle(body)),  # noqa: S704
            data=_data(store, words),
            scripts=[Markup(each) for each in scripts],  # noqa: S704
            styles=[Markup(each) for each in styles],  # noqa: S704
        )
    )


def _shown(
    store: Store, catalogue: Catalogue, words: Words, left_out: Redaction | None, progress: Say
) -> Mapping[str, Any]:
    analyst = Analyst(store)
    profiles, groups = Profiles(catalogue, analyst), []
    for kind in KINDS:
        progress(f"Writing the {kind} pages")
        groups.append((kind, parts(catalogue, profiles, words, kind)))
    progress("Analysing")
    entries, doubts = index_lines(catalogue), open_doubts(catalogue)
    records = {part.ref.iri for _, group in groups for part in group}
    part = graph_part(
        catalogue,
        words.lang,
        link=lambda ref: f"#{anchor_of(ref)}" if ref.iri in records else None,
        site=False,
    )
    return {
        "manifest": store.manifest,
        "left_out": left_out,
        "sources": _sources(catalogue),
        "groups": groups,
        "entries": len(entries),
        "doubts": len(doubts),
        "said": said(analyst, catalogue, words.lang),
        "counted": findings(catalogue),
        "count_place": count_place,
        "analyses": list(analyses(analyst, catalogue, words.lang)),
        "part": part,
        "graph": _graph(part, words),
        "matrix": _matrix(catalogue, analyst),
        "marks": MARKS,
        "judgements": JUDGEMENTS.items(),
        "index": part_of("index.html", words, "chapter-index", levels=1, entries=entries),
        "doubt_list": part_of(
            "doubts.html",
            words,
            "chapter-doubts",
            levels=1,
            doubts=doubts,
            comparisons=comparison_views(catalogue),
        ),
    }


def _sources(catalogue: Catalogue) -> list[tuple[Ref, Node]]:
    rows = catalogue.rows("SELECT ?s WHERE { ?s a df:SourceDocument } ORDER BY ?s")
    refs = [catalogue.ref(value_of(row["s"])) for row in rows]
    found = [(ref, catalogue.bundle("source", ref.id)) for ref in refs]
    return [(ref, bundle.root) for ref, bundle in found if bundle is not None]


def _graph(part: GraphPart, words: Words) -> Markup:
    values = {**template_values(words), "part": part}
    html = environment().get_template("_graph.html").render(values)
    return Markup(deeper(html, 1))  # noqa: S704 - the template escaped every value


def _matrix(catalogue: Catalogue, analyst: Analyst) -> MatrixTable:
    return matrix_table(
        catalogue, analyst.agencies(["named", "collectives"]), analyst.agencies(["inferred", "rollup"])
    )


def _data(store: Store, words: Words) -> Markup:
    return script_json(
        {
            "format": FORMAT,
            "edition": store.manifest.fingerprint,
            "lang": words.lang,
            "messages": words.given((*_MESSAGES, *JUDGEMENTS.values())),
        }
    )
