"""Changing the attributes of a page that a template of ours has made: its links, its ids.

The pages come from templates that escape every value, quote every attribute and have no comments, so a start
tag is what the pattern below says it is; the words of hostile labels cannot look like one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape

Change = Callable[[str, str, str], str | None]
_TAG = re.compile(r'<([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-zA-Z][\w:.-]*(?:="[^"]*")?)+)\s*(/?)>')
_ATTRIBUTE = re.compile(r'\s+([a-zA-Z][\w:.-]*)(?:="([^"]*)")?')
_HEADING = re.compile(r"(</?)h([1-6])(?=[\s>])")


def rewrite(html: str, change: Change) -> str:
    """Change attributes of start tags; everything else stays as it is, byte for byte.

    Args:
        html: A page or a part of one, made by our templates.
        change: Takes the names of the tag and the attribute and the value; gives the new value, or None to
            leave the attribute out. Attributes without a value are not asked about.

    Returns:
        The changed text.

    Example:
        >>> rewrite('<a class="x" href="/fa/">&lt;</a>', lambda t, n, v: v + "a.html" if n == "href" else v)
        '<a class="x" href="/fa/a.html">&lt;</a>'
    """

    def tag(found: re.Match[str]) -> str:
        name, attributes, slash = found.groups()
        parts = []
        for one in _ATTRIBUTE.finditer(attributes):
            key, value = one.group(1), one.group(2)
            if value is None:
                parts.append(one.group())
                continue
            old = unescape(value)
            new = change(name, key, old)
            if new == old:
                parts.append(one.group())
            elif new is not None:
                parts.append(f' {key}="{escape(new)}"')
        return f"<{name}{''.join(parts)}{slash}>"

    return _TAG.sub(tag, html)


def attributes(html: str, *names: str) -> Iterator[tuple[str, str, str]]:
    """Yield the attributes of some names, in the order of the page.

    Args:
        html: A page made by our templates.
        *names: Names of attributes.

    Yields:
        Tag, attribute and value.

    Example:
        >>> list(attributes('<p id="a"><b id="b">', "id"))
        [('p', 'id', 'a'), ('b', 'id', 'b')]
    """
    for found in _TAG.finditer(html):
        for one in _ATTRIBUTE.finditer(found.group(2)):
            if one.group(1) in names and one.group(2) is not None:
                yield found.group(1), one.group(1), unescape(one.group(2))


def deeper(html: str, levels: int) -> str:
    """Put the headings of a page some levels deeper, as when it becomes a chapter of another page.

    Args:
        html: A part of a page made by our templates.
        levels: By how many levels; no heading goes below the sixth.

    Returns:
        The changed text.

    Example:
        >>> deeper("<h1>P08</h1>", 2)
        '<h3>P08</h3>'
    """
    return _HEADING.sub(lambda found: f"{found[1]}h{min(6, int(found[2]) + levels)}", html)
