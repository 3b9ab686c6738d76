"""The pages of things as parts of one file: ids made unique, links made to lead inside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from graph.view.nodes import Ref
from graph.view.overview import items
from graph.view.page import environment, page_words
from graph.view.profile import Profiles
from graph.view.reading import Catalogue
from graph.view.rewriting import attributes, deeper, rewrite
from graph.view.words import KIND_KEYS, LAYER_KEYS, Words

#: Stands before an address inside the file until all its ids are known.
_INSIDE = "inside:"
_POINTERS = frozenset({"for", "headers", "aria-labelledby", "aria-describedby", "aria-controls"})
#: The heading of a chapter is a second one, that of a record in it a third one.
_DEEPER = 2


@dataclass(frozen=True)
class Part:
    """A thing in the file.

    Attributes:
        ref: The thing.
        place: What remarks call it, such as ``process/P08``.
        anchor: The id of its part of the file.
        html: What its page shows.
    """

    ref: Ref
    place: str
    anchor: str
    html: Markup


def place_of(ref: Ref) -> str:
    """What remarks call a thing.

    Args:
        ref: The thing.

    Returns:
        Kind and id.

    Example:
        >>> place_of(Ref("…/process/P08", "process", "P08"))
        'process/P08'
    """
    return f"{ref.kind}/{ref.id}"


def anchor_of(ref: Ref) -> str:
    """The id of a thing's part of the file.

    Args:
        ref: The thing, or a part of it.

    Returns:
        The id; a part of a record is named after two hyphens.

    Example:
        >>> anchor_of(Ref("…/process/P08/step-01", "process", "P08", part="step-01"))
        'process-P08--step-01'
    """
    whole = f"{ref.kind}-{ref.id}"
    return f"{whole}--{ref.part.replace('/', '-')}" if ref.part else whole


def inside(ref: Ref) -> str:
    """The address of a thing, to be settled by :func:`settle`.

    Args:
        ref: A thing, a part of one, a form or an entry of the index.

    Returns:
        An address that no page has.
    """
    if ref.kind == "form":
        kind = "service" if ref.id.startswith("S") else "process"
        return f"{_INSIDE}{kind}-{ref.id}--form"
    if ref.kind in ("index", "comparison"):
        chapter = "index" if ref.kind == "index" else "doubts"
        return f"{_INSIDE}chapter-{chapter}--{ref.id}"
    return _INSIDE + anchor_of(ref)


def template_values(words: Words) -> Mapping[str, Any]:
    """What the templates of pages need when they are used for a part of the file.

    Args:
        words: The words of the file.

    Returns:
        Names for the template; ``paper`` leaves out what only a site has.
    """
    return {
        **page_words(words),
        "words": words,
        "link": inside,
        "kind_keys": KIND_KEYS,
        "layer_keys": LAYER_KEYS,
        "frame": "review_part.html",
        "paper": True,
    }


def part_of(template: str, words: Words, anchor: str, levels: int = _DEEPER, **values: Any) -> Markup:
    """Render the page of something as a part of the file.

    Args:
        template: The page's template.
        words: The words of the file.
        anchor: The id of the part; it goes before every id in it.
        levels: By how many levels its headings go deeper.
        **values: What the template shows.

    Returns:
        The part.
    """
    html = environment().get_template(template).render(**template_values(words), **values)
    own = {value for _, _, value in attributes(html, "id")}

    def change(tag: str, name: str, value: str) -> str | None:
        if tag == "section" and name == "aria-labelledby":
            return None  # a landmark on a page of its own, one of hundreds here
        if name == "id":
            return f"{anchor}--{value}"
        if name in _POINTERS:
            return " ".join(f"{anchor}--{each}" for each in value.split())
        if name == "href" and value.removeprefix("#") in own and value.startswith("#"):
            return f"#{anchor}--{value[1:]}"
        return value

    return Markup(deeper(rewrite(html, change), levels))  # noqa: S704 - the template escaped every value


def parts(
    catalogue: Catalogue,
    profiles: Profiles,
    words: Words,
    kind: str,
    progress: Callable[[], None] = lambda: None,
) -> tuple[Part, ...]:
    """Render all things of a kind.

    Args:
        catalogue: The store.
        profiles: Makes the pages of things.
        words: The words of the file.
        kind: One of :data:`graph.view.overview.KINDS`.
        progress: Called after each.

    Returns:
        The parts in the order of the ids.
    """
    found = []
    for ref in sorted((item.ref for item in items(catalogue, kind)), key=lambda ref: ref.id):
        profile = profiles.profile(kind, ref.id)
        if profile is not None:
            html = part_of(profile.template, words, anchor_of(ref), **profile.values)
            found.append(Part(ref, place_of(ref), anchor_of(ref), html))
        progress()
    return tuple(found)


def settle(html: str) -> str:
    """Make every address of the file lead to a place in it.

    What leads to a part that is not shown leads to its record; what leads out of the file becomes plain text.

    Args:
        html: The body of the file, with all its ids.

    Returns:
        The same with addresses that begin with ``#``, all of them with a target.
    """
    known = {value for _, _, value in attributes(html, "id")}

    def change(tag: str, name: str, value: str) -> str | None:
        if name in ("action", "src", "srcset"):
            return None
        if name != "href":
            return value
        target = value.removeprefix(_INSIDE) if value.startswith(_INSIDE) else value.removeprefix("#")
        if not value.startswith((_INSIDE, "#")):
            return None
        return next((f"#{each}" for each in _wider(target) if each in known), None)

    return rewrite(html, change)


def _wider(target: str) -> Iterable[str]:
    yield target
    if "--" in target:
        yield target.partition("--")[0]
