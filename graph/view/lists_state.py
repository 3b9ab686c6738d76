"""What a reader has asked of a list, as it stands in the address: words, chosen values, order and page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from graph.query.question_library import Words
from graph.view.lists_kinds import FACETS, FIRST_SORT, SORTS

#: So many values may be chosen in all.
MOST_CHOSEN = 100
#: So many characters of the words and of a value are read.
LONGEST = 200
_LAST_PAGE = 1_000_000


class ListError(ValueError):
    """An address that asks for what a list does not have.

    Attributes:
        words: What is wrong and what to do, in both languages.
    """

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


@dataclass(frozen=True)
class ListState:
    """The state of a list.

    Attributes:
        kind: Which list.
        q: Words to find.
        chosen: Tokens by facet; within a facet any of them, between facets all.
        sort: A column, with a hyphen before it for the other way round.
        page: From one.

    Example:
        >>> state = ListState.read("process", [("agency", "police"), ("agency", "irgc"), ("page", "2")])
        >>> state.query(), state.without("agency", "police").query()
        ('agency=police&agency=irgc&page=2', 'agency=irgc')
    """

    kind: str
    q: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1

    @classmethod
    def read(cls, kind: str, pairs: Iterable[tuple[str, str]]) -> ListState:
        """Read an address.

        Args:
            kind: Which list.
            pairs: Names and values; names that the list does not know do not count, nor do empty values.

        Returns:
            The state.

        Raises:
            ListError: when the page is no number, there is no such column, or too much is chosen.
        """
        facets = [facet.key for facet in FACETS[kind]]
        chosen: dict[str, dict[str, None]] = {key: {} for key in facets}
        single = {"q": "", "sort": "", "page": ""}
        for key, value in pairs:
            cut = value.strip()[:LONGEST]
            if key in chosen and cut:
                chosen[key][cut] = None
            elif key in single and cut:
                single[key] = cut
        if sum(map(len, chosen.values())) > MOST_CHOSEN:
            raise ListError(
                Words(
                    f"At most {MOST_CHOSEN} values can be chosen; choose fewer.",
                    f"حداکثر {MOST_CHOSEN} مقدار را می‌توان برگزید؛ کمتر برگزینید.",
                )
            )
        return cls(
            kind,
            " ".join(single["q"].split()),
            {key: tuple(values) for key, values in chosen.items() if values},
            _sort(kind, single["sort"]),
            _page(single["page"]),
        )

    @property
    def order(self) -> tuple[str, bool]:
        """The column that the list is sorted by, and whether the other way round."""
        sort = self.sort or FIRST_SORT[self.kind]
        return sort.removeprefix("-"), sort.startswith("-")

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for that leaves things out."""
        return bool(self.q or self.chosen)

    def pairs(self) -> list[tuple[str, str]]:
        """The state as names and values of an address, in a fixed order, without what goes without saying."""
        found = [("q", self.q)] if self.q else []
        found += [(key, value) for key, values in self.chosen.items() for value in values]
        found += [("sort", self.sort)] if self.sort else []
        return [*found, ("page", str(self.page))] if self.page > 1 else found

    def query(self) -> str:
        """The query string; empty for the whole list."""
        return urlencode(self.pairs())

    def without(self, facet: str, token: str) -> ListState:
        """The state without one of the chosen values, on its first page."""
        left = {
            key: tuple(value for value in values if key != facet or value != token)
            for key, values in self.chosen.items()
        }
        return replace(self, chosen={key: values for key, values in left.items() if values}, page=1)

    def without_words(self) -> ListState:
        """The state without words to find, on its first page."""
        return replace(self, q="", page=1)

    def cleared(self) -> ListState:
        """The whole list in the same order."""
        return replace(self, q="", chosen={}, page=1)

    def sorted_by(self, column: str) -> ListState:
        """The state sorted by a column; by the same column again, the other way round."""
        now, turned = self.order
        wanted = f"-{column}" if now == column and not turned else column
        return replace(self, sort="" if wanted == FIRST_SORT[self.kind] else wanted, page=1)

    def turned_to(self, page: int) -> ListState:
        """The state on another page."""
        return replace(self, page=page)


def _sort(kind: str, text: str) -> str:
    if not text or text == FIRST_SORT[kind]:
        return ""
    if text.removeprefix("-") not in SORTS[kind]:
        raise ListError(_no_column(text[:40], SORTS[kind]))
    return text


def _no_column(text: str, known: Sequence[str]) -> Words:
    return Words(
        f"sort: this list has no column {text}; it has {', '.join(known)}.",
        f"sort: این فهرست ستون {text} ندارد؛ این‌ها را دارد: {'، '.join(known)}.",
    )


def _page(text: str) -> int:
    # isdecimal() lets Persian digits through, and int() reads them
    if not text:
        return 1
    if not text.isdecimal() or len(text) > 7 or not 1 <= int(text) <= _LAST_PAGE:
        raise ListError(
            Words(
                f"page: {text[:40]} is no page; say a number from 1.",
                f"page: {text[:40]} صفحه نیست؛ عددی از ۱ به بالا بنویسید.",
            )
        )
    return int(text)
