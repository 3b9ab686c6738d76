"""A look at a query before any parser sees it: how deep it nests, what it asks for.

The engine's parser and planner recurse; some 2,200 nested braces end a process with an 8 MB stack. This
scanner does not recurse, and takes time in proportion to the length of the text (hence the possessive
quantifiers). It knows just enough of SPARQL 1.1 (section 19.8 of the recommendation) to skip what is inside
strings, IRIs and comments.

One thing in SPARQL cannot be told apart without parsing: in an expression, ``?a<'>'+((1))`` compares ``?a``
with a string, but it could also hold the IRI ``<'>``. The engine decides by context. Where the two readings
would hide brackets or quotation marks from each other, the scanner reports the place instead of guessing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

_BETWEEN = r"""
    (?P<space>\s+)
  | (?P<comment>\#[^\n\r]*)
"""
_MEANT = r"""
    (?P<string>"{3}(?:[^"\\]|\\.|"(?!""))*+"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*+'{3}
             |"(?:[^"\\\n\r]|\\.)*+"|'(?:[^'\\\n\r]|\\.)*+')
  | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<name>(?:[^\W\d][\w.\-·]*+)?+:(?:[\w.\-:·]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*+)
  | (?P<number>[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?)
  | (?P<words>[^\W\d][\w.\-·]*+)
  | (?P<open>[({\[])
  | (?P<close>[)}\]])
  | (?P<sign>\\.|.)
"""
_FLAGS = re.VERBOSE | re.DOTALL
#: Every character of a query is in one token.
TOKEN = re.compile(f"{_BETWEEN}|{_MEANT}", _FLAGS)
# what stands before a token is passed over; the end is matched too, or each blank before it would be a try
_NEXT = re.compile(rf"(?:\s++|\#[^\n\r]*+)*+(?:{_MEANT}|\Z)", _FLAGS)
# as in most queries; what is written otherwise is taken token by token
_DECLARED = re.compile(r"\s*+(?ai:PREFIX)\s++((?:[^\W\d][\w.\-·]*+)?+):\s*+<((?:[^<>\"{}|^`\\\x00-\x20])*+)>")
_OPERANDS = frozenset({"variable", "string", "number", "language", "name", "iri", "close"})
_OPERAND_WORDS = frozenset({"TRUE", "FALSE", ""})
_BEFORE_OPERAND = frozenset("=!<+-*/|&,^;")
_HIDING = re.compile(r"[#'\"()\[\]]")
_BETWEEN_WORDS = re.compile(r"[.\-·]")


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a query.

    Attributes:
        line: Line from 1.
        column: Column from 1.
        text: What stands there.
    """

    line: int
    column: int
    text: str


@dataclass(slots=True)
class Scan:
    """What a query looks like from outside.

    Attributes:
        depth: Deepest nesting of brackets of any kind.
        deepest: Where that is.
        form: First word after the prologue, in capitals: ``SELECT``, ``INSERT``; empty when there is none.
        form_at: Where that word is.
        froms: Each graph named with ``FROM`` or ``FROM NAMED``: where, and its IRI if that is plain to see.
        services: Where ``SERVICE`` stands.
        ambiguous: Where a ``<`` may be an operator or begin an IRI, and it matters.
        undeclared: Prefixes that are used and not declared.
        surplus: The first bracket that closes nothing.
        based: Whether the query has a ``BASE`` of its own.
    """

    depth: int = 0
    deepest: Place | None = None
    form: str = ""
    form_at: Place | None = None
    froms: list[tuple[Place, str | None]] = field(default_factory=list)
    services: list[Place] = field(default_factory=list)
    ambiguous: list[Place] = field(default_factory=list)
    undeclared: dict[str, Place] = field(default_factory=dict)
    surplus: Place | None = None
    based: bool = False


def scan(query: str, prefixes: dict[str, str] | None = None) -> Scan:
    """Look at a query without parsing it.

    Args:
        query: Any text.
        prefixes: Prefixes that the query need not declare.

    Returns:
        What was seen; it never raises.

    Example:
        >>> seen = scan("SELECT * { ?s ?p '(((' FILTER((?s)) } # {{{")
        >>> seen.depth, seen.form
        (3, 'SELECT')
    """
    known, begin = dict(prefixes or {}), 0
    while declared := _DECLARED.match(query, begin):
        known[declared[1]] = declared[2]
        begin = declared.end()
    scanner = _Scanner(query, known)
    for match in _NEXT.finditer(query, begin):
        if kind := match.lastgroup:
            scanner.take(kind, match[kind], match.start(kind))
    return scanner.finish()


class _Scanner:
    """The state of a scan: the open brackets, the last tokens, what was seen so far."""

    def __init__(self, query: str, prefixes: dict[str, str]) -> None:
        self.found = Scan()
        self._breaks = [match.start() for match in re.finditer("\n", query)]
        self._deepest_at = 0
        self._prefixes = prefixes
        # of each open bracket: may an expression stand directly inside it?
        self._open: list[bool] = []
        self._closed = False
        self._kind = ""
        self._text = ""
        self._expects = ""  # what the prologue or FROM waits for

    def finish(self) -> Scan:
        """What was seen."""
        if self.found.depth:
            self.found.deepest = self._place("", self._deepest_at)
        return self.found

    def take(self, kind: str, text: str, start: int) -> None:
        """Look at one token."""
        if kind == "open":
            self._opened(text, start)
        elif kind == "close":
            if not self._open and self.found.surplus is None:
                self.found.surplus = self._place(text, start)
            self._closed = self._open.pop() if self._open else False
        elif kind == "iri":
            if self._may_be_operator() and _HIDING.search(text):
                self.found.ambiguous.append(self._place(text, start))
            self._wanted(kind, text, start)
        elif kind == "name":
            self._wanted(kind, text, start)
        elif (
            kind == "words"
        ):  # "true.SERVICE" is two words, and looking for one colon after both must stay cheap
            for word in _BETWEEN_WORDS.split(text.upper()):
                self._word(word, start)
                kind, text = "word", word
        elif self._expects:
            self._expects = ""
        self._kind, self._text = kind, text

    def _opened(self, text: str, start: int) -> None:
        self._expects = ""
        self._open.append(text == "(" and self._begins_expression())
        if len(self._open) > self.found.depth:
            self.found.depth = len(self._open)
            self._deepest_at = start

    def _begins_expression(self) -> bool:
        """Whether a round bracket here may hold an expression; only rows of VALUES and collections do not."""
        if self._kind == "close" and self._text == ")":
            return self._closed
        return self._text not in ("{", "[", ".", ";")

    def _may_be_operator(self) -> bool:
        if not self._open or not self._open[-1]:
            return False
        if self._kind == "word":
            return self._text in _OPERAND_WORDS
        return self._kind in _OPERANDS or (self._kind == "sign" and self._text not in _BEFORE_OPERAND)

    def _word(self, word: str, start: int) -> None:
        if not word:
            return
        if not self.found.form and word not in ("PREFIX", "BASE", "VERSION"):
            self.found.form, self.found.form_at = word, self._place(word, start)
        if word == "SERVICE":
            self.found.services.append(self._place(word, start))
        if word in ("PREFIX", "BASE", "FROM"):
            self._expects = word
        elif not (self._expects == "FROM" and word == "NAMED"):
            self._expects = ""

    def _wanted(self, kind: str, text: str, start: int) -> None:
        """An IRI or a prefixed name: part of the prologue, a graph, or plain content."""
        expects, self._expects = self._expects, ""
        self.found.based |= expects == "BASE"
        if expects == "PREFIX" and kind == "name":
            self._expects = text  # now waits for the IRI of this prefix, "ex:"
        elif expects.endswith(":"):
            self._prefixes[expects[:-1]] = text[1:-1]
            self.found.undeclared.pop(expects[:-1], None)
        elif expects == "FROM":
            self.found.froms.append((self._place(text, start), self._iri(kind, text)))
        if kind == "name" and expects != "PREFIX":
            prefix = text.partition(":")[0]
            if prefix not in self._prefixes and prefix != "_" and prefix not in self.found.undeclared:
                self.found.undeclared[prefix] = self._place(text, start)

    def _iri(self, kind: str, text: str) -> str | None:
        if "\\" in text or "%" in text:
            return None
        if kind == "iri":
            return text[1:-1]
        prefix, _, local = text.partition(":")
        return self._prefixes[prefix] + local if prefix in self._prefixes else None

    def _place(self, text: str, start: int) -> Place:
        line = bisect_left(self._breaks, start)
        return Place(line + 1, start - (self._breaks[line - 1] if line else -1), text)
