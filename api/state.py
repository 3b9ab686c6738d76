"""The state of a page in its address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from graph.analysis.options import Option


def given_of(texts: Mapping[str, Sequence[str]], options: Sequence[Option]) -> dict[str, list[str]]:
    """What was told in a form: its empty fields, and empty values beside others, tell nothing.

    Args:
        texts: Texts by name, from the address.
        options: What can be told; texts under other names stay too, so that they are refused and not ignored.

    Returns:
        Texts by name; options first, in their order.

    Example:
        >>> given_of({"bodies": ["police", ""], "most": [" "]}, [])
        {'bodies': ['police']}
    """
    filled = {name: [text for text in found if text.strip()] for name, found in texts.items()}
    names = [option.name for option in options if option.name in filled]
    names += [name for name in filled if name not in names]
    return {name: filled[name] for name in names if filled[name]}


def address_of(path: str, given: Mapping[str, Sequence[str]]) -> str:
    """The address of a page or a file in a state.

    Args:
        path: The path.
        given: Texts by name.

    Returns:
        The address.

    Example:
        >>> address_of("/en/matrix", {"bodies": ["police", "army"], "swap": ["yes"]})
        '/en/matrix?bodies=police&bodies=army&swap=yes'
    """
    query = urlencode(given, doseq=True)
    return f"{path}?{query}" if query else path
