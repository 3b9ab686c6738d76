"""A made-up catalogue of any size, for pictures that are larger than the shipped one."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pyoxigraph as ox

from graph.store import Manifest, MemoryStore, Store, fingerprint_of
from tests.view.support import BASE

_DF = "https://w3id.org/daftar/ontology#"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_KINDS = ("police", "ministry", "judiciary", "health", "economy", "council", "water", "post", "education")


def cells(processes: int, agencies: int, seed: int = 7) -> dict[str, list[str]]:
    """Which bodies each process names: three to nine, some of them in very many processes."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    weights = [1 / (rank + 1) for rank in range(agencies)]
    names = [f"a{n:05}" for n in range(agencies)]
    return {
        f"P{n:05}": sorted(set(chance.choices(names, weights, k=chance.randint(3, 9))))
        for n in range(processes)
    }


def national(processes: int, agencies: int) -> Store:
    """A store with so many processes and bodies."""
    data = "".join(sorted(set(_lines(processes, agencies)))).encode()
    return MemoryStore(data, Manifest(fingerprint_of(data), "2026-01-01T00:00:00Z", BASE, data.count(b"\n")))


def _lines(processes: int, agencies: int) -> Iterator[str]:
    def said(subject: str, predicate: str, target: str, graph: str) -> str:
        return f"<{BASE}{subject}> {predicate} {target} <{BASE}graph/{graph}> .\n"

    for n in range(agencies):
        who, kind = f"agency/a{n:05}", _KINDS[n % len(_KINDS)]
        yield said(who, _TYPE, "<http://www.w3.org/ns/org#Organization>", "agencies")
        label = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
        yield said(who, label, str(ox.Literal(f"دستگاه شمارهٔ {n}", language="fa")), "agencies")
        yield said(who, label, str(ox.Literal(f"Body number {n}", language="en")), "agencies")
        code = f"<https://w3id.org/daftar/code/agency-kind/{kind}>"
        yield said(who, "<http://www.w3.org/ns/org#classification>", code, "agencies")
    for name, bodies in cells(processes, agencies).items():
        what, record = f"process/{name}", f"record/{name}"
        title = "<http://purl.org/dc/terms/title>"
        yield said(what, _TYPE, f"<{_DF}Process>", record)
        yield said(what, "<http://purl.org/dc/terms/identifier>", f'"{name}"', record)
        yield said(what, title, str(ox.Literal(f"فرایند رسیدگی به کار شمارهٔ {name}", language="fa")), record)
        yield said(
            what, title, str(ox.Literal(f"Process that handles the matter {name}", language="en")), record
        )
        yield said(f"form/{name}", _TYPE, f"<{_DF}ProcessForm>", record)
        yield said(f"form/{name}", f"<{_DF}documents>", f"<{BASE}{what}>", record)
        for body in bodies:
            yield said(what, f"<{_DF}involvesAgency>", f"<{BASE}agency/{body}>", "inferred/involves-agency")
