"""What every expansion of a record needs: names of nodes, plain keys, yes/no, numbers and line ranges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from graph.build.errors import RecordBuildError
from graph.records.lines import parse_lines
from graph.records.model import Record

Node = dict[str, Any]
Spec = Mapping[str, Any]

COMMON = frozenset({"lines", "confidential", "note", "noteEn", "raw"})
"""Keys that any object of a record may carry; their meaning is the same everywhere."""

_PLAIN = ("copy", "flags", "integers", "things", "fields")


@lru_cache(maxsize=1024)
def kebab(name: str) -> str:
    """Turn a record key into the notation of its field code.

    Args:
        name: A record key, or a path into a record that starts with one.

    Returns:
        The first key of the path in lower case with hyphens.

    Example:
        >>> kebab("lifeEvents"), kebab("stages.inform"), kebab("partners/0/names")
        ('life-events', 'stages', 'partners')
    """
    first = name.lstrip("/").replace(".", "/").replace("[", "/").split("/", 1)[0]
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in first)


class NodeMaker:
    """Makes the nodes of one record.

    Args:
        root_path: The IRI path of the record's thing, relative to the base IRI.
        things: Catalogue id → IRI path, for keys that name a process or a service.
        record: The record.
        pointers: Receives for each node its place in the record.
    """

    def __init__(
        self, root_path: str, things: Mapping[str, str], record: Record, pointers: dict[str, str]
    ) -> None:
        self.root_path, self.things, self.record, self.pointers = root_path, things, record, pointers
        self.root: Node = {}

    def fail(self, pointer: str, reason: str) -> RecordBuildError:
        """Make the error for a place in the record."""
        return RecordBuildError(self.record, pointer, reason)

    def named(self, path: str, types: Iterable[str], pointer: str) -> Node:
        """Start a node; nodes with one name would run together, so that is refused."""
        if path in self.pointers:
            raise self.fail(
                pointer, f"makes a second node {path}; number rows, steps and channels without repeats"
            )
        self.pointers[path] = pointer
        return {"@id": path, "@type": list(types)}

    def below(self, pattern: str, values: Mapping[str, Any], pointer: str) -> str:
        """Fill a path pattern; one that starts with a slash stands under the base IRI."""
        try:
            suffix = pattern.format(**values)
        except (KeyError, ValueError) as error:
            raise self.fail(pointer, f"cannot be named: {pattern} needs {error}") from error
        return suffix[1:] if suffix.startswith("/") else f"{self.root_path}/{suffix}"

    def plain(self, node: Node, data: Mapping[str, Any], spec: Spec, pointer: str) -> None:
        """Copy the keys that need no node, and refuse those that the model does not name."""
        for key in spec.get("copy", ()):
            if key in data:
                node[key] = data[key]
        for key in spec.get("flags", ()):
            if key in data:
                node[key] = self.flag(data[key], f"{pointer}/{key}")
        for key in spec.get("integers", ()):
            if key in data:
                node[key] = self.integer(data[key], f"{pointer}/{key}")
        for key in spec.get("things", ()):
            if key in data:
                node[key] = self.thing(data[key], f"{pointer}/{key}")
        for key in spec.get("fields", ()):
            if key in data:
                node[key] = kebab(data[key])
        self.common(node, data, pointer)
        known = COMMON.union(*(spec.get(part, ()) for part in _PLAIN))
        for key in data.keys() - known - spec.get("keys", {}).keys() - spec.get("nested", {}).keys():
            raise self.fail(f"{pointer}/{key}", f"the key {key!r} has no meaning in ontology/nodes.json")

    def common(self, node: Node, data: Mapping[str, Any], pointer: str) -> None:
        """Add what any object may carry: lines, confidentiality, notes, the raw text."""
        if "lines" in data:
            try:
                spans = parse_lines(data["lines"])
            except ValueError as error:
                raise self.fail(f"{pointer}/lines", str(error)) from error
            if len(spans) > 1:
                node["lines"] = data["lines"]
            node["lineStart"] = min(start for start, _ in spans)
            node["lineEnd"] = max(end for _, end in spans)
        if "confidential" in data and self.flag(data["confidential"], f"{pointer}/confidential"):
            node["confidentiality"] = "confidential"
        for key in ("note", "noteEn", "raw"):
            if key in data:
                node[key] = data[key]

    def flag(self, value: str, pointer: str) -> bool:
        """Read yes or no."""
        if value not in {"yes", "no"}:
            raise self.fail(pointer, f'{value!r} is neither "yes" nor "no"')
        return value == "yes"

    def integer(self, value: str, pointer: str) -> int:
        """Read a whole number."""
        if not (isinstance(value, str) and value.isascii() and value.isdigit()):
            raise self.fail(pointer, f"{value!r} is not a whole number in ASCII digits")
        return int(value)

    def thing(self, value: str | list[str], pointer: str) -> list[str]:
        """Read ids of processes and services as IRI paths."""
        ids = [value] if isinstance(value, str) else value
        for each in ids:
            if each not in self.things:
                raise self.fail(pointer, f"{each!r} is no process and no service of this catalogue")
        return [self.things[each] for each in ids]

    def attach(self, key: str, node: Node) -> None:
        """Hang a node on the record's thing."""
        self.root.setdefault(key, []).append(node)

    def identify(self, node: Node, spec: Spec) -> None:
        """Give a node the identifier that the EU profile asks of it, made from its own name."""
        if spec.get("identify"):
            node["id"] = f"{self.record.id}-{node['@id'].removeprefix(self.root_path + '/')}"
