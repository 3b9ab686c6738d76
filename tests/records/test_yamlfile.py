"""The strict YAML reader."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.records.yamlfile import YamlProblemError, parse_yaml, steps_to, tree_size


def test_every_scalar_is_a_string() -> None:
    value, _ = parse_yaml(b"a: no\nb: 1396-04-20\nc: 0o17\nd: ~\ne: 1.50\nf:\n")
    assert value == {"a": "no", "b": "1396-04-20", "c": "0o17", "d": "~", "e": "1.50", "f": ""}


def test_a_byte_order_mark_is_no_content() -> None:
    assert parse_yaml(b"\xef\xbb\xbfa: b\n")[0] == {"a": "b"}


REFUSED = {
    "duplicate key": (b"a: 1\nb: 2\na: 3\n", 3, 1, 'the key "a" is there twice'),
    "anchor": (b"a: &x 1\n", 1, 4, "an anchor (&x)"),
    "anchor on a list": (b"a: &x [1]\n", 1, 4, "an anchor (&x)"),
    "alias": (b"a: *x\n", 1, 4, "an alias (*x)"),
    "tag": (b"a: !!int 1\n", 1, 4, "a tag (tag:yaml.org,2002:int)"),
    "python tag": (b"a: !!python/object/apply:os.system [x]\n", 1, 4, "a tag"),
    "tab": (b"a: 1\nb:\t2\n", 2, 3, "a tab"),
    "list as key": (b"? [x]\n: 1\n", 1, 3, "a key that is no text"),
    "mapping as key": (b"? {x: y}\n: 1\n", 1, 3, "a key that is no text"),
    "empty key": (b"a: 1\n'': 2\n", 2, 1, "an empty key"),
    "second document": (b"a: 1\n---\nb: 2\n", 2, 1, "a second document"),
    "nothing": (b"# only a comment\n", 1, 1, "the file is empty"),
    "no bytes": (b"", 1, 1, "the file is empty"),
    "not UTF-8": ("a: ب\nb: ".encode() + b"\xff", 2, 4, "byte 0xFF is not UTF-8"),
    "control character": (b"a: x\nb: '\x01'\n", 2, 5, "a control character (U+0001)"),
    "unclosed list": (b"a: [1\n", 2, 1, "this is not YAML"),
    "colon in text": (b"a: b: c\n", 1, 5, "this is not YAML"),
    "bare word": (b"a: 1\nfoo\n", 3, 1, "this is not YAML"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_its_place(name: str) -> None:
    raw, line, column, message = REFUSED[name]
    with pytest.raises(YamlProblemError) as caught:
        parse_yaml(raw)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert caught.value.message.startswith(message)


@pytest.mark.parametrize("bomb", ["[" * 100_000, "- " * 50_000 + "a", "{a: " * 50_000, "? " * 50_000])
def test_deep_nesting_is_an_error_and_no_crash(bomb: str) -> None:
    with pytest.raises(YamlProblemError):
        parse_yaml(bomb.encode())


WORDS = st.text(alphabet="ابپ یک abc:#-'\"\\0123{}[]&*!|>%@`,?~‌", min_size=1, max_size=12)
TREES: st.SearchStrategy[Any] = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=25,
)


@given(TREES, st.booleans())
@settings(max_examples=150)
def test_reads_back_what_yaml_writes(tree: Any, flow: bool) -> None:
    written = yaml.safe_dump(tree, default_style='"', default_flow_style=flow, allow_unicode=True)
    value, marks = parse_yaml(written.encode())
    assert value == tree
    assert len(marks.lines) == len(marks.columns) == tree_size(tree)


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=4), st.text("xyz", min_size=1), min_size=1))
def test_every_member_stands_where_its_key_is(flat: dict[str, str]) -> None:
    written = yaml.safe_dump({"list": [flat]}, default_flow_style=False)
    value, marks = parse_yaml(written.encode())
    lines = written.splitlines()
    for key in flat:
        line, column = marks.at(steps_to(value, iter(["list", "0", key])))
        rest = lines[line - 1][column - 1 :].removeprefix("? ")
        assert yaml.safe_load(rest.partition(":")[0]) == yaml.safe_load(yaml.safe_dump(key).split("\n")[0])
