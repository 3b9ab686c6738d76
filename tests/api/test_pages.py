"""Every page in both languages: whole, safe, linked, and holding everything that the forms say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml

from graph.paths import bundled_data_dir
from graph.view.words import LANGS, Lang, Words
from tests.api.client import Client
from tests.view.support import Page

DATA = bundled_data_dir()
RECORDS = [
    *((f"processes/{p.stem}", p) for p in sorted((DATA / "processes").glob("*.yaml"))),
    *((f"services/{p.stem}", p) for p in sorted((DATA / "services").glob("*.yaml"))),
]

#: Answers to queries, offline files, and the surroundings of every single thing: their own tests read these.
_NOT_CRAWLED = ("sort=", "/sparql?", "/graph/file?", "view=around")


def crawl(client: Client, start: str) -> dict[str, Page]:
    """Every page that can be reached from one, by address without fragment."""
    waiting, found = [start], {}
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        answer = client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        assert len(answer.content) < 300_000 or "/graph" in path, f"{path} weighs {len(answer.content)} bytes"
        page = found[path] = Page(answer.text)
        for link in page.links:
            target = urljoin(path, link).split("#")[0]
            skipped = any(part in target for part in _NOT_CRAWLED)
            if target.startswith(start) and target not in found and not skipped:
                waiting.append(target)
    return found


@pytest.fixture(scope="module")
def site(client: Client) -> dict[str, dict[str, Page]]:
    return {lang: crawl(client, f"/{lang}/") for lang in LANGS}


def test_the_crawl_reaches_everything(site: dict[str, dict[str, Page]]) -> None:
    for lang in LANGS:
        for name, _ in RECORDS:
            assert f"/{lang}/{name}" in site[lang]
    strip = {lang: {path.removeprefix(f"/{lang}") for path in site[lang]} for lang in LANGS}
    assert strip["fa"] == strip["en"]


def test_every_page_says_its_language_and_has_one_heading(site: dict[str, dict[str, Page]]) -> None:
    for lang in LANGS:
        for path, page in site[lang].items():
            root = page.all("html")[0].attributes
            assert (root["lang"], root["dir"]) == (lang, "rtl" if lang == "fa" else "ltr"), path
            assert len(page.all("h1")) == 1, path
            assert len(page.all("main")) == 1, path
            empty = [
                e for e in page.all("h1", "h2", "h3", "th", "title", "a", "button") if not e.text.strip()
            ]
            assert not empty, f"{path}: {empty}"
            assert len(page.ids) == len(set(page.ids)), (
                f"{path}: {sorted(i for i in page.ids if page.ids.count(i) > 1)}"
            )


def test_nothing_is_inline_and_nothing_is_remote(site: dict[str, dict[str, Page]]) -> None:
    for lang in LANGS:
        for path, page in site[lang].items():
            for element in page.elements:
                assert "style" not in element.attributes, path
                assert not any(name.startswith("on") for name in element.attributes), path
            for script in page.all("script"):
                assert "src" in script.attributes or script.attributes.get("type") == "application/json", path
            for link in page.links:
                assert not urlsplit(link).netloc, f"{path} names {link}"
                assert not urlsplit(link).scheme, f"{path} names {link}"


def test_every_fragment_exists(site: dict[str, dict[str, Page]]) -> None:
    broken = set()
    for lang in LANGS:
        for path, page in site[lang].items():
            for link in page.links:
                target, _, fragment = urljoin(path, link).partition("#")
                if fragment and target in site[lang] and unquote(fragment) not in site[lang][target].ids:
                    broken.add(f"{path} -> {link}")
    assert not broken, sorted(broken)[:20]


def test_the_twin_of_every_page_exists(site: dict[str, dict[str, Page]]) -> None:
    for lang in LANGS:
        other = "en" if lang == "fa" else "fa"
        for path, page in site[lang].items():
            twin = next(e.attributes["href"] for e in page.all("a") if e.attributes.get("hreflang") == other)
            assert twin == f"/{other}{path.removeprefix(f'/{lang}')}"
            assert twin in site[other]


def test_linked_files_exist(client: Client, site: dict[str, dict[str, Page]]) -> None:
    files = {
        urljoin(path, link)
        for path, page in site["fa"].items()
        for link in page.links
        if link.startswith(("/static/", "/id/agency/police", "/id/process/P08", "/id/service/S01"))
    }
    assert any(f.endswith(".ttl") for f in files)
    for file in files:
        assert client.get(file).status_code == 200, file


_WORDS = ("text", "reason", "system", "fields", "fee", "enquiry", "enquiryBy")


def _texts(value: Any) -> Iterator[str]:
    """Every word of the form in a record: texts, reasons, and the summaries that stand for long prose."""
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in ("text", "reason", "system", "fields", "fee", "enquiry", "enquiryBy") and isinstance(
                inner, str
            ):
                yield inner
            elif key not in ("doubts", "date"):
                yield from _texts(inner)


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _lines(item)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key == "lines":
                yield inner
            else:
                yield from _lines(inner)


def _plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("name", "path"), RECORDS, ids=[name for name, _ in RECORDS])
def test_a_record_page_says_everything_that_the_form_says(
    site: dict[str, dict[str, Page]], lang: Lang, name: str, path: Any
) -> None:
    said = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - texts only
    page = site[lang][f"/{lang}/{name}"]
    shown = page.text.split("همهٔ گزاره‌ها" if lang == "fa" else "All statements")[0]
    for text in _texts(said):
        assert _plain(text) in shown, text
    words = Words(lang, {})
    margin = " ".join(e.text for e in page.elements if "ln" in e.attributes.get("class", "").split())
    for lines in _lines({k: v for k, v in said.items() if k not in ("form", "doubts")}):
        if "form" in said:
            assert words.num(lines.replace("-", "–")) in margin, lines


def _values(value: Any, key: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == key and isinstance(inner, str):
                yield inner
            else:
                yield from _values(inner, key)
    elif isinstance(value, list):
        for item in value:
            yield from _values(item, key)


@pytest.mark.parametrize(("name", "path"), RECORDS, ids=[name for name, _ in RECORDS])
def test_our_notes_summaries_and_doubts_are_shown(
    site: dict[str, dict[str, Page]], name: str, path: Any
) -> None:
    said = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - texts only
    for lang, keys in (("fa", ("summary", "note", "reasonFa")), ("en", ("summaryEn", "noteEn"))):
        shown = site[lang][f"/{lang}/{name}"].text
        for key in keys:
            for text in _values(said, key):
                assert _plain(text) in shown, f"{key}: {text}"
    for doubt in said.get("doubts", []):
        assert _plain(doubt["reason"]) in site["en"][f"/en/{name}"].text


def test_states_are_said_and_never_empty(site: dict[str, dict[str, Page]]) -> None:
    for lang in LANGS:
        for path, page in site[lang].items():
            for element in page.elements:
                if element.attributes.get("class") == "value":
                    assert element.text.strip(), f"{path} has an empty value"


def test_the_confidential_mark_stands_where_the_record_has_it(site: dict[str, dict[str, Page]]) -> None:
    for name, path in RECORDS:
        said = path.read_text(encoding="utf-8")
        marks = len(re.findall(r"^\s*(?:- )?confidential: \"?yes", said, flags=re.M))
        page = site["en"][f"/en/{name}"]
        seals = [e for e in page.elements if "seal" in e.attributes.get("class", "").split()]
        assert (len(seals) > 0) == (marks > 0), name


def test_persian_pages_use_persian_digits(site: dict[str, dict[str, Page]]) -> None:
    for path, page in site["fa"].items():
        for element in page.elements:
            if "ln" in element.attributes.get("class", "").split():
                assert not re.search(r"[0-9]", element.text), path
    assert "۲۰ تیر ۱۳۹۶" in site["fa"]["/fa/processes/P08"].text
    assert "20 Tir 1396 (11 July 2017)" in site["en"]["/en/processes/P08"].text


def test_a_process_that_is_only_in_the_index_says_so(site: dict[str, dict[str, Page]]) -> None:
    assert "No form" in site["en"]["/en/processes/P30"].text
    assert "بدون شناسنامه" in site["fa"]["/fa/processes/P30"].text
