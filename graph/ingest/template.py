"""The template: labels and sections of the forms, kept as data.

`template.toml` lists what is printed on every form of this template, whatever the office: headings, the label
of each field, the choices beside boxes. Reading looks for these, however scrambled, and takes the rest as
values.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from graph.ingest.text import letters


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label.

    Attributes:
        key: The field it announces.
        text: Its words.
        letters: Its letters only, folded, for comparison.
    """

    key: str
    text: str
    letters: str


def _labels(table: dict[str, Any]) -> tuple[Label, ...]:
    found: list[Label] = []
    for key, texts in table.items():
        spellings = [texts] if isinstance(texts, str) else texts
        found.extend(Label(key, text, letters(text)) for text in spellings)
    return tuple(sorted(found, key=lambda label: -len(label.letters)))


@dataclass(frozen=True, slots=True)
class Template:
    """Everything printed on the forms.

    Attributes:
        headings: The heading that opens a form, by kind (``process``, ``service``).
        index: The words that announce an entry of the index, and its remarks.
        process: Labels of the process form's fields.
        service: Labels of the service form's fields.
        stages: Labels of the four stages of delivery.
        modes: Labels of the modes of delivery, and of the reason for coming in person.
        columns: Column heads of the tables of sections 7 and 8.
        choices: Words beside boxes, by field.
        channels: Labels of the channels of a service.
        noise: Printed words that carry no value.
    """

    headings: tuple[Label, ...]
    index: tuple[Label, ...]
    process: tuple[Label, ...]
    service: tuple[Label, ...]
    stages: tuple[Label, ...]
    modes: tuple[Label, ...]
    columns: tuple[Label, ...]
    choices: dict[str, tuple[Label, ...]]
    channels: tuple[Label, ...]
    noise: tuple[Label, ...]


@lru_cache(maxsize=1)
def template() -> Template:
    """Read the template.

    Example:
        >>> [label.key for label in template().headings]
        ['process', 'service']
    """
    data = tomllib.loads((resources.files("graph.ingest") / "template.toml").read_text("utf-8"))
    return Template(
        headings=_labels(data["headings"]),
        index=_labels(data["index"]),
        process=_labels(data["process"]),
        service=_labels(data["service"]),
        stages=_labels(data["stages"]),
        modes=_labels(data["modes"]),
        columns=_labels(data["columns"]),
        choices={name: _labels(table) for name, table in data["choices"].items()},
        channels=_labels(data["channels"]),
        noise=_labels(data["noise"]),
    )
