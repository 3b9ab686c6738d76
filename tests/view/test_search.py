import pytest

from graph.view.reading import Catalogue
from graph.view.search import SearchIndex


@pytest.fixture(scope="module")
def index(catalogue: Catalogue) -> SearchIndex:
    return SearchIndex.build(catalogue)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("ناجا", "police"),
        ("شاک", "state-security-council"),
        ("شاك", "state-security-council"),
        ("شتا", "provincial-security-council"),
        ("نيروي انتظامي", "police"),
        ("police", "police"),
        ("State Security Council", "state-security-council"),
        ("P08", "P08"),
        ("p۰۸", "P08"),
    ],
)
def test_finds_by_any_name(index: SearchIndex, query: str, first: str) -> None:
    assert index.find(query)[0].ref.id == first


def test_all_words_must_occur(index: SearchIndex) -> None:
    assert index.find("ناجا nosuchword") == ()
    assert index.find("") == ()
    assert index.find(" .،  ") == ()


def test_pieces_give_back_the_text_and_mark_what_was_asked(index: SearchIndex) -> None:
    for hit in index.find("امنیت"):
        for match in hit.matches:
            assert match.pieces
        marked = [text for m in hit.matches for text, wanted in m.pieces if wanted]
        assert all("امن" in text or "أمن" in text for text in marked)


def test_a_hit_is_a_thing_and_names_itself(index: SearchIndex) -> None:
    for hit in index.find("شورای"):
        assert hit.ref.part is None
        assert hit.ref.label("fa")


def test_long_and_odd_queries_end(index: SearchIndex) -> None:
    assert index.find("آ" * 100_000) == ()
    assert isinstance(index.find("\x00\u202e<script>%_*"), tuple)
