"""The colours of the pages: their contrast by the published formula, and enough of it in both schemes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.view.graph_families import families
from graph.view.one_file import asset
from graph.view.palette import PAIRS, Shade, colours, contrast, family_swatches, pairs, spaces, step_swatches

COLOUR = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        # figures that the Understanding documents of WCAG 2.2 and its authors name
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#949494", "#fff", 3.03),
        ("#0000ff", "#ffffff", 8.59),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_the_formula_gives_the_published_figures(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@given(COLOUR, COLOUR)
def test_contrast_is_the_same_both_ways_and_between_1_and_21(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.0000001
    assert contrast(one, one) == 1


def test_every_colour_has_enough_contrast_in_both_schemes() -> None:
    found = [*pairs(), *family_swatches(), *step_swatches()]
    low = [f"{one.name} on {one.on}: {s.contrast:.2f}" for one in found for s in one.shades if not s.enough]
    assert not low


def test_every_colour_of_text_is_among_the_pairs() -> None:
    named = {name for pair in PAIRS for name in pair}
    assert set(colours()) - named == {"rule", "rule-2"}  # lines, which carry no meaning alone


def test_every_family_of_bodies_and_group_of_steps_is_shown() -> None:
    assert [one.name for one in family_swatches()] == [one.name for one in families().values() if one.kinds]
    assert {one.name for one in step_swatches()} == set(re.findall(r"step-([a-z]+) \{", asset("explore.css")))


def test_spaces_grow() -> None:
    assert len(spaces()) == 7
    assert list(spaces().values()) == sorted(spaces().values())


def test_a_ratio_never_says_more_than_there_is() -> None:
    assert Shade("#777777", "#ffffff").ratio("en") == "4.4"
    assert Shade("#777777", "#ffffff").ratio("fa") == "۴٫۴"
    assert not Shade("#777777", "#ffffff").enough
