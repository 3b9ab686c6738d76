"""Repair: candidate orders of a damaged run, and the judge that chooses between them.

Inside one run the extraction may have cut the text at points that leave no trace (where the author had a
zero-width non-joiner, where the font or the justification changed) and written the pieces from left to right.
Read from right to left the pieces come in the opposite order: if the raw run is ``A B C``, the author wrote
``C B A``. A piece may begin or end inside a word. So the candidates are all ways to cut the run into a few
pieces, each read in reverse order of pieces, with neighbours joined with or without a space; the language
model judges. Not cutting is the candidate that needs no excuse; each cut costs something.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.ingest.language import LanguageModel
from graph.ingest.seams import SUFFIX, TIGHT_CUT, Atom, Seams, ends_cut, lone_letters, spaced_like, write
from graph.ingest.text import letters, squeeze
from graph.ingest.words import MARK, glued, tokens

FIRST_CUT = 5.0
"""What assuming any damage at all costs, in nats (natural log units)."""
NEXT_CUT = 3.0
"""What each further cut costs, in nats."""
LISTED = 4.0
"""What is added for a list: its items may stand in any order, so order proves little, in nats."""
REPEATED = 5.0
"""What a candidate earns whose wording stands elsewhere in the document as a cell of its own, in nats."""
LOOSE_GLUE = 2.5
"""What each place costs where two words stand together after a letter that does not join, in nats."""
LONE_LETTER = 6.0
"""What speaks against a cut that leaves a letter standing alone, in nats."""
NAME = 2.0
"""What each known name in a list earns, in nats."""
TRUSTED = 8.0
"""What speaks against a cut that printed matter or a word cut in two speaks against, in nats."""
LONGEST_RUN = 600
"""Characters; a longer run is no line of a form and stays as it is."""
DOUBT = 5.0
"""A choice that beats the next one by less than this, in nats, is reported as a doubt."""
_MOST_CUTS = 4
_PIECES_MOST = 6


class Choice(NamedTuple):
    """A text chosen among candidates.

    Attributes:
        text: The chosen reading.
        alternatives: Readings whose score came near, best first.
        changed: Whether it differs from the order of the raw line.
    """

    text: str
    alternatives: tuple[str, ...] = ()
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a run.

    Attributes:
        before: The word before it; ``None`` where the run begins a text.
        begins: Whether the run begins a text.
        ends: Whether it ends a text.
        after: The mark or word after it, if known.
        trusted: Whether something printed has already shown the order, so that cuts are unlikely.
        names: Whether it is a list of names of bodies, which the authority files help to judge.
        borrows: Whether spaces at a cut are set as where the same wording stands whole.
    """

    before: str | None = None
    begins: bool = True
    ends: bool = True
    after: str | None = None
    trusted: bool = False
    names: bool = False
    borrows: bool = True


