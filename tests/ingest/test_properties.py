"""What holds for any text, damaged in any way."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from graph.ingest.doubts import Doubt
from graph.ingest.repair import Repairer
from graph.ingest.runs import read_line
from graph.ingest.text import clean_value, letters, normalise
from graph.ingest.values import Part, ValueReader
from graph.ingest.words import lexicon
from tests.ingest.hand import swap, visual

_FIXTURE = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, derandomize=True
)
_PERSIAN = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآئأؤء"
_ANY = st.text(
    alphabet=_PERSIAN + "يكىۀةـ\u200c\u200f\ufeff\u064e\ufefb\uf052\uf0a8 \t\u00a0-–/().:،؛؟07۴٤aZ…_",
    max_size=40,
)
_WORD = st.text(alphabet=_PERSIAN, min_size=1, max_size=8)
_WORDS = st.lists(_WORD, min_size=1, max_size=4).map(" ".join)
_SIGN = st.sampled_from([" - ", "-", " / ", " (", ") ", ": ", " – "])
_FOREIGN = st.one_of(
    st.integers(1, 99999).map(str),
    st.sampled_from(["20/4/1396", "GIS", "http://a.ir/b", "Word"]),
)


@settings(derandomize=True)
@given(_ANY)
def test_normalise_is_idempotent(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@settings(derandomize=True, max_examples=300)
@given(_ANY)
def test_clean_value_is_idempotent(text: str) -> None:
    once = clean_value(normalise(text))
    if once is not None:
        assert clean_value(once) == once


@settings(derandomize=True)
@given(_ANY)
def test_clean_value_keeps_every_letter(text: str) -> None:
    value = clean_value(normalise(text))
    assert letters(value or "") == letters(normalise(text))


@st.composite
def _logical(draw: st.DrawFn) -> str:
    """Words, signs and numbers as a person writes them; words stand between any two numbers."""
    text = draw(_WORDS)
    for _ in range(draw(st.integers(0, 5))):
        if draw(st.booleans()):
            text += draw(_SIGN) + draw(_FOREIGN)
        text += draw(_SIGN) + draw(_WORDS)
    return text


@settings(derandomize=True)
@given(_logical())
def test_reading_order_undoes_visual_order(text: str) -> None:
    """Only the side of a sign on which its spaces stand cannot be known from the printed line."""
    assert _tight(read_line(1, visual(text)).text) == _tight(text)


@settings(derandomize=True)
@given(_WORDS, _FOREIGN, _WORDS)
def test_numbers_between_words_are_put_back(before: str, number: str, after: str) -> None:
    text = f"{before} {number} {after}"
    assert read_line(1, visual(text)).text.split() == text.split()


@st.composite
def _cut_phrase(draw: st.DrawFn) -> tuple[str, str]:
    """A phrase that the lexicon holds, and the same cut once between two words."""
    phrase = draw(st.sampled_from([line for line in lexicon("phrases") if line.count(" ") > 1]))
    place = draw(st.sampled_from([at for at, char in enumerate(phrase) if char == " "]))
    return phrase, swap(phrase, [place], [True])


@settings(_FIXTURE, max_examples=40)
@given(_cut_phrase())
def test_a_cut_of_a_known_phrase_is_never_a_silent_guess(repairer: Repairer, case: tuple[str, str]) -> None:
    phrase, raw = case
    choice = repairer.run(raw)
    assert _bag(choice.text) == _bag(raw)
    told = phrase in choice.alternatives or bool(choice.alternatives)
    assert letters(choice.text) == letters(phrase) or not choice.changed or told, (raw, choice)


def test_most_cuts_of_known_phrases_are_repaired(repairer: Repairer) -> None:
    phrases = [line for line in lexicon("phrases") if 2 < line.count(" ") < 7][::9]
    places = [phrase.index(" ", len(phrase) // 3) for phrase in phrases]
    cut = [swap(phrase, [place], [True]) for phrase, place in zip(phrases, places, strict=True)]
    right = sum(
        letters(repairer.run(raw).text) == letters(phrase) for phrase, raw in zip(phrases, cut, strict=True)
    )
    assert right >= 0.8 * len(phrases), f"{right} of {len(phrases)}"


@st.composite
def _damaged(draw: st.DrawFn) -> str:
    """A line of known words, unknown words and signs, cut anywhere up to three times."""
    words = st.sampled_from([word for line in lexicon("phrases")[:200] for word in line.split()])
    pieces = draw(st.lists(st.one_of(words, words, _WORD, _FOREIGN, _SIGN), min_size=1, max_size=9))
    text = " ".join(" ".join(pieces).split())
    assume(len(text) > 3)
    places = draw(st.lists(st.integers(1, len(text) - 1), max_size=3, unique=True).map(sorted))
    gaps = draw(st.lists(st.booleans(), min_size=len(places), max_size=len(places)))
    return visual(swap(text, places, gaps))


@settings(_FIXTURE, max_examples=40)
@given(_damaged())
def test_repair_loses_and_adds_no_letter(reader: ValueReader, raw: str) -> None:
    line = read_line(7, raw)
    doubts: list[Doubt] = []
    value = reader.read("goal", [Part(line.number, line.text)], doubts)
    assert _bag(value or "") == _bag(raw)
    assert all((doubt.field, doubt.line) == ("goal", 7) for doubt in doubts)
    assert all(_bag(text) <= _bag(raw) for doubt in doubts for text in doubt.alternatives)


@settings(_FIXTURE, max_examples=25)
@given(st.lists(_damaged(), min_size=2, max_size=3))
def test_wrapped_values_lose_and_add_no_letter(reader: ValueReader, raws: list[str]) -> None:
    parts = [Part(number, read_line(number, raw).text) for number, raw in enumerate(raws, 1)]
    value = reader.read("goal", parts, [])
    assert _bag(value or "") == _bag(" ".join(raws))


@settings(_FIXTURE, max_examples=25)
@given(_damaged(), _WORDS)
def test_pieces_around_a_label_lose_and_add_no_letter(reader: ValueReader, raw: str, aside: str) -> None:
    part = Part(3, read_line(3, raw).text, displaced=[aside])
    doubts: list[Doubt] = []
    value = reader.read("goal", [part], doubts)
    assert _bag(value or "") == _bag(f"{raw} {aside}")
    assert [doubt.code for doubt in doubts] == ["scattered"]


def _tight(text: str) -> str:
    return re.sub(r"\s*([^\w\s])\s*", r"\1", text.strip())


def _bag(text: str) -> Counter[str]:
    return Counter(letters(text))
