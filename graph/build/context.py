"""The JSON-LD context, compiled.

`ontology/context.jsonld` is the definition: a record under it is RDF, and any JSON-LD 1.1 processor reads it.
But type-scoped and property-scoped contexts are worked out anew at every node, which made parsing some thirty
times slower than a context without them. So the two kinds of scope that the file uses are resolved here
beforehand: a key that a type redefines gets a name of its own (`Step.text`), and a reference with a base of
its own is written in full. A test holds this form to the triples of the original, as two processors read it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from graph.build.errors import BuildError

Json = dict[str, Any]

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_KNOWN = frozenset({"@id", "@reverse", "@type", "@language", "@context"})


class CompiledContext:
    """A context without scopes, and the way to write nodes for it.

    Args:
        context: The context as in `ontology/context.jsonld`.

    Raises:
        BuildError: If a term uses a feature that is not compiled.
    """

    def __init__(self, context: Mapping[str, Any]) -> None:
        self.flat: Json = {}
        self._bases: dict[str, str] = {}
        self._scopes: dict[str, dict[str, str]] = {}
        for term, definition in context.items():
            scope = definition.get("@context") if isinstance(definition, Mapping) else None
            if scope is None or "@base" in scope:
                self._term(term, definition)
                continue
            self.flat[term] = definition["@id"]
            self._scopes[term] = {key: f"{term}.{key}" for key in scope}
            for key, inner in scope.items():
                self._term(f"{term}.{key}", inner)

    def _term(self, name: str, definition: str | float | Mapping[str, Any]) -> None:
        if not isinstance(definition, Mapping):
            self.flat[name] = definition
            return
        if unknown := definition.keys() - _KNOWN:
            raise BuildError(
                f"ontology/context.jsonld, {name}: {', '.join(sorted(unknown))} is not supported"
            )
        scope = definition.get("@context", {})
        if scope.keys() - {"@base"}:
            raise BuildError(f"ontology/context.jsonld, {name}: a term's own context may hold @base only")
        if "@base" in scope:
            self._bases[name] = scope["@base"]
        self.flat[name] = {key: value for key, value in definition.items() if key != "@context"}

    def node(self, node: Mapping[str, Any]) -> Json:
        """Write a node, and every node in it, with the keys of the flat context.

        Args:
            node: A node object for the original context, with `@id` and `@type`.

        Returns:
            The same node for the flat context.
        """
        names: dict[str, str] = {}
        for type_ in sorted(node["@type"]):  # the order in which JSON-LD applies type-scoped contexts
            names |= self._scopes.get(type_, {})
        written: Json = {}
        for key, value in node.items():
            name = names.get(key, key)
            if key.startswith("@"):
                written[key] = value
            elif isinstance(value, list):
                written[name] = [self._value(name, each) for each in value]
            else:
                written[name] = self._value(name, value)
        return written

    def _value(self, name: str, value: Any) -> Any:
        if isinstance(value, Mapping):
            return self.node(value)
        base = self._bases.get(name)
        return value if base is None or _ABSOLUTE.match(value) else base + value
