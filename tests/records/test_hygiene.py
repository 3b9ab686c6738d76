"""How Persian text is written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.records.hygiene import is_ours, problems

UNTIDY = {
    "شوراي تأمین": ("the letter U+064A", "write ی (U+06CC)"),
    "كمیسیون": ("the letter U+0643", "write ک (U+06A9)"),
    "علی‌هٰذا مصطفى": ("the letter U+0649", "write ی (U+06CC)"),
    "امنیـــت": ("the letter U+0640", "delete it"),
    "دو  فاصله": ("two spaces in a row", "keep one"),
    " فاصله": ("a space or a line break at the end or the beginning", "delete it"),
    "نقطه.": ("a dot at the end or the beginning", "delete it"),
    ".نقطه": ("a dot at the end or the beginning", "delete it"),
    "دو\nسطر": ("a line break", "write the text on one line, or fold it with >-"),
    "مى\u200f": ("an invisible character (U+200F)", "delete it"),
    "تیک \uf052": ("a private-use character (U+F052)", "write what the sign means"),
    "ﺷﻮرا": ("a presentation form (U+FEB7)", 'write "ش"'),
    "می\u200c رود": ("a zero-width non-joiner beside a space or at an end", "delete it"),
    "\u0627\u0653": ("letters and marks that are not composed (not NFC)", 'write "آ"'),
}


@pytest.mark.parametrize("text", UNTIDY)
def test_untidy(text: str) -> None:
    assert UNTIDY[text] in list(problems(text))


@pytest.mark.parametrize(
    "text", ["شورای تأمین", "می‌رود", "11/8/93", "غیر الکترونیکی", "...", "فا.استان", "(محرمانه)", "S.O.S"]
)
def test_tidy(text: str) -> None:
    assert list(problems(text)) == []


def test_our_own_prose_may_end_in_a_full_stop() -> None:
    assert list(problems("این نکته از ماست.", ours=True)) == []
    assert is_ours("/partners/0/note")
    assert is_ours("/goal/summary")
    assert is_ours("/titleEn")
    assert not is_ours("/goal/text")
    assert not is_ours("/stages/inform/in-person/reason")


@given(st.text(alphabet="ابپتجچحخدرزسشعغفقکگلمنوهی", min_size=1))
def test_plain_letters_are_never_untidy(text: str) -> None:
    assert list(problems(text)) == []


@given(st.text())
def test_a_text_without_problems_is_composed(text: str) -> None:
    found = list(problems(text))
    assert found or unicodedata.is_normalized("NFC", text)
