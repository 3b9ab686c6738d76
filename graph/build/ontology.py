"""The ontology folder, read once for a build."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.build.errors import BuildError

DF = "https://w3id.org/daftar/ontology#"
DFC = "https://w3id.org/daftar/code/"


@dataclass(frozen=True)
class Ontology:
    """What the graph means, as data.

    Args:
        folder: The `ontology/` folder.
        context: The JSON-LD context (the value of `@context`).
        nodes: Which key of a record becomes which node.
        layers: Predicate IRI → graph path, for statements that leave the record's own graph.
        languages: Language tag → graph path, for literals that are ours.
    """

    folder: Path
    context: Mapping[str, Any]
    nodes: Mapping[str, Any]
    layers: Mapping[str, str]
    languages: Mapping[str, str]

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that the context declares."""
        return {k: v for k, v in self.context.items() if isinstance(v, str) and v.startswith("http")}

    def files(self, pattern: str) -> list[Path]:
        """List the files of the folder that match a pattern, in a fixed order."""
        return sorted(self.folder.glob(pattern))


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BuildError(f"{path} is missing; the ontology folder must hold it") from error
    except ValueError as error:
        raise BuildError(f"{path} is not JSON: {error}") from error


def expand_iri(name: str, prefixes: Mapping[str, str]) -> str:
    """Write a prefixed name in full.

    Args:
        name: A prefixed name, as `df:goal`.
        prefixes: Prefix → namespace.

    Returns:
        The IRI.

    Raises:
        BuildError: If the prefix is not declared.

    Example:
        >>> expand_iri("df:goal", {"df": "https://w3id.org/daftar/ontology#"})
        'https://w3id.org/daftar/ontology#goal'
    """
    prefix, _, local = name.partition(":")
    if prefix not in prefixes:
        raise BuildError(
            f"{name!r} uses the prefix {prefix!r}, which ontology/context.jsonld does not declare"
        )
    return prefixes[prefix] + local


def read_ontology(folder: Path) -> Ontology:
    """Read the parts of the ontology that every build needs.

    Args:
        folder: The `ontology/` folder.

    Returns:
        The ontology as data.

    Raises:
        BuildError: If a file is missing, is not JSON or uses an undeclared prefix.
    """
    context = _read(folder / "context.jsonld")["@context"]
    layers = _read(folder / "layers.json")
    prefixes = {k: v for k, v in context.items() if isinstance(v, str) and v.startswith("http")}
    return Ontology(
        folder=folder,
        context=context,
        nodes=_read(folder / "nodes.json"),
        layers={expand_iri(name, prefixes): graph for name, graph in layers["predicates"].items()},
        languages=layers["languages"],
    )
