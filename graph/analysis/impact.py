"""What if something is taken away: what is reached, in which order, by which path, and what is left of it.

Reached is everything that needs what was taken away, directly or through others; it equals the SPARQL path
``?thing needs+ ?taken``. Each thing reached is lost or weakened. These two words are ours, not those of the
document:

- A need is gone when what it leads to was taken away or is lost.
- A thing is *lost* when, of some pool of needs without which it stands still, nothing is left: nothing that
  the document names stands in. Pools and what they mean: :mod:`graph.analysis.dependency_reasons`.
- Every other thing reached is *weakened*: it has fewer partners or rules, or needs something weakened.

Losing the only partner of a kind (the only judicial body, the only broadcaster) weakens a process, and is
listed by itself: the forms name partners without saying which of them a process cannot do without.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping

import networkx as nx

from graph.analysis.dependency_reasons import REASONS, STOPS
from graph.analysis.dependency_shape import Link, link_of
from graph.analysis.impact_model import Affected, Impact, Loss, Need, OnlyPartner
from graph.query.question_library import Parameter, Words
from graph.query.question_terms import Named
from graph.query.question_values import Choice, value_of

#: Kinds of things that a what-if may take away.
REMOVABLE = ("agency", "instrument", "template", "process", "service", "collective")
#: Codes of agency kinds that say what form a body has, or nothing, and not what it does for a process.
NO_KIND = frozenset({"other", "post", "unit"})
_EVIDENCE = ("document", "curated", "reading", "inferred")


def find_things(
    graph: nx.MultiDiGraph[str],
    words: Iterable[str],
    *,
    kinds: Iterable[str] = REMOVABLE,
    spellings: Mapping[str, Iterable[str]] | None = None,
) -> tuple[str, ...]:
    """The things that a person's words mean.

    Args:
        graph: The graph of needs, or the projected graph.
        words: Short ids (``police``), ids with their kind (``agency/police``), IRIs, or names in either
            language.
        kinds: Kinds of things to look among.
        spellings: Further words by IRI, such as the recorded spellings of bodies.

    Returns:
        Their IRIs, each once, in the order of the words.

    Raises:
        QuestionError: when a word means nothing, naming the nearest right one, or more than one thing.

    Example:
        >>> graph = nx.MultiDiGraph()
        >>> graph.add_node("x:police", kind="agency", id="police", en="Police", fa="پلیس")
        >>> find_things(graph, ["Police", "پليس"])
        ('x:police',)
    """
    return things_meant(words, choices_of(graph, kinds, spellings or {}))


def choices_of(
    graph: nx.MultiDiGraph[str], kinds: Iterable[str], spellings: Mapping[str, Iterable[str]]
) -> tuple[Choice, ...]:
    """The things that words may mean.

    Args:
        graph: The graph of needs, or the projected graph.
        kinds: Kinds of things to look among.
        spellings: Further words by IRI.

    Returns:
        Them, in the order of their IRIs.
    """
    wanted = frozenset(kinds)
    there = [(iri, said) for iri, said in graph.nodes(data=True) if said.get("kind") in wanted]
    times = Counter(str(said["id"]) for _, said in there)
    return tuple(
        _choice(iri, said, times[str(said["id"])] > 1, spellings.get(iri, ()))
        for iri, said in sorted(there, key=lambda one: one[0])
    )


def things_meant(words: Iterable[str], choices: tuple[Choice, ...]) -> tuple[str, ...]:
    """The things among some that a person's words mean; see :func:`find_things`.

    Args:
        words: The words.
        choices: The things.

    Returns:
        Their IRIs, each once, in the order of the words.

    Raises:
        QuestionError: when a word means nothing, or more than one thing.
    """
    asked = Parameter("what to take away", "thing", Words("What to take away", "چه چیزی برداشته شود"), "", "")
    return tuple(dict.fromkeys(str(value_of(asked, word, choices).value) for word in words))


def needs_of(needs: nx.MultiDiGraph[str], thing: str, *, stops: frozenset[str] = STOPS) -> tuple[Need, ...]:
    """The needs of a thing in pools, of each of which one member is enough.

    Args:
        needs: The graph of needs.
        thing: The thing.
        stops: Pools without which a thing is lost.

    Returns:
        The pools, sorted; partners also by agency kind, a pool for each, without which nothing is lost.

    Example:
        >>> graph = nx.MultiDiGraph()
        >>> _ = graph.add_edge("P1", "law", "rule"); _ = graph.add_edge("P1", "council", "issuer-rules")
        >>> [(need.pool, sorted(need.members)) for need in needs_of(graph, "P1")]
        [('rule', ['council', 'law'])]
    """
    pools: dict[tuple[str, str, str], set[str]] = {}
    for _, needed, key in needs.out_edges(thing, keys=True):
        reason = REASONS[key]
        pools.setdefault((reason.pool, "", needed if reason.each else ""), set()).add(needed)
        if reason.pool == "partner" and needs.nodes[needed].get("kind") == "agency":
            for kind in needs.nodes[needed].get("subkinds", ()):
                if kind not in NO_KIND:
                    pools.setdefault((reason.pool, kind, ""), set()).add(needed)
    return tuple(
        Need(pool, kind, frozenset(members), pool in stops and not kind)
        for (pool, kind, _), members in sorted(pools.items())
    )


def impact(
    needs: nx.MultiDiGraph[str],
    removed: Iterable[str],
    *,
    stops: frozenset[str] = STOPS,
    progress: Callable[[int, int], None] | None = None,
) -> Impact:
    """Work out what happens when things are taken away.

    Args:
        needs: The graph of needs; its reasons and whether it holds copied lists decide what is reached.
        removed: IRIs of what is taken away; see :func:`find_things` for a person's words.
        stops: Pools without which a thing is lost; see :data:`graph.analysis.dependency_reasons.STOPS`.
        progress: Told the things worked out and in all; what it raises ends the work.

    Returns:
        What is reached, and how.

    Raises:
        ValueError: when nothing is to be taken away, or something that is not in the graph.

    Example:
        >>> graph = nx.MultiDiGraph()
        >>> _ = graph.add_edge("P14", "P13", "input", evidence="reading", lines="d:2108")
        >>> _ = graph.add_edge("P13", "law", "rule", evidence="reading", lines="d:1789")
        >>> [(one.thing, one.generation, one.lost) for one in impact(graph, ["law"]).affected]
        [('P13', 1, True), ('P14', 2, True)]
    """
    taken = frozenset(removed)
    if not taken:
        raise ValueError("nothing to take away; name at least one agency, instrument, form or process")
    if missing := sorted(taken - set(needs)):
        raise ValueError(f'"{missing[0]}" is not in the graph of needs; find_things turns words into IRIs')
    generation, towards = reach(needs, taken)
    pools = {thing: needs_of(needs, thing, stops=stops) for thing in generation if thing not in taken}
    gone = fall(pools, taken)
    affected, only = [], []
    for done, thing in enumerate(sorted(pools)):
        if progress and done % 256 == 0:
            progress(done, len(pools))
        losses = tuple(filter(None, (_loss(need, gone, generation) for need in pools[thing])))
        kind = str(needs.nodes[thing].get("kind", ""))
        path = _path(thing, towards)
        affected.append(Affected(thing, kind, generation[thing], thing in gone, path, losses))
        only += [
            OnlyPartner(thing, loss.kind, loss.gone, all(is_weak(needs, thing, one) for one in loss.gone))
            for loss in losses
            if loss.kind
        ]
    affected.sort(key=lambda one: (one.generation, not one.lost, one.thing))
    # not needs.edges(keys=True), which takes four times as long, and all bodies may be taken away one by one
    found = {reason for _, ends in needs.adjacency() for each in ends.values() for reason in each}
    reasons = tuple(name for name in REASONS if name in found)
    return Impact(tuple(sorted(taken)), tuple(affected), tuple(only), reasons, stops)


def _choice(iri: str, said: Mapping[str, object], shared: bool, spellings: Iterable[str]) -> Choice:
    """A thing to choose by its short id, or by its kind and id where two things share the id."""
    word = str(said["id"])
    long = f"{said['kind']}/{word}"
    labels = {lang: str(said[lang]) for lang in ("fa", "en") if said.get(lang)}
    named = Named(iri, str(said["kind"]), word, labels)
    names = (long, word) if shared else (word, long)
    return Choice(names[0], named, (names[1], *spellings))


def reach(needs: nx.MultiDiGraph[str], taken: frozenset[str]) -> tuple[dict[str, int], dict[str, Link]]:
    """Generation of everything reached, and the need by which each thing was reached first."""
    generation = dict.fromkeys(taken, 0)
    towards: dict[str, Link] = {}
    frontier = taken
    while frontier:
        found: dict[str, Link] = {}
        for thing in frontier:
            for needer, _, reason in needs.in_edges(thing, keys=True):
                if needer not in generation:
                    link = link_of(needs, needer, thing, reason)
                    found[needer] = min(found.get(needer, link), link, key=_rank)
        generation |= {thing: generation[link.needs] + 1 for thing, link in found.items()}
        towards |= found
        frontier = frozenset(found)
    return generation, towards


def _rank(link: Link) -> tuple[bool, int, str, str]:
    """Of several shortest ways the best supported goes first."""
    strength = _EVIDENCE.index(link.evidence) if link.evidence in _EVIDENCE else len(_EVIDENCE)
    return link.weak, strength, link.needs, link.reason


def fall(pools: Mapping[str, tuple[Need, ...]], taken: frozenset[str]) -> frozenset[str]:
    """What was taken away and what is lost: the least set closed under the definition."""
    left: dict[tuple[str, int], int] = {}
    held: dict[str, list[tuple[str, int]]] = {}
    for thing, found in pools.items():
        for number, need in enumerate(found):
            if need.stops:
                left[thing, number] = len(need.members)
                for member in need.members:
                    held.setdefault(member, []).append((thing, number))
    gone = set(taken)
    todo = deque(taken)
    while todo:
        for pool in held.get(todo.popleft(), ()):
            left[pool] -= 1
            if not left[pool] and pool[0] not in gone:
                gone.add(pool[0])
                todo.append(pool[0])
    return frozenset(gone)


def _loss(need: Need, gone: frozenset[str], reached: Mapping[str, int]) -> Loss | None:
    """What a pool loses; None when nothing, or when partners of a kind are left."""
    missing = need.members & gone
    shaken = {member for member in need.members - gone if member in reached}
    if need.kind and missing != need.members:
        return None
    if not missing and not shaken:
        return None
    return Loss(
        need.pool,
        need.kind,
        tuple(sorted(missing)),
        tuple(sorted(shaken)),
        tuple(sorted(need.members - gone)),
    )


def _path(thing: str, towards: Mapping[str, Link]) -> tuple[Link, ...]:
    path = []
    while thing in towards:
        path.append(towards[thing])
        thing = towards[thing].needs
    return tuple(path)


def is_weak(needs: nx.MultiDiGraph[str], process: str, partner: str) -> bool:
    """Whether a partner stands in a copied list of a process only."""
    return bool(needs.edges[process, partner, "partner"].get("weak", False))
