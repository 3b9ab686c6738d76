"""Reading ``Accept`` and ``Accept-Language`` (RFC 9110, section 12.5)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from graph.view.words import LANGS, Lang

_KEPT_LENGTH = 300
"""Characters of a header that is read once; programs send the same short one each time."""


def weights(header: str) -> list[tuple[str, float]]:
    """Read a header with q-values.

    Args:
        header: For example ``text/html, */*;q=0.1``.

    Returns:
        What is accepted, in the order given, with weights from 0 to 1; parameters are left out.

    Example:
        >>> weights("fa, en;q=0.5")
        [('fa', 1.0), ('en', 0.5)]
    """
    out = []
    for item in header.split(","):
        name, *parameters = (part.strip() for part in item.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                try:
                    quality = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    quality = 0.0
        if name:
            out.append((name.lower(), quality))
    return out


def best_type(accept: str | None, offered: Sequence[str]) -> str | None:
    """Choose the media type that a client likes best.

    Args:
        accept: The ``Accept`` header; absent or empty accepts all.
        offered: What can be served, the server's favourite first.

    Returns:
        One of ``offered``, or None when the client accepts none of them.

    Example:
        >>> best_type("text/turtle;q=0.5, text/*", ["application/json", "text/csv", "text/turtle"])
        'text/csv'
    """
    choose = _best if len(accept or "") <= _KEPT_LENGTH else _best.__wrapped__
    return choose(accept or "*/*", tuple(offered))


@lru_cache(maxsize=256)
def _best(accept: str, offered: tuple[str, ...]) -> str | None:
    asked = weights(accept)
    scored: list[tuple[float, int]] = []
    for place, offer in enumerate(offered):
        family = offer.split("/")[0]
        ranks = {offer: 2, f"{family}/*": 1, "*/*": 0}
        fitting = [(ranks[name], quality) for name, quality in asked if name in ranks]
        quality = max(fitting)[1] if fitting else 0.0
        if quality > 0:
            scored.append((-quality, place))
    return offered[min(scored)[1]] if scored else None


def best_lang(header: str | None) -> Lang:
    """Choose the language of the edition.

    Args:
        header: The ``Accept-Language`` header.

    Returns:
        Persian unless English is liked better.

    Example:
        >>> best_lang("en-GB, fa;q=0.8")
        'en'
    """
    liked: dict[Lang, float] = dict.fromkeys(LANGS, 0.0)
    for name, quality in weights(header or ""):
        for lang in LANGS:
            if name == lang or name.startswith(f"{lang}-"):
                liked[lang] = max(liked[lang], quality)
    return "en" if liked["en"] > liked["fa"] else "fa"
