"""Where a query is wrong, and what is wrong there.

The engine's parser says how far it came, which is not where the mistake is: it reads a keyword by first
taking as many characters as the keyword has and comparing afterwards, so its place is too far right by the
longest keyword it tried, or at the end of the text when the text is too short. A keyword tried at a word
before the mistake may even reach beyond it. Hence :func:`widened`, which sets words apart further than any
keyword is long, and the subtraction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.query.errors import QuerySyntaxError
from graph.query.scan import TOKEN, Scan

_GAP = " " * 40
_END = "\n" + " " * 80
_MESSAGE = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_EXPECTED = re.compile(r'"(?:[^"\\\n]|\\.)*"|\[[^\n]*?\](?=,|$)|[^,\[\]"]+')
_IRI = "IRI parsing failed"
_UNBOUND = re.compile(r"The SELECT contains (an expression with )?a variable that is unbound")
_LISTED = 4
_SENTENCE = re.compile(r"[A-Z][A-Za-z]+ \S+ \S+")
"""What the parser finds wrong in a query that it could read. Keywords have no spaces."""


def widened(query: str) -> str:
    """The query with wide gaps where it has white space, and at its end; it means the same.

    Args:
        query: The query.

    Returns:
        The text to parse for the sake of its error message.
    """
    return "".join(text + _GAP * gap for text, gap in _pieces(query)) + _END


def _pieces(query: str) -> Iterator[tuple[str, bool]]:
    for match in TOKEN.finditer(query):
        yield match.group(), match.lastgroup == "space"


def _narrowed(query: str, offset: int) -> int:
    """Where a place of the widened query is in the query itself."""
    wide = narrow = 0
    for text, gap in _pieces(query):
        if offset < wide + len(text):
            break
        wide, narrow = wide + len(text), narrow + len(text)
        if gap:
            if offset < wide + len(_GAP):
                return narrow
            wide += len(_GAP)
    return narrow + offset - wide


def explain(query: str, message: str, seen: Scan) -> QuerySyntaxError:
    """Say what is wrong with a query.

    Args:
        query: The query.
        message: What the parser says about the query after :func:`widened`.
        seen: What the scan saw.

    Returns:
        The error, ready to be raised.
    """
    for prefix, place in seen.undeclared.items():
        return QuerySyntaxError(f'the prefix "{prefix}:" is not declared', place.line, place.column)
    match = _MESSAGE.fullmatch(message)
    if match is None:
        return QuerySyntaxError(message)
    wanted = [word.strip() for word in _EXPECTED.findall(match[3].removeprefix("one of ")) if word.strip()]
    sentence = next((word for word in wanted if _SENTENCE.match(word)), None)
    if sentence is not None:
        at = _narrowed(query, _offset(widened(query), int(match[1]), int(match[2])))
        return _semantic(sentence, *_place(query, at))
    offset = _offset(widened(query), int(match[1]), int(match[2]))
    if wanted and all(word.isidentifier() for word in wanted):
        offset -= max(map(len, wanted))
    offset = _narrowed(query, max(offset, 0))
    signs = [word for word in wanted if word.startswith('"') and "\\" not in word]
    # a list of keywords is what happened to be as long as the longest one, not what is missing
    hint = f"; expected {' or '.join(signs)}" if 0 < len(signs) <= _LISTED else ""
    if offset >= len(query.rstrip()):
        line, column = _place(query, len(query.rstrip()))
        return QuerySyntaxError(f"it ends too early{hint}", line, column)
    line, column = _place(query, max(offset, 0))
    extra = seen.surplus
    if extra is not None and (line, column + 1) >= (extra.line, extra.column):
        return QuerySyntaxError(f'"{extra.text}" closes nothing', extra.line, extra.column)
    return QuerySyntaxError(f'"{_snippet(query, max(offset, 0))}" is not expected here{hint}', line, column)


def _semantic(sentence: str, line: int, column: int) -> QuerySyntaxError:
    """What the parser says in a sentence; it looks at these things when all is read, so there is no place."""
    if sentence == _IRI:
        return QuerySyntaxError("this is no valid IRI", line, max(column - 1, 1))
    if _UNBOUND.fullmatch(sentence):
        return QuerySyntaxError(
            "a variable of SELECT has no value there, or its name is used twice: with GROUP BY, every "
            "variable must be grouped or aggregated"
        )
    return QuerySyntaxError(sentence[0].lower() + sentence[1:] if sentence.startswith("The ") else sentence)


def _offset(text: str, line: int, column: int) -> int:
    lines = text.split("\n")
    return sum(len(other) + 1 for other in lines[: line - 1]) + column - 1


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _snippet(query: str, offset: int) -> str:
    words = re.match(r"\S+", query[offset:].lstrip())
    return (words.group() if words else "")[:30]
