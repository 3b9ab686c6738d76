"""The words of a what-if brief, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pyoxigraph as ox

from graph.analysis.words import Words
from graph.digits import persian_digits
from graph.paths import ontology_dir
from graph.query.prefixes import PREFIXES
from graph.query.question_library import Lang

#: What a pool of needs is called.
POOLS: Mapping[str, Words] = {
    "input": Words("output that it needs", "خروجی مورد نیاز"),
    "rule": Words("rules", "مقررات"),
    "issuer": Words("issuer", "صادرکننده"),
    "whole": Words("what it is part of", "سند دربرگیرنده"),
    "service": Words("process that the service belongs to", "فرایند این خدمت"),
    "form": Words("form in use", "فرم مورد استفاده"),
    "partner": Words("partners", "همکاران"),
    "step": Words("body named in its steps", "نهاد نام برده در گام‌ها"),
    "report": Words("body named where it reports upward", "نهاد نام برده در گزارش به بالا"),
    "body": Words("body above it", "نهاد بالاتر"),
    "members": Words("body whose members it is", "نهاد این گروه"),
    "owner": Words("owner", "مالک"),
}
EVIDENCE: Mapping[str, Words] = {
    "document": Words("document", "سند"),
    "curated": Words("authority file", "فهرست مرجع"),
    "reading": Words("our reading", "خوانش ما"),
    "inferred": Words("inferred", "استنتاج"),
}
WORDS: Mapping[str, Words] = {
    "title": Words("What if this is taken away?", "اگر این برداشته شود؟"),
    "taken": Words("Taken away", "برداشته شده"),
    "figures": Words("In figures", "به شمار"),
    "n-lost": Words("Lost", "از دست رفته"),
    "n-weakened": Words("Weakened", "ضعیف شده"),
    "n-steps": Words("Steps to the furthest", "فاصله دورترین"),
    "n-only": Words("Processes left without a partner of some kind", "فرایندهای بی همکار از یک گونه"),
    "lost": Words("What is lost", "آنچه از دست می‌رود"),
    "weakened": Words("What is weakened", "آنچه ضعیف می‌شود"),
    "only": Words("Processes without a partner of a kind", "فرایندهایی که همکاری از یک گونه ندارند"),
    "none": Words("None.", "هیچ."),
    "order": Words("Order", "نوبت"),
    "what": Words("What", "چه"),
    "loses": Words("What it loses", "چه را از دست می‌دهد"),
    "path": Words("By which path (source)", "از کدام راه (منبع)"),
    "process": Words("Process", "فرایند"),
    "kind": Words("Kind of partner", "گونه همکار"),
    "partner": Words("Partner gone", "همکار رفته"),
    "copied": Words("copied list", "فهرست رونوشت"),
    "line": Words("line", "سطر"),
    "lines": Words("lines", "سطرهای"),
    "nothing-left": Words("nothing left", "چیزی نمی‌ماند"),
    "left": Words("left", "می‌ماند"),
    "shaken": Words("weakened", "ضعیف می‌شود"),
    "only-kind": Words("no partner left of the kind", "همکاری نمی‌ماند از گونه"),
    "reading": Words("How to read this", "این را چگونه بخوانیم"),
    "about": Words(
        "This follows what the forms name. Which relation counts as a need, and the two words lost and "
        "weakened, are our reading and not statements of the document.",
        "این بر پایه آن چیزی است که شناسنامه‌ها نام برده‌اند. این که چه پیوندی نیاز شمرده شود، "
        "و دو واژه «از دست رفته» و «ضعیف»، خوانش ماست و نه گفته سند.",
    ),
    "def-lost": Words(
        "Lost: of something that it cannot do without, nothing that the document names is left.",
        "از دست رفته: از چیزی که بی آن نمی‌شود، هیچ چیزی که سند نام برده باشد نمی‌ماند.",
    ),
    "def-weakened": Words(
        "Weakened: it has fewer partners or rules than before, or needs something weakened.",
        "ضعیف: همکاران یا مقررات کمتری از پیش دارد، یا به چیزی ضعیف شده نیاز دارد.",
    ),
    "def-stops": Words("It cannot do without:", "بی اینها نمی‌شود:"),
    "def-reasons": Words("Needs looked at:", "نیازهای بررسی شده:"),
    "def-silent": Words(
        "Rules in generic words (related directives) name nothing and stand in for nothing; members of "
        "groups are not listed in the document; a body named only in the title of a form is not tied to it.",
        "مقرراتی که با عبارت کلی آمده (دستورالعمل‌های مرتبط) چیزی را نام نمی‌برد و جای چیزی را نمی‌گیرد؛ "
        "اعضای گروه‌ها در سند نیامده است؛ نهادی که شناسنامه تنها در عنوان نام برده به آن پیوند نخورده است.",
    ),
    "def-copied": Words(
        "Marked as copied list: the partner stands there in a row that an earlier form has word for word.",
        "نشان فهرست رونوشت: همکار در ردیفی آمده که واژه به واژه در شناسنامه‌ای پیش از آن هست.",
    ),
    "def-lines": Words("Lines are those of:", "سطرها از این سند است:"),
}


def place_words(lines: str, only_document: str = "") -> Words:
    """Source lines in words.

    Args:
        lines: Lines with the document before them, such as ``office:12-14``.
        only_document: The document, where all lines of a text are its lines; it then goes without saying.

    Returns:
        The words; the lines as they are when there are several documents.

    Example:
        >>> place_words("office:12-14", "office").en, place_words("office:12", "office").fa
        ('lines 12-14', 'سطر ۱۲')
    """
    if not (lines and only_document):
        return Words(lines, lines)
    numbers = lines.replace(f"{only_document}:", "")
    word = WORDS["lines" if any(mark in numbers for mark in "-,;") else "line"]
    return Words(f"{word.en} {numbers}", f"{word.fa} {persian_digits(numbers)}")


@cache
def code_words(scheme: str) -> Mapping[str, Words]:
    """The labels of a code list.

    Args:
        scheme: Name of the list, such as ``agency-kind``.

    Returns:
        Labels by notation; empty when there is no such list.

    Example:
        >>> code_words("agency-kind")["judiciary"].en
        'judiciary'
    """
    skos = PREFIXES["skos"]
    prefix = f"{PREFIXES['dfc']}{scheme}/"
    labels: dict[str, dict[str, str]] = {}
    for quad in ox.parse(path=ontology_dir() / "codes.ttl", format=ox.RdfFormat.TURTLE):
        code, label = quad.subject, quad.object
        if (
            isinstance(code, ox.NamedNode)
            and isinstance(label, ox.Literal)
            and quad.predicate.value == f"{skos}prefLabel"
            and code.value.startswith(prefix)
        ):
            labels.setdefault(code.value.removeprefix(prefix), {})[label.language or "fa"] = label.value
    return {code: Words(found.get("en", code), found.get("fa", code)) for code, found in labels.items()}


def digits(text: str, lang: Lang) -> str:
    """Write the digits of a text as a language does, and nothing else anew.

    Args:
        text: Any text, such as source lines.
        lang: The language.

    Returns:
        The text.

    Example:
        >>> digits("120-133, 140", "fa")
        '۱۲۰-۱۳۳, ۱۴۰'
    """
    return persian_digits(text) if lang == "fa" else text
