"""What the search of the static site searches: the texts of the server's search, as a script."""

from __future__ import annotations

from api.offline.addresses import address_of
from api.urls import page_path
from api.words import site_words
from graph.view.page import script_json
from graph.view.search import WHATS, SearchIndex
from graph.view.search_hits import Entry
from graph.view.words import KIND_KEYS, LANGS


def search_script(index: SearchIndex) -> bytes:
    """Write the texts as a script, because a page opened from disk may run scripts but fetch nothing.

    Args:
        index: The search of the edition.

    Returns:
        A script that sets ``daftarSearch``.
    """
    things: dict[str, int] = {}
    rows: list[list[object]] = []
    whats: dict[str, int] = {}
    entries = []
    for entry in sorted(index.entries, key=_order):
        whole = entry.place.whole
        if whole.iri not in things:
            things[whole.iri] = len(rows)
            place = address_of(page_path("fa", whole) or "/fa/").file.removeprefix("fa/")
            rows.append([whole.kind, whole.id, whole.fa or "", whole.en or "", place])
        what = whats.setdefault(entry.what, len(whats))
        lines = str(entry.lines) if entry.lines else ""
        entries.append([things[whole.iri], what, entry.weight, entry.lang, lines, entry.text.source])
    data = script_json({"things": rows, "whats": list(whats), "entries": entries, "words": _words()})
    return f"window.daftarSearch = {data};\n".encode()


def _words() -> dict[str, dict[str, str]]:
    """Kinds of things and of texts in words, by language."""
    found: dict[str, dict[str, str]] = {}
    for lang in LANGS:
        words = site_words(lang)
        kinds = {f"kind.{kind}": words.t(key) for kind, (key, _) in KIND_KEYS.items()}
        found[lang] = {what: words.t(what) for what in WHATS} | kinds
    return found


def _order(entry: Entry) -> tuple[str, str, str, str, str]:
    """The order in which the server names equal matches."""
    place = entry.place
    return (place.kind, place.id, entry.what, place.part or "", entry.text.source)
