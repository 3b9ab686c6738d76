"""Makes ``docs/findings.md`` from the shipped catalogue: ``python -m graph.analysis.findings_page``.

With ``--check`` it only says whether the page is current.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from graph.analysis.analyst import Analyst
from graph.analysis.headlines import headlines
from graph.analysis.report_text import as_markdown
from graph.analysis.reports import ANALYSES, run
from graph.build import build, nquads
from graph.made_page import write_or_check
from graph.paths import bundled_data_dir, ontology_dir
from graph.query.question_library import Lang, Words
from graph.records import load_catalogue
from graph.settings import Settings
from graph.store import Manifest, MemoryStore, Store, describe

PAGE = Path(__file__).parents[2] / "docs" / "findings.md"
#: Tables of each analysis that stand on the page, and how many rows of each.
_SHOWN: Mapping[str, tuple[tuple[str, ...], int]] = {
    "overlap": (("pairs", "same-bodies", "clusters"), 12),
    "meetings": (("groups",), 12),
    "dependencies": (("needs", "chains"), 20),
    "impact": (("single-removals",), 12),
    "centrality": (("bodies", "roles", "processes"), 10),
    "health": (("checks",), 1),
}
_HEAD = Words(
    """# Findings in the shipped catalogue

<!-- Made by: python -m graph.analysis.findings_page. Do not edit. -->

What the analyses say of the catalogue that comes with Daftar. Every number rests on the forms as they were
read; what counts as taking part, as a need, as overlap, is our reading and is said with each.
`daftar analyse` makes the same tables, whole, with any choice. [فارسی](#fa)""",
    """<a id="fa"></a>

# یافته‌ها

آنچه تحلیل‌ها درباره کاتالوگی می‌گویند که همراه دفتر است. هر شماره بر شناسنامه‌ها، چنان که خوانده شده،
استوار است؛ این که چه چیزی شرکت، نیاز یا همپوشانی شمرده شود خوانش ماست و همراه هر یک گفته شده.
`daftar analyse` همین جدول‌ها را کامل و با هر گزینشی می‌سازد.""",
)


def page(store: Store) -> str:
    """The whole page.

    Args:
        store: The graph.

    Returns:
        Markdown, first in English and then in Persian.
    """
    analyst = Analyst(store)
    return "\n\n".join((*_edition(analyst, "en"), *_edition(analyst, "fa"))) + "\n"


def _edition(analyst: Analyst, lang: Lang) -> Iterator[str]:
    yield _HEAD.of(lang)
    if lang == "fa":
        yield '<div dir="rtl" lang="fa">'
    yield "## " + ("In short" if lang == "en" else "کوتاه")
    lines = [f"- {one.whole.of(lang)} `{one.command}`" for one in headlines(analyst)]
    yield "\n".join(lines)
    for name, (keys, most) in _SHOWN.items():
        if name not in ANALYSES:
            continue
        report = run(analyst, name, {"most": [str(most)]})
        shown = replace(report, tables=tuple(table for table in report.tables if table.key in keys))
        # one level deeper, below the title of the page
        yield (
            as_markdown(shown, analyst.labels, lang)
            .replace("\n## ", "\n### ")
            .replace("# ", "## ", 1)
            .strip()
        )
    if lang == "fa":
        yield "</div>"


def shipped() -> Store:
    """The catalogue that comes with Daftar, built in memory."""
    base = str(Settings.model_fields["base_iri"].default)
    catalogue = load_catalogue(bundled_data_dir())
    dataset = build(catalogue, base_iri=base, ontology=ontology_dir())
    written = nquads(dataset)
    return MemoryStore(written, Manifest.from_dict(describe(written, dataset, catalogue, base_iri=base)))


def main(arguments: list[str]) -> int:
    """Write the page, or with ``--check`` say whether it is current.

    Args:
        arguments: The command line.

    Returns:
        1 when the page is not current, else 0.
    """
    return write_or_check(PAGE, page(shipped()), arguments, "python -m graph.analysis.findings_page")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
