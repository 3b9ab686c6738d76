import json
import re
from pathlib import Path

import pytest

import api
import graph.view
from api.pages import site_words
from graph.view.words import LANGS, Words, as_lang, view_words

API, VIEW = Path(api.__file__).parent, Path(graph.view.__file__).parent
_KEY = re.compile(r"""["']([a-z]+(?:\.[a-z0-9-]+)+)["']""")
_MARKUP = r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>"
_COUNTED = re.compile(r"\.(one|other)$")


def _used(*folders: Path) -> set[str]:
    found: set[str] = set()
    for folder in folders:
        for path in folder.rglob("*"):
            if path.suffix in (".py", ".html", ".js") or path.name in ("families.json", "step_groups.json"):
                found |= set(_KEY.findall(path.read_text(encoding="utf-8")))
    return found


@pytest.mark.parametrize("folder", [API / "locale", VIEW / "locale"])
def test_both_languages_have_the_same_messages(folder: Path) -> None:
    fa, en = (json.loads((folder / f"{lang}.json").read_text(encoding="utf-8")) for lang in LANGS)
    assert list(fa) == list(en)
    for key in fa:
        assert fa[key].strip()
        assert en[key].strip()
        if not key.endswith(".one"):
            assert set(re.findall(r"\{\w+\}", fa[key])) == set(re.findall(r"\{\w+\}", en[key])), key


def test_no_message_is_unused() -> None:
    used = _used(API, VIEW)
    for key in site_words("fa").messages:
        assert key in used or _COUNTED.sub("", key) in used, f"nothing uses the message {key}"


def test_no_message_is_missing() -> None:
    known = set(site_words("fa").messages)
    known |= {_COUNTED.sub("", key) for key in known}
    called = re.compile(r"""\btn?\(["']([a-z0-9.-]+)["']""")
    for folder in (API, VIEW):
        for path in folder.rglob("*.html"):
            for key in called.findall(path.read_text(encoding="utf-8")):
                assert key in known, f"{path.name} uses the message {key}, which does not exist"


def test_every_counted_message_has_both_numbers() -> None:
    keys = set(site_words("en").messages)
    for key in keys:
        if _COUNTED.search(key) and not key.startswith(("list.uses.", "family.", "layer.")):
            stem = _COUNTED.sub("", key)
            assert {f"{stem}.one", f"{stem}.other"} <= keys


def test_templates_hold_no_words_of_their_own() -> None:
    """Interface words live in the catalogues: a template has no Persian letter and no English sentence."""
    for folder in (API / "templates", VIEW / "templates"):
        for path in folder.rglob("*.html"):
            text = re.sub(
                r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", path.read_text(encoding="utf-8"), flags=re.S
            )
            assert not re.search(r"[\u0621-\u06cc]", text), path.name
            assert not re.search(r"[A-Za-z]{3,} [A-Za-z]{3,}", text), path.name


def test_digits_and_dates() -> None:
    fa, en = Words("fa", {}), Words("en", {})
    assert fa.num("1084–1086") == "۱۰۸۴–۱۰۸۶"
    assert fa.jalali("1396-04-20") == "۲۰ تیر ۱۳۹۶"
    assert en.jalali("1396-04-20") == "20 Tir 1396"
    assert en.gregorian("2017-07-11") == "11 July 2017"
    assert fa.gregorian("2017-07-11") == "۱۱ ژوئیهٔ ۲۰۱۷"
    assert en.jalali("1393") == "1393"
    assert en.jalali("1393-13-01") == "1393-13-01"
    assert en.jalali("about 1393") == "about 1393"


def test_a_language_without_an_edition_is_refused() -> None:
    with pytest.raises(ValueError, match="say fa or en"):
        as_lang("de")


def test_counts_choose_their_message() -> None:
    words = view_words("en")
    assert words.tn("graph.links", 1) == "one link"
    assert words.tn("graph.links", 3) == "3 links"
