"""Words: cutting text into words, and what is known of words apart from any document.

A Persian word may be written with its plural ending apart or attached, and an author may leave out the space
after a letter that does not join. Both are undone here, so that all spellings are counted alike.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

from graph.ingest.text import fold_word, normalise

MARK = "<p>"
"""Any punctuation or number: it separates, and its own shape says nothing about order."""
LOOSE = "اأآدذرزژوؤ"
"""Letters that do not join the next one, so that a missing space after them does not show."""
LONGEST_WORD = 40
"""Letters; a longer stretch without a space is no word and is left alone."""
PLURALS = ("ها", "های", "هایی")
"""Plural endings, which stand apart, attached, or after a zero-width non-joiner."""

_PLURAL = re.compile(r"(.{3,}?)(ها|های|هایی)")
_LONE_TATWEEL = re.compile("(?<!\\w)\u0640+|(?<=[^\\W\u0640])\u0640(?=\\s|$)")
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")


def tokens(text: str) -> list[str]:
    """Cut a text into folded words; numbers and punctuation become `MARK`.

    Example:
        >>> tokens("تأمین امنیت، استان 2")
        ['تامین', 'امنیت', '<p>', 'استان', '<p>']
    """
    return list(_tokens(text))


@lru_cache(maxsize=65536)
def _tokens(text: str) -> tuple[str, ...]:
    words: list[str] = []
    text = _LONE_TATWEEL.sub(" - ", normalise(text).replace("\u200c", " ")).replace("\u0640", "")
    for token in _TOKEN.findall(text):
        folded = fold_word(token)
        if not folded.isalpha():
            words.append(MARK)
        else:
            stem, *ending = _plural_apart(folded)
            words.extend((*_gap_restored(stem), *ending))
    return tuple(words)


@lru_cache(maxsize=65536)
def glued(text: str) -> int:
    """Count the places of a text where two words are written together without a visible gap.

    Example:
        >>> glued("انجام امورکمیسیون")
        1
    """
    parts = (_gap_restored(_plural_apart(fold_word(word))[0]) for word in _TOKEN.findall(normalise(text)))
    return sum(len(part) > 1 and part[0] != "و" for part in parts)


@lru_cache(maxsize=1)
def _lexicon_words() -> frozenset[str]:
    """The words of Daftar's own phrases, folded."""
    return frozenset(
        fold_word(word)
        for name in ("phrases", "bodies")
        for line in lexicon(name)
        for word in _TOKEN.findall(line)
    )


@lru_cache(maxsize=65536)
def _gap_restored(word: str) -> tuple[str, ...]:
    """Write two words apart that an author wrote together after a letter that does not join.

    'امورکمیسیون' and 'وامنیت' look like two words on paper.
    """
    if not 4 <= len(word) <= LONGEST_WORD or word in _lexicon_words() or frequency(word) >= 3e-6:
        return (word,)
    best, where = 0.0, 0
    for cut in range(1, len(word) - 1):
        left, right = word[:cut], word[cut:]
        if left[-1] not in LOOSE or (cut == 1 and left != "و"):
            continue
        score = _known(left) * _known(right)
        if frequency(word) >= 1e-7 and (cut > 1 or _known(right) < 10 * frequency(word)):
            continue
        if score > best:
            best, where = score, cut
    return (word[:where], word[where:]) if where else (word,)


def _known(word: str) -> float:
    general = frequency(word)
    return max(
        general if general >= 1e-6 else 0.0, 1e-5 if word in _lexicon_words() and len(word) > 1 else 0.0
    )


def _plural_apart(word: str) -> tuple[str, ...]:
    """Write a plural ending apart, so that 'سازمانها' and 'سازمان ها' are counted alike."""
    match = _PLURAL.fullmatch(word)
    if match is None or not all(_known(part) for part in _gap_restored(match[1])):
        return (word,)
    return match[1], match[2]


@lru_cache(maxsize=1)
def _general_frequencies() -> dict[str, float]:
    """Read the Persian word frequencies of ``wordfreq``, folded."""
    from wordfreq import get_frequency_dict

    table: dict[str, float] = {}
    for word, frequency in get_frequency_dict("fa", wordlist="best").items():
        for part in _TOKEN.findall(normalise(word)):
            folded = fold_word(part)
            if folded.isalpha():
                table[folded] = table.get(folded, 0.0) + frequency
    return table


def frequency(word: str) -> float:
    """How often a folded word stands in Persian at large, 0 to 1."""
    return _general_frequencies().get(word, 0.0)


@lru_cache(maxsize=8)
def lexicon(name: str) -> tuple[str, ...]:
    """Read one of Daftar's own word files.

    Args:
        name: ``phrases``, ``bodies`` or ``edges``.

    Returns:
        Its lines.
    """
    text = (resources.files("graph.ingest") / "lexicon" / f"{name}.txt").read_text("utf-8")
    return tuple(line for line in text.splitlines() if line)


@lru_cache(maxsize=1)
def edge_words() -> dict[str, frozenset[str]]:
    """Read the words that cannot end a phrase (``no-end``) or begin one (``no-begin``), folded."""
    lists: dict[str, frozenset[str]] = {}
    for line in lexicon("edges"):
        name, _, words = line.partition(":")
        if not name.startswith("#"):
            lists[name] = frozenset(fold_word(normalise(word)) for word in words.split())
    return lists
