"""A what-if as a brief to hand over: Markdown, or one HTML file that needs nothing else."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import networkx as nx
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from graph.analysis.brief_page import page_of
from graph.analysis.impact_model import Impact
from graph.query.question_library import Lang

__all__ = ["as_html", "as_markdown"]

_TEMPLATES = Path(__file__).parent / "templates"
_MARKUP = re.compile(r"([\\`*_{}\[\]<>|#~$!&])")


def as_markdown(result: Impact, needs: nx.MultiDiGraph[str], lang: Lang) -> str:
    """Write a what-if as Markdown, with tables as GitHub has them.

    Args:
        result: The what-if.
        needs: The graph of needs it was worked out on; it has the names and kinds of things.
        lang: Language of the brief.

    Returns:
        The text.

    Raises:
        ValueError: when there is no brief in that language.

    Example:
        >>> from graph.analysis.impact import impact
        >>> graph = nx.MultiDiGraph()
        >>> graph.add_node("x:P1", kind="process", id="P1", en="Meetings"); graph.add_node("x:law", id="law")
        >>> _ = graph.add_edge("x:P1", "x:law", "rule", evidence="document", lines="office:12")
        >>> print(as_markdown(impact(graph, ["x:law"]), graph, "en").splitlines()[0])
        # What if this is taken away? law
    """
    return _markdown().get_template("impact.md").render(page=page_of(result, needs, lang))


def as_html(result: Impact, needs: nx.MultiDiGraph[str], lang: Lang) -> str:
    """Write a what-if as one HTML file: no script, nothing to fetch, ready to print.

    Args:
        result: The what-if.
        needs: The graph of needs it was worked out on.
        lang: Language of the brief; Persian reads from right to left.

    Returns:
        The page.

    Raises:
        ValueError: when there is no brief in that language.
    """
    return _html().get_template("impact.html").render(page=page_of(result, needs, lang))


def markdown_text(text: object) -> str:
    r"""Make a text mean itself in Markdown.

    Args:
        text: Any text.

    Returns:
        The text on one line, with a backslash before what Markdown would read as markup.

    Example:
        >>> markdown_text("a|b <i>")
        'a\\|b \\<i\\>'
    """
    return _MARKUP.sub(r"\\\1", " ".join(str(text).split()))


@cache
def _html() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _markdown() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=False,  # noqa: S701 - no HTML; what is put in is escaped as Markdown
        finalize=markdown_text,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
