"""Our Persian words join with a half-space what readers expect joined; quoted words stay as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from graph.paths import bundled_data_dir, ontology_dir

_LETTER = "[آ-یئءأؤۀ]"
#: A prefix of a verb, a plural or a comparative that stands apart from its word.
_APART = re.compile(rf"(?<!{_LETTER})ن?می (?={_LETTER})|(?<={_LETTER}) (?:ها|های|هایی|ترین|تر)(?!{_LETTER})")
_OURS = {"note", "reasonFa", "summary"}


def own(text: str) -> str:
    """A text without what it quotes."""
    return re.sub("«[^«»]*»", "", text)


def sentences(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ttl":
        return re.findall(r'"((?:[^"\\\n]|\\.)*)"@fa', text)
    return re.findall(r"^# (?:title|says|message)-fa:((?:.*\n)(?:#  .*\n)*)", text, flags=re.M)


@pytest.mark.parametrize("folder", ["checks", "rules", "shapes", "export", "."])
def test_messages_of_the_ontology(folder: str) -> None:
    paths = [path for path in sorted((ontology_dir() / folder).rglob("*")) if path.suffix in (".rq", ".ttl")]
    found = [(path.name, text) for path in paths for text in sentences(path)]
    assert len(found) > 10
    assert not [one for one in found if _APART.search(own(one[1]))]


def test_our_words_among_the_records() -> None:
    seen = 0

    def walk(value: object, where: str) -> None:
        nonlocal seen
        if isinstance(value, list):
            for each in value:
                walk(each, where)
        elif isinstance(value, dict):
            for key, each in value.items():
                if key in _OURS and isinstance(each, str):
                    seen += 1
                    assert not _APART.search(own(each)), f"{where}: {each}"
                walk(each, where)

    for path in sorted(bundled_data_dir().rglob("*.yaml")):
        walk(yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader), path.name)
    assert seen > 100
