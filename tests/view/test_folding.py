import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.view.folding import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("شوراي تأمين", "شورای تامین"),
        ("كميسيون", "کمیسیون"),
        ("می‌شود", "میشود"),
        ("كـتـاب", "کتاب"),
        ("مُحَرَّم", "محرم"),
        ("۱۳۹۶", "1396"),
        ("١٣٩٦", "1396"),
        ("Police", "POLICE"),
        ("مسؤول", "مسوول"),
        ("ﻻ", "لا"),  # presentation forms
        ("فا.استان", "فا استان"),
    ],
)
def test_readers_of_persian_see_no_difference(one: str, other: str) -> None:
    assert fold(one).text == fold(other).text


def test_different_words_stay_different() -> None:
    assert fold("شاک").text != fold("شتا").text


@given(st.text(max_size=60))
def test_every_folded_character_knows_its_origin(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.origins)
    assert list(folded.origins) == sorted(folded.origins)
    assert all(0 <= origin < len(text) for origin in folded.origins)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


def test_span_covers_the_invisible_marks_between() -> None:
    folded = fold("در می‌شود.")
    start = folded.text.index("میشود")
    begin, end = folded.span(start, start + 5)
    assert folded.source[begin:end].rstrip(".") == "می‌شود"
