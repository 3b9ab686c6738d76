import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

import api
import graph.view
from api import sparql_page
from api.routes import matrix
from api.words import site_words
from graph.view.graph_words import SCRIPT_KEYS
from graph.view.review import page as review
from graph.view.words import FORMS, LANGS, Lang, Words, as_lang, read_words, view_words

API, VIEW = Path(api.__file__).parent, Path(graph.view.__file__).parent
WEB = API.parent / "web" / "src"
FOLDERS = (API / "locale", VIEW / "locale")
_KEY = re.compile(r"""["']([a-z]+(?:\.[a-z0-9-]+)+)["']""")
_CALLED = re.compile(r"""\b(t|tn|say|counted|messages)[(\[]["']([a-z0-9]+(?:[.-][a-z0-9]+)+)["']""")


def _texts(*folders: Path) -> Iterator[tuple[Path, str]]:
    for folder in folders:
        for path in folder.rglob("*"):
            named = path.name in ("families.json", "step_groups.json")
            if "built" not in path.parts and (path.suffix in (".py", ".html", ".js", ".ts") or named):
                yield path, path.read_text(encoding="utf-8")


def catalogue(folder: Path, lang: Lang) -> Catalog:
    with (folder / f"{lang}.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def entries(folder: Path, lang: Lang) -> dict[str, Message]:
    """Messages by id; a counted one has its id in both places."""
    found = {}
    for message in catalogue(folder, lang):
        if message.id:
            one, many = message.id if isinstance(message.id, tuple) else (message.id, message.id)
            assert one == many
            found[one] = message
    return found


def all_entries() -> dict[str, Message]:
    return {**entries(FOLDERS[0], "en"), **entries(FOLDERS[1], "en")}


def forms(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


@pytest.mark.parametrize("folder", FOLDERS)
def test_both_languages_have_the_same_messages(folder: Path) -> None:
    fa, en = (entries(folder, lang) for lang in LANGS)
    assert list(fa) == list(en)
    for key, message in fa.items():
        assert message.pluralizable == en[key].pluralizable, key
        for each in (message, en[key]):
            assert len(forms(each)) == (2 if each.pluralizable else 1), key
            assert all(text.strip() for text in forms(each)), key
        # the form for one may write the number out; what all other numbers take fills in the same values
        assert set(re.findall(r"\{\w+\}", forms(message)[-1])) == set(
            re.findall(r"\{\w+\}", forms(en[key])[-1])
        )


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("lang", LANGS)
def test_a_catalogue_is_in_order(folder: Path, lang: Lang) -> None:
    found = catalogue(folder, lang)
    assert str(found.locale) == lang
    assert (found.num_plurals, len(FORMS)) == (2, 2)
    assert not found.obsolete
    assert not [message.id for message in found if message.id and message.fuzzy]
    text = (folder / f"{lang}.po").read_text(encoding="utf-8")
    ids = re.findall(r'^msgid "(.+)"$', text, flags=re.M)
    assert len(ids) == len(set(ids)) == len(entries(folder, lang))


def test_no_message_stands_in_two_catalogues() -> None:
    assert not entries(FOLDERS[0], "en").keys() & entries(FOLDERS[1], "en").keys()


def test_every_message_is_used() -> None:
    used = {key for _, text in _texts(API, VIEW) for key in _KEY.findall(text)}
    assert not sorted(all_entries().keys() - used)


def test_every_message_that_is_used_exists() -> None:
    known = all_entries()
    for path, text in _texts(API, VIEW, WEB):
        for how, key in _CALLED.findall(text):
            if how == "say" and path.suffix == ".py":  # sentences of the analyses
                continue
            assert key in known, f"{path.name} uses the message {key}, which does not exist"
            if path.suffix in (".html", ".js"):
                counts = {"tn": True, "t": False, "counted": True}.get(how, False)
                assert known[key].pluralizable == counts, f"{path.name} calls {key} with {how}"


@pytest.mark.parametrize(
    ("scripts", "given"),
    [
        (sorted((VIEW / "static" / "graph").glob("*.js")), SCRIPT_KEYS),
        ([VIEW / "static" / "review.js"], (*review._MESSAGES, *review.JUDGEMENTS.values())),
        (
            [path for path in WEB.glob("*.ts") if './page.ts"' in path.read_text(encoding="utf-8")],
            sparql_page._MESSAGES,
        ),
        ([WEB / "matrix.ts"], matrix._MESSAGES),
    ],
    ids=["graph", "review", "editor", "matrix"],
)
def test_a_script_says_what_its_page_gives_it(scripts: list[Path], given: tuple[str, ...]) -> None:
    assert scripts
    said = {key for path in scripts for _, key in _CALLED.findall(path.read_text(encoding="utf-8"))}
    assert said
    assert not said - set(given), "the page does not give these messages"


def test_a_catalogue_that_is_not_well_formed_is_refused(tmp_path: Path) -> None:
    (tmp_path / "en.po").write_text('msgid "a"\nmsgstr "b\nmsgid\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"en\.po.*mend the catalogue"):
        read_words(tmp_path, "en")


def test_the_catalogue_chooses_the_form(tmp_path: Path) -> None:
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    plural = '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
    said = 'msgid "k"\nmsgid_plural "k"\nmsgstr[0] "{n} few"\nmsgstr[1] "{n} many"\n'
    (tmp_path / "en.po").write_text(f"{head}{plural}\n{said}", encoding="utf-8")
    words = read_words(tmp_path, "en")
    assert [words.tn("k", n) for n in (0, 1, 2)] == ["0 few", "1 few", "2 many"]
    assert words.given(["k"]) == {"k.one": "{n} few", "k.other": "{n} many"}


def test_persian_counts_nothing_as_many() -> None:
    # CLDR gives Persian the form for one at 0 as well; ours write "one" out, which would be wrong there
    assert [site_words("fa").plural(n) for n in (0, 1, 2)] == [1, 0, 1]


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
