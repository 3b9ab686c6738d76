"""What an analysis can be told."""

from __future__ import annotations

import pytest

from graph.analysis.options import Option, values_of
from graph.analysis.report import AnalysisError
from graph.query.question_library import Words

LABEL = Words("Label", "برچسب")
OPTIONS = (
    Option("least-bodies", "integer", "2", LABEL, least=1),
    Option("share", "share", "0.5", LABEL),
    Option("no-copies", "flag", "no", LABEL),
    Option("class", "choice", "any", LABEL, ("any", "overlap")),
    Option("ways", "choices", "named", LABEL, ("named", "inferred")),
    Option("bodies", "things", "", LABEL),
)


def test_defaults_stand_in() -> None:
    assert values_of(OPTIONS, {}) == {
        "least_bodies": 2,
        "share": 0.5,
        "no_copies": False,
        "class": "any",
        "ways": ("named",),
        "bodies": (),
    }


def test_what_is_given_is_read() -> None:
    given = {
        "least-bodies": ["۱۲"],
        "share": ["1"],
        "no-copies": ["yes"],
        "class": ["overlap"],
        "ways": ["named, inferred"],
        "bodies": ["ناجا,army", "army"],
    }
    assert list(values_of(OPTIONS, given).values()) == [
        12, 1.0, True, "overlap", ("named", "inferred"), ("ناجا", "army"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"least": ["2"]}, 'no option "least"; there is least-bodies'),
        ({"least-bodies": ["0"]}, "from 1"),
        ({"least-bodies": ["two"]}, '"two"'),
        ({"share": ["1.01"]}, "from 0 to 1"),
        ({"share": ["nan"]}, "from 0 to 1"),
        ({"no-copies": ["maybe"]}, "yes or no"),
        ({"class": ["none"]}, "any, overlap"),
        ({"ways": ["named,all"]}, "named, inferred"),
        ({"ways": [""]}, "at least one"),
    ],
)
def test_what_is_wrong_is_said(given: dict[str, list[str]], words: str) -> None:
    with pytest.raises(AnalysisError, match=words):
        values_of(OPTIONS, given)
