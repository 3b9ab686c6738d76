"""The brief of a what-if: whole, in both languages, and safe with any words."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import networkx as nx
import pytest

from graph.analysis.brief import as_html, as_markdown
from graph.analysis.brief_words import EVIDENCE, POOLS, WORDS, code_words
from graph.analysis.dependency import dependency_graph
from graph.analysis.dependency_reasons import REASONS
from graph.analysis.impact import find_things, impact
from graph.analysis.impact_model import Impact
from graph.query.question_library import LANGS, Lang
from tests.view.support import HOSTILE


@pytest.fixture(scope="module")
def needs(shipped: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    return dependency_graph(shipped)


@pytest.fixture(scope="module")
def council(needs: nx.MultiDiGraph[str]) -> Impact:
    return impact(needs, find_things(needs, ["state-security-council"]))


class Seen(HTMLParser):
    """Tags with their attributes, and the cells of tables."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


@pytest.mark.parametrize("lang", LANGS)
def test_every_thing_reached_has_its_row(needs: nx.MultiDiGraph[str], council: Impact, lang: Lang) -> None:
    page = Seen(as_html(council, needs, lang))
    whats = [row[1] for row in page.rows if len(row) == 4]
    titles = [str(needs.nodes[one.thing][lang]) for one in (*council.lost, *council.weakened)]
    assert len(titles) == 13
    rows = [what for what in whats if what != WORDS["what"].of(lang)]
    assert len(rows) == 13
    assert all(title in row for title, row in zip(titles, rows, strict=True))
    text = as_markdown(council, needs, lang)
    lines = [line for line in text.splitlines() if line.startswith("| ") and line.count(" | ") == 3]
    assert len(lines) == 13 + 2
    assert "(line 1110, our reading)" in text if lang == "en" else "(سطر ۱۱۱۰، خوانش ما)" in text


def test_directions_and_digits(needs: nx.MultiDiGraph[str], council: Impact) -> None:
    persian, english = as_html(council, needs, "fa"), as_html(council, needs, "en")
    assert Seen(persian).tags[0] == ("html", {"lang": "fa", "dir": "rtl"})
    assert Seen(english).tags[0] == ("html", {"lang": "en", "dir": "ltr"})
    assert as_markdown(council, needs, "fa").startswith('<div dir="rtl" lang="fa">\n\n# ')
    body = persian.partition("<main>")[2]
    # Latin digits stand in ids such as P04 and in the document's name and the words of titles, nowhere else
    figures = re.findall(r"<dd>(.*?)</dd>", body)
    assert figures == ["۶", "۷", "۲", "۰"]
    assert re.findall(r"<dd>(.*?)</dd>", english) == ["6", "7", "2", "0"]


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_is_fetched_and_nothing_runs(
    needs: nx.MultiDiGraph[str], council: Impact, lang: Lang
) -> None:
    for tag, attributes in Seen(as_html(council, needs, lang)).tags:
        assert tag not in {"script", "link", "img", "iframe", "object"}
        assert not any(name.startswith("on") or name in {"src", "href"} for name in attributes)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("words", [*HOSTILE, "a | b", "`code` *x* _y_ [z](javascript:1)", "two\nlines"])
def test_words_stay_words(lang: Lang, words: str) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("x:P1", kind="process", id="P1", fa=words, en=words)
    graph.add_node("x:a", kind="agency", id="a", fa=words, en=words, subkinds=("media",))
    graph.add_edge("x:P1", "x:a", "partner", evidence="document", lines="office:1-2", weak=True)
    result = impact(graph, ["x:a"])
    plain = impact(graph, ["x:a"])
    page = Seen(as_html(result, graph, lang))
    assert any(words in " ".join(row) for row in page.rows)
    graph.nodes["x:P1"].update(fa="ب", en="b")
    graph.nodes["x:a"].update(fa="ب", en="b")
    quiet = Seen(as_html(plain, graph, lang))
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in quiet.tags]
    graph.nodes["x:P1"].update(fa=words, en=words)
    lines = as_markdown(result, graph, lang).splitlines()
    rows = [re.sub(r"\\.", "", line) for line in lines if line.startswith("| ")]
    assert {row.count("|") for row in rows} == {5, 4}
    assert not any("<" in row.replace("<br>", "") for row in rows)


def test_the_only_partners_are_listed(needs: nx.MultiDiGraph[str]) -> None:
    result = impact(needs, find_things(needs, ["medical-sciences", "emergency-medical"]))
    text = as_markdown(result, needs, "en")
    # Both health bodies of P01 (line 213) and the one of P03 (line 508-514).
    assert "| health | P01 " in text
    assert "Emergency Medical Service<br>University of Medical Sciences |" in text
    assert "| health | P03 " in text
    assert "None." in text  # nothing is lost


def test_lines_of_several_documents_are_told_apart() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(["x:a", "x:b"], kind="process", id="P")
    for thing, lines in (("x:a", "one:5"), ("x:b", "two:6")):
        graph.add_edge(thing, "x:law", "rule", evidence="document", lines=lines)
    graph.nodes["x:law"].update(kind="instrument", id="law")
    text = as_markdown(impact(graph, ["x:law"]), graph, "en")
    assert "(one:5, document)" in text
    assert "(two:6, document)" in text


def test_both_languages_and_no_third(needs: nx.MultiDiGraph[str], council: Impact) -> None:
    with pytest.raises(ValueError, match='no brief in the language "de"; say en or fa'):
        as_html(council, needs, "de")  # type: ignore[arg-type]
    assert set(POOLS) == {reason.pool for reason in REASONS.values()}
    for words in (*WORDS.values(), *POOLS.values(), *EVIDENCE.values(), *code_words("agency-kind").values()):
        assert words.en.isascii()
        assert re.search("[\u0600-\u06ff]", words.fa)
    assert not code_words("no-such-list")
