"""Values of parameters: the choices that the graph offers, and what a person's word means among them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode
from rapidfuzz import fuzz, process

from graph.digits import persian_digits
from graph.query.prefixes import PREFIXES
from graph.query.question_library import Lang, Parameter, QuestionError
from graph.query.question_terms import Labels, Named, rows_of
from graph.store import Store

_SAME = str.maketrans(
    {"ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ؤ": "و", "أ": "ا", "إ": "ا", "آ": "ا"}
)
_SPELLINGS = """SELECT ?thing ?words WHERE {
  { ?thing skos:altLabel ?words } UNION { ?alias df:denotesAgency ?thing ; df:surface ?words }
} ORDER BY ?thing ?words"""
_INTEGER = NamedNode(f"{PREFIXES['xsd']}integer")
_READING = f"{PREFIXES['df']}triggerReading"
_MAX_TEXT = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose.

    Attributes:
        id: The word that chooses it.
        named: The thing.
        spellings: Further words that mean it.
    """

    id: str
    named: Named
    spellings: tuple[str, ...] = ()

    def label(self, lang: Lang) -> str:
        """What a pick-list shows."""
        label = self.named.label(lang)
        return f"{self.id} {label}" if self.named.kind in ("process", "service") else label


def fold(text: str) -> str:
    """Fold a word so that spellings which mean the same are equal.

    Letters that differ in code point only (ي ی, ك ک), vowel signs, ZWNJ, tatweel, spaces, hyphens and case
    do not count.

    Args:
        text: Any words.

    Returns:
        The folded word.

    Example:
        >>> fold("نيروي انتظامي") == fold("نیروی‌انتظامی")
        True
        >>> fold("Border guard")
        'borderguard'
    """
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).translate(_SAME)).casefold()
    return "".join(
        str(unicodedata.digit(letter)) if letter.isdigit() else letter
        for letter in letters
        if letter.isalnum()
    )


def choices_of(store: Store, parameter: Parameter, labels: Labels) -> tuple[Choice, ...]:
    """What the graph offers for a parameter.

    Args:
        store: The graph.
        parameter: The parameter.
        labels: Names of the graph.

    Returns:
        The choices in the order of their query; none for numbers and text.
    """
    if not parameter.choices:
        return ()
    spellings: dict[str, list[str]] = {}
    if parameter.type in ("agency", "collective"):
        for row in rows_of(store, _SPELLINGS):
            spellings.setdefault(row["thing"].value, []).append(row["words"].value)
    found = []
    for row in rows_of(store, parameter.choices):
        named = labels.named(row["value"].value)
        ident = named.iri.removeprefix(_READING) if parameter.type == "reading" else named.id
        found.append(Choice(ident, named, tuple(dict.fromkeys(spellings.get(named.iri, ())))))
    return tuple(found)


def value_of(parameter: Parameter, given: str | None, choices: tuple[Choice, ...]) -> NamedNode | Literal:
    """The term that a person's word means.

    Args:
        parameter: The parameter.
        given: An id, a label in either language, any recorded spelling, a number or a text; None for the
            default.
        choices: What there is to choose from.

    Returns:
        The term to bind.

    Raises:
        QuestionError: when the word means nothing, naming the nearest right one; or more than one thing.

    Example:
        >>> from graph.query.question_library import Words
        >>> value_of(Parameter("least", "integer", Words("At least", "دست کم"), "5", ""), "۷", ()).value
        '7'
    """
    text = parameter.default if given is None else given.strip()
    if parameter.type == "integer":
        if not re.fullmatch(r"\d{1,9}", text):
            raise QuestionError(
                f'{parameter.name} is a whole number, for example {parameter.default}, not "{text}"',
                f"«{parameter.label.fa}» شماره‌ای است، مانند {parameter.default}، نه «{text}»",
            )
        return Literal(str(int(text)), datatype=_INTEGER)
    if parameter.type == "text":
        if not text or len(text) > _MAX_TEXT:
            raise QuestionError(
                f"{parameter.name} takes 1 to {_MAX_TEXT} characters; this has {len(text)}",
                f"«{parameter.label.fa}» ۱ تا {persian_digits(str(_MAX_TEXT))} نویسه می‌گیرد؛ "
                f"این {persian_digits(str(len(text)))} نویسه دارد",
            )
        return Literal(text)
    return NamedNode(_choice(parameter, text, choices).named.iri)


def _choice(parameter: Parameter, text: str, choices: tuple[Choice, ...]) -> Choice:
    for choice in choices:
        if text in (choice.id, choice.named.iri):
            return choice
    wanted = fold(text)
    words: dict[str, list[Choice]] = {}
    for choice in choices:
        for word in (choice.id, *choice.named.labels.values(), *choice.spellings):
            words.setdefault(fold(word), []).append(choice)
    found = {choice.id: choice for choice in words.get(wanted, ())} if wanted else {}
    if len(found) == 1:
        return next(iter(found.values()))
    kind, label = parameter.type.removeprefix("code:"), parameter.label.fa
    if found:
        raise QuestionError(
            f'{parameter.name}: "{text}" may mean {" or ".join(found)}; give one of these',
            f"{label}: «{text}» می‌تواند {' یا '.join(found)} باشد؛ یکی از این‌ها را بنویسید",
        )
    near = process.extractOne(wanted, list(words), scorer=fuzz.WRatio) if wanted and words else None
    hint = hint_fa = ""
    if near:
        best = words[near[0]][0]
        hint = f'; the nearest is "{best.id}" ({best.named.label("en")} / {best.named.label("fa")})'
        hint_fa = f"؛ نزدیک‌ترین «{best.named.label('fa')}» ({best.id}) است"
    raise QuestionError(
        f'{parameter.name}: there is no {kind} "{text}"{hint}', f"{label}: «{text}» در دفتر نیست{hint_fa}"
    )