@dataclass
class Repeated:
    """Wordings of a document, compared by letters, with one spelling of each."""

    counts: Counter[str] = field(default_factory=Counter)
    spelling: dict[str, str] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Count a wording."""
        own = letters(text)
        self.counts[own] += 1
        self.spelling.setdefault(own, squeeze(text))


@dataclass
class Repairer:
    """Chooses reading orders with one language model.

    Args:
        model: The judge.
        whole: The wordings that stand in the document as cells of their own.
        spaced: Pairs of words that the document writes with a space between them.
        names: Counts the known names in a list.
    """

    model: LanguageModel
    whole: Repeated = field(default_factory=Repeated)
    spaced: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    names: Callable[[str], int] | None = None
    _seen: dict[tuple[str, Context], Choice] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.seams = Seams(self.model, self.spaced)

    def run(self, text: str, context: Context | None = None) -> Choice:
        """Choose the reading order of one run of Arabic script.

        Args:
            text: The run, normalised, in raw order.
            context: What stands around it; by default it is a whole text.

        Returns:
            The chosen order and those that came near.

        Example:
            >>> Repairer(LanguageModel()).run("محیط زیست استان حفاظت از").text
            'حفاظت از محیط زیست استان'
        """
        context = context or Context()
        key = (text, context)
        if key not in self._seen:
            own = tokens(text)
            self.model.learn(own, -1.0)
            try:
                self._seen[key] = self._choose(text, context)
            finally:
                self.model.learn(own)
        return self._seen[key]

    def after(self, opening: str, rest: str) -> str:
        """Write the rest of a text after its opening, choosing the order of the rest.

        Args:
            opening: What is known to come first.
            rest: What follows it, perhaps cut.

        Returns:
            The whole text.

        Example:
            >>> Repairer(LanguageModel()).after("ثبت", "بررسی درخواست نام و")
            'ثبت نام و بررسی درخواست'
        """
        atoms = self.seams.atoms(rest)
        ranked = {
            self.seams.join([opening, rest]): self.model.score(tokens(self.seams.join([opening, rest])))
        }
        places = self.seams.places(atoms)
        for count in range(1, min(_MOST_CUTS, len(places)) + 1):
            price = FIRST_CUT + NEXT_CUT * (count - 1) + math.log(math.comb(len(atoms), count))
            for cuts in itertools.combinations(places, count):
                text = self.seams.join([opening, self._reorder(atoms, cuts, borrows=True)])
                score = self.model.score(tokens(text)) - price - sum(atoms[cut].cost for cut in cuts)
                ranked[text] = max(ranked.get(text, -math.inf), score)
        return max(sorted(ranked), key=lambda text: ranked[text])

    def expect(self, wordings: Iterable[str]) -> None:
        """Make wordings known that stand in the document as cells of their own.

        Args:
            wordings: Repaired texts, such as the titles of the forms before the index is read.
        """
        self.whole.counts.update(letters(wording) for wording in wordings)
        self._seen.clear()

    def pieces(self, parts: list[str]) -> Choice:
        """Choose the order of pieces that stand around a label or parentheses.

        Every order is tried (at most six pieces); a piece is not cut further.

        Args:
            parts: The pieces in the order the line gives them.

        Returns:
            The chosen order, with near alternatives.
        """
        if len(parts) < 2 or len(parts) > _PIECES_MOST:
            return Choice(squeeze(" ".join(parts)))
        given = self.seams.join(parts)
        ranked: dict[str, float] = {}
        for order in itertools.permutations(parts):
            text = self.seams.join(list(order))
            price = 0.0 if text == given else FIRST_CUT
            if order[0] != parts[0]:
                price += FIRST_CUT
            if ends_cut(text) or not self.model.knows((tokens(text) or [MARK])[0]):
                price += TRUSTED
            ranked[text] = max(ranked.get(text, -math.inf), self.model.score(tokens(text)) - price)
        return _best(ranked, given)

    def _choose(self, text: str, context: Context) -> Choice:
        given = squeeze(text)
        atoms = self.seams.atoms(text) if len(text) <= LONGEST_RUN else []
        if len(atoms) < 2:
            return Choice(given)
        own = letters(given)
        ranked = {given: self._judge(given, context, own)}
        made: dict[str, tuple[int, ...]] = {}
        places = self.seams.places(atoms)
        extra = TRUSTED if context.trusted else 0.0
        listed = LISTED if "،" in text.strip(" ،") else 0.0
        for count in range(1, min(_MOST_CUTS, len(places)) + 1):
            ways = FIRST_CUT + NEXT_CUT * (count - 1) + math.log(math.comb(len(atoms), count)) + extra
            for cuts in itertools.combinations(places, count):
                costs = [atoms[cut].cost for cut in cuts]
                price = ways + sum(costs) + (0.0 if min(costs) <= -TIGHT_CUT else listed)
                candidate = self._reorder(atoms, cuts, context.borrows)
                score = self._judge(candidate, context, own) - price
                if score > ranked.get(candidate, -math.inf):
                    ranked[candidate] = score
                    made[candidate] = cuts
        return self._with_spacings(_best(ranked, given), atoms, made)

    def _with_spacings(self, choice: Choice, atoms: list[Atom], made: dict[str, tuple[int, ...]]) -> Choice:
        """Add the other spacing at each seam of the chosen order: a lost space leaves no trace."""
        cuts = made.get(choice.text)
        if cuts is None:
            return choice
        bounds = [0, *cuts, len(atoms)]
        pieces = [squeeze(write(atoms[low:high])) for low, high in itertools.pairwise(bounds)][::-1]
        plain = self.seams.join(pieces)
        others = [plain] if plain != choice.text and letters(plain) == letters(choice.text) else []
        for place in range(1, len(pieces)):
            left, right = choice.text.find(pieces[place - 1]), choice.text.rfind(pieces[place])
            if left < 0 or right < 0 or not SUFFIX.match(pieces[place]):
                continue
            before, after = choice.text[:right].rstrip(), choice.text[right:]
            others.append(f"{before}{'' if choice.text[right - 1] == ' ' else ' '}{after}")
        return choice._replace(alternatives=(*choice.alternatives, *others))

    def _judge(self, text: str, context: Context, own: str) -> float:
        """Score one candidate: by language, repeated wording, known names, whole words at the edges."""
        score = self._price(text, context)
        wording = letters(text)
        repeated = self.whole.counts[wording] - (wording == own)
        if repeated > 0 and len(wording) > 5:
            score += REPEATED + 2 * math.log(repeated)
        score -= LOOSE_GLUE * glued(text)
        if context.names and self.names is not None:
            score += NAME * self.names(text)
        if wording != own and SUFFIX.match(text):
            score -= TRUSTED if context.begins else TRUSTED / 2
        if wording != own:
            score -= TRUSTED * ends_cut(text) + LONE_LETTER * lone_letters(text)
        return score

    def _reorder(self, atoms: list[Atom], cuts: tuple[int, ...], borrows: bool) -> str:
        bounds = [0, *cuts, len(atoms)]
        pieces = [write(atoms[low:high]) for low, high in itertools.pairwise(bounds)][::-1]
        model = self.whole.spelling.get(letters("".join(pieces))) if borrows else None
        return self.seams.join(pieces) if model is None else spaced_like(pieces, model)

    def _price(self, text: str, context: Context) -> float:
        words = tokens(text)
        if not words:
            return 0.0
        if context.before is not None:
            words.insert(0, context.before)
        if context.after is not None:
            words.append(context.after)
        begins = context.begins and context.before is None
        if begins and words[0] == MARK:
            return self.model.score(words) - FIRST_CUT
        score = self.model.score(words, start=begins, end=context.ends and context.after is None)
        return score - (self.model.word(context.before) if context.before is not None else 0.0)


def _best(ranked: dict[str, float], given: str) -> Choice:
    order = sorted(ranked, key=lambda text: (-ranked[text], text))
    top = ranked[order[0]]
    near = tuple(text for text in order[1:4] if top - ranked[text] < DOUBT)
    return Choice(order[0], near, order[0] != given)
