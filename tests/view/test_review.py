"""The review file: whole, self-contained, safe; and the templates of pages as parts of it."""

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from api.bundle import FONTS, face_css, fonts_there
from graph.analysis.analyst import Analyst
from graph.export.redact import redact
from graph.paths import bundled_data_dir, ontology_dir
from graph.store import Store
from graph.view.matrix_table import matrix_table
from graph.view.overview import KINDS, items
from graph.view.profile import Profiles
from graph.view.reading import Catalogue
from graph.view.review.findings import places
from graph.view.review.page import MOST_BYTES, review_page
from graph.view.review.parts import settle
from graph.view.rewriting import attributes, deeper, rewrite
from graph.view.words import LANGS, Lang, view_words
from tests.view.support import HOSTILE, Page, hostile_store, review_file

DATA = bundled_data_dir()
RECORDS = sorted(p for folder in ("processes", "services") for p in (DATA / folder).glob("*.yaml"))


@pytest.fixture(scope="module")
def files() -> dict[Lang, str]:
    return {lang: review_file(lang).read_text(encoding="utf-8") for lang in LANGS}


@pytest.fixture(scope="module")
def pages(files: dict[Lang, str]) -> dict[Lang, Page]:
    return {lang: Page(source) for lang, source in files.items()}


@cache
def record(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - texts only


def test_the_file_is_small_enough_to_send(files: dict[Lang, str]) -> None:
    for source in files.values():
        assert len(source.encode()) < MOST_BYTES


@pytest.mark.parametrize("lang", LANGS)
def test_every_address_is_inside_and_has_a_target(pages: dict[Lang, Page], lang: Lang) -> None:
    page = pages[lang]
    assert (page.all("html")[0].attributes["lang"], len(page.all("h1"))) == (lang, 1)
    ids, links = set(page.ids), page.links
    assert len(page.ids) == len(ids)
    assert len(links) > 1000
    assert not [link for link in links if not link.startswith("#") or link[1:] not in ids]
    loaded = {"img", "iframe", "object", "embed", "link", "audio", "video", "source", "form"}
    # the graph's own search is a form without an address, and the file says form-action 'none'
    found = [e for e in page.elements if e.tag in loaded and e.attributes.get("id") != "graph-find-form"]
    assert not found
    assert not [e for e in page.elements if any(a.startswith("on") or a == "style" for a in e.attributes)]
    for style in page.all("style"):
        assert not re.search(r'url\((?!"data:font/woff2;base64,[\w+/=]+"\))|@import', style.text)


def test_pointers_of_controls_and_headings_exist(pages: dict[Lang, Page]) -> None:
    page, ids = pages["fa"], set(pages["fa"].ids)
    for name in ("for", "aria-labelledby", "aria-describedby"):
        for element in page.elements:
            assert set(element.attributes.get(name, "").split()) <= ids


@pytest.mark.parametrize("lang", LANGS)
def test_the_policy_allows_what_the_file_holds_only(pages: dict[Lang, Page], lang: Lang) -> None:
    page = pages[lang]
    policy = next(e.attributes["content"] for e in page.all("meta") if "http-equiv" in e.attributes)
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    run = [e for e in page.all("script") if e.attributes.get("type") != "application/json"]
    inside = [*run, *page.all("style")]
    digests = {base64.b64encode(hashlib.sha256(e.text.encode()).digest()).decode() for e in inside}
    assert set(re.findall(r"'sha256-([^']+)'", policy)) == digests


@pytest.mark.parametrize("path", RECORDS, ids=lambda p: p.stem)
def test_every_record_stands_in_the_file_with_its_words_and_lines(files: dict[Lang, str], path: Path) -> None:
    said, source = record(path), files["fa"]
    start = source.index(f'id="{"service" if path.stem.startswith("S") else "process"}-{path.stem}"')
    text = source[start : source.index("</article>", start)]
    words = [said["title"]["text"], *(s["text"] for s in said.get("steps", []) if "text" in s)]
    words += [n["text"] for row in said.get("partners", []) for n in row.get("names", [])]
    words += [d["fa"] for d in said.get("doubts", []) if "fa" in d]
    for each in words:
        assert str(escape(each)) in text, each
    lines = said["form"]["lines"] if "form" in said else None
    if lines:
        start_line = re.findall(r"\d+", lines)[0]
        assert view_words("fa").num(start_line) in text


@pytest.mark.skipif(not fonts_there(), reason="the fonts are not bundled: make test")
def test_the_font_is_in_the_file(pages: dict[Lang, Page]) -> None:
    faces = pages["fa"].all("style")[0].text
    held = [base64.b64decode(text) for text in re.findall(r"base64,([\w+/=]+)", faces)]
    assert held == [path.read_bytes() for path in FONTS.values()]
    assert all(face.startswith(b"wOF2") for face in held)
    assert "font-src data:" in next(
        e.attributes["content"] for e in pages["fa"].all("meta") if "http-equiv" in e.attributes
    )


@pytest.mark.parametrize("lang", LANGS)
def test_the_panel_of_the_graph_leads_to_the_records_of_the_file(pages: dict[Lang, Page], lang: Lang) -> None:
    data = next(e for e in pages[lang].all("script") if e.attributes.get("id") == "graph-data")
    block = json.loads(data.text)
    places = {e.attributes["id"] for e in pages[lang].all("article") if "id" in e.attributes}
    nodes = {node["id"]: node["daftar"]["href"] for node in block["nodes"] + block["reserve"]["nodes"]}
    assert len(nodes) > 50
    for key, href in nodes.items():
        assert href == "#" + key.replace("/", "-"), key
        assert href[1:] in places
    assert nodes["process/P08"] == "#process-P08"
    assert block["more"] == ""


@pytest.mark.parametrize("lang", LANGS)
def test_records_show_what_their_pages_show(
    store: Store, catalogue: Catalogue, pages: dict[Lang, Page], lang: Lang
) -> None:
    """Steps as a flow, stages by ways of access, similar processes, needs, and where a body stands."""
    profiles, ids = Profiles(catalogue, Analyst(store)), set(pages[lang].ids)
    text = {e.attributes["id"]: e.text for e in pages[lang].all("article") if "id" in e.attributes}
    seen = dict.fromkeys(("steps", "access", "similar", "needs", "standing"), 0)
    for ref in [item.ref for kind in KINDS for item in items(catalogue, kind)]:
        profile, anchor = profiles.profile(ref.kind, ref.id), f"{ref.kind}-{ref.id}"
        assert profile is not None
        values = profile.values
        for one in values["flow"].steps if "flow" in values else ():
            assert f"{anchor}--{one.step.anchor}" in ids
            seen["steps"] += 1
        for stage, _ in values["access"].rows if "access" in values else ():
            assert stage.label(lang) in text[anchor]
            seen["access"] += 1
        for one in values.get("similar") or ():
            assert one.why.of(lang) in text[anchor]
            seen["similar"] += 1
        for one in values["needs"][0] if "needs" in values else ():
            assert f"{anchor}--needs" in ids
            assert one.why.of(lang) in text[anchor]
            seen["needs"] += 1
        if values.get("standing"):
            assert f"{anchor}--standing" in ids
            seen["standing"] += 1
    # the steps of the records themselves, counted in the files
    written = sum(len(record(path).get("steps", [])) for path in RECORDS if path.stem.startswith("P"))
    assert seen["steps"] == written
    assert all(seen.values()), seen


@pytest.mark.parametrize("lang", LANGS)
def test_there_is_a_place_for_a_remark_on_every_record_and_finding(
    pages: dict[Lang, Page], catalogue: Catalogue, store: Store, lang: Lang
) -> None:
    found = [e.attributes["data-remark"] for e in pages[lang].elements if "data-remark" in e.attributes]
    assert len(found) == len(set(found))
    records = {f"{item.ref.kind}/{item.ref.id}" for kind in KINDS for item in items(catalogue, kind)}
    assert len(records) == 135
    assert records <= set(found)
    assert places(Analyst(store), catalogue) <= set(found)


def test_the_cover_says_which_edition(pages: dict[Lang, Page], store: Store) -> None:
    for page in pages.values():
        shown = next(e for e in page.all("code") if e.attributes.get("id") == "edition")
        assert shown.text == store.manifest.fingerprint
        block = next(e for e in page.all("script") if e.attributes.get("id") == "review-data")
        assert json.loads(block.text)["edition"] == store.manifest.fingerprint
    for digest in store.manifest.sources.values():
        assert digest in pages["en"].text


def test_two_runs_give_the_same_bytes(store: Store, files: dict[Lang, str]) -> None:
    assert review_page(store, "en", face=face_css()) == files["en"]


def test_the_public_file_has_no_confidential_word(store: Store) -> None:
    public, left_out = redact(store, ontology_dir())
    source = review_page(public, "fa", left_out=left_out)
    before = set(re.findall(r'id="(process-P\d\d--[\w-]+)"', review_page(store, "fa")))
    assert left_out.values > 0
    assert view_words("fa").num(left_out.values) in Page(source).text
    hidden = [
        str(step["text"])
        for path in RECORDS
        for step in record(path).get("steps", [])
        if step.get("confidentiality") == "confidential" and "text" in step
    ]
    for words in hidden:
        assert str(escape(words)) not in source
    after = set(re.findall(r'id="(process-P\d\d--[\w-]+)"', source))
    assert after < before
    assert 'class="chip seal"' not in source


@pytest.mark.parametrize("lang", LANGS)
def test_markup_in_every_word_stays_text(lang: Lang) -> None:
    source = review_page(hostile_store(), lang)
    page = Page(source)
    assert not [e for e in page.elements if e.tag in {"img", "iframe", "object", "embed"}]
    assert len([e for e in page.all("script") if "type" not in e.attributes]) == 3
    assert not [e for e in page.elements if any(a.startswith("on") for a in e.attributes)]
    assert all(link.startswith("#") for link in page.links)
    assert HOSTILE[0] in page.text
    assert HOSTILE[4].replace("\u2028", " ") in page.text.replace("\u2028", " ")


def test_the_matrix_marks_what_the_records_name(store: Store, catalogue: Catalogue) -> None:
    named: dict[str, set[str]] = {}
    for path in RECORDS:
        for row in record(path).get("partners", []) if path.parent.name == "processes" else []:
            for name in row.get("names", []):
                if "agency" in name:
                    named.setdefault(name["agency"], set()).add(path.stem)
    table = matrix_table(catalogue, Analyst(store).agencies(["named"]))
    found = {
        row.body.id: {p.id for p, mark in zip(table.processes, row.marks, strict=True) if mark}
        for row in table.rows
    }
    assert found == named
    assert [row.named for row in table.rows] == sorted(map(len, named.values()), reverse=True)
    assert table.cells["named"] + table.cells["copied"] == sum(map(len, named.values()))


def test_an_inferred_cell_never_hides_a_named_one(store: Store, catalogue: Catalogue) -> None:
    analyst = Analyst(store)
    alone = matrix_table(catalogue, analyst.agencies(["named"]))
    both = matrix_table(catalogue, analyst.agencies(["named"]), analyst.agencies(["inferred", "rollup"]))
    assert {m: alone.cells[m] for m in ("named", "copied")} == {m: both.cells[m] for m in ("named", "copied")}
    assert both.cells["inferred"] > 0


_WORDS = st.text(st.sampled_from("<>\"&=' /abhrefid#\u2028\n"), max_size=30)


_PAIR = st.tuples(st.sampled_from(["href", "id", "title"]), _WORDS)


@given(st.lists(_PAIR, max_size=4, unique_by=lambda pair: pair[0]), _WORDS)
def test_rewriting_sees_what_the_template_escaped(pairs: list[tuple[str, str]], text: str) -> None:
    tag = "".join(f' {name}="{escape(value)}"' for name, value in pairs)
    html = f"<p>{escape(text)}</p><a{tag}>{escape(text)}</a>"
    assert [(name, value) for _, name, value in attributes(html, "href", "id", "title")] == pairs
    assert rewrite(html, lambda _tag, _name, value: value) == html
    changed = Page(f"<body>{rewrite(html, lambda _t, n, v: None if n == 'id' else v + '<')}</body>")
    kept = {name: f"{value}<" for name, value in pairs if name != "id"}
    assert changed.all("a")[0].attributes == kept
    assert changed.all("a")[0].text == text


def test_what_has_no_place_becomes_text() -> None:
    links = '<a href="inside:process-P1--gone">a</a><a href="inside:agency-x">b</a><a href="/fa/">c</a>'
    html = f'<h2 id="process-P1">x</h2>{links}'
    assert settle(html) == '<h2 id="process-P1">x</h2><a href="#process-P1">a</a><a>b</a><a>c</a>'
    assert deeper('<h5 class="x">a</h5><hr>', 3) == '<h6 class="x">a</h6><hr>'
