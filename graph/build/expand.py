"""Record → JSON-LD node: gives every nested object its IRI and its types, as `ontology/nodes.json` says.

Nothing here knows a property or a class: keys become terms in `ontology/context.jsonld`, and which key
becomes which node is data. What is left for code is what JSON-LD cannot say: names of nodes, yes/no, line
ranges, Jalali days, and a form field that is a text, a summary or a state.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from graph.build.calendar import gregorian
from graph.build.nodes import COMMON, Node, NodeMaker, Spec, kebab
from graph.records.model import Record

_ADDRESS = re.compile(r"(?P<scheme>https?://)?[\w-]+(\.[\w-]+)+(:\d+)?(/[^\s<>\"{}|\\^`]*)?")
_FIELD = frozenset({"text", "summary", "summaryEn", "digest", "state"})
_READINGS = ("ifBoxFollows", "ifBoxPrecedes")
_BOXES = frozenset({"candidates", "value", "values", "settled", "basis", *_READINGS})


class Expander:
    """Expands records of one catalogue.

    Args:
        spec: `ontology/nodes.json` as read.
        things: Catalogue id → IRI path (`P28` → `process/P28`), for keys that name a process or a service.
    """

    def __init__(self, spec: Spec, things: Mapping[str, str]) -> None:
        self._records: Spec = spec["records"]
        self.things = things

    def graph_of(self, record: Record) -> str:
        """Name the graph of a record, relative to the base IRI."""
        return str(self._records[record.kind]["graph"]).format(id=record.id)

    def path_of(self, record: Record) -> str:
        """Name the thing of a record, relative to the base IRI."""
        return str(self._records[record.kind]["path"]).format(id=record.id)

    def expand(self, record: Record, pointers: dict[str, str] | None = None) -> Node:
        """Make the JSON-LD node of one record, with everything below it.

        Args:
            record: The record.
            pointers: If given, receives for each node its place in the record (IRI path → pointer).

        Returns:
            A node object for the context, with `@id` relative to the base IRI.

        Raises:
            RecordBuildError: If a key has no meaning in `nodes.json`, or a value cannot be read.
        """
        seen = {} if pointers is None else pointers
        return _Expansion(self._records[record.kind], self.things, record, seen).expand()


class _Expansion(NodeMaker):
    """The expansion of one record: one method for each word that `use` may have in `nodes.json`."""

    def __init__(
        self, spec: Spec, things: Mapping[str, str], record: Record, pointers: dict[str, str]
    ) -> None:
        super().__init__(str(spec["path"]).format(id=record.id), things, record, pointers)
        self.spec = spec

    def use(self, key: str, data: Any, spec: Spec, pointer: str) -> None:
        make: Callable[[str, Any, Spec, str], None] = getattr(self, f"use_{spec['use']}")
        make(key, data, spec, pointer)

    def expand(self) -> Node:
        data = self.record.data
        types = self.spec["types"]
        for key, table in self.spec.get("typesFor", {}).items():
            types = table.get(data.get(key), types)
        self.root.update(self.named(self.root_path, types, ""), **self.spec.get("always", {}))
        self.plain(self.root, data, self.spec, "")
        for key, spec in self.spec["keys"].items():
            if key in data:
                self.use(key, data[key], spec, f"/{key}")
        return self.root

    def use_field(self, key: str, data: Mapping[str, Any], spec: Spec, pointer: str) -> None:
        """A form field: its literal on the thing, a reading with the words and lines, or a state."""
        name = spec.get("field") or kebab(key)
        kept = {"copy": ["text", "summary", "summaryEn", "digest", *spec.get("copy", ())]}
        own = {k: v for k, v in data.items() if k not in spec.get("lift", {}) or k in kept["copy"]}
        own = {k: v for k, v in own.items() if k not in spec.get("nested", {})}
        state = own.pop("state", None)
        if _FIELD.isdisjoint(data):
            raise self.fail(pointer, "a field says text, summary or state")
        if state is not None:
            self.state(name, state, own, spec, pointer)
        if "text" in data or "summary" in data:
            reading = self.named(f"{self.root_path}/field-{name}", ["FieldReading"], pointer)
            self.plain(reading, own, kept, pointer)
            self.attach("readings", {**reading, "field": name})
        if "text" in data and "literal" in spec:
            self.root[spec["literal"]] = data["text"]
        if "text" in data and state is None and "node" in spec:
            self.field_node(own, spec["node"], pointer)
        self.lift(data, spec, pointer)
        self.nested(data, spec, pointer)

    def use_written(self, key: str, data: Mapping[str, Any], spec: Spec, pointer: str) -> None:
        """A text with lines that the node itself carries, because the node is evidence already."""
        self.root[spec.get("literal", key)] = data["text"]
        self.plain(self.root, {**data}, {"copy": ["text"]}, pointer)

    def state(self, name: str, state: str, own: Mapping[str, Any], spec: Spec, pointer: str) -> None:
        node = self.named(f"{self.root_path}/state-{name}", ["FieldState"], pointer)
        said = {"lines"} if "text" in own else COMMON
        self.common(node, {k: v for k, v in own.items() if k in said}, pointer)
        self.attach("states", {**node, "field": name, "state": state})
        self.root.update(spec.get("when", {}).get(state, {}))

    def field_node(self, own: Mapping[str, Any], spec: Spec, pointer: str) -> None:
        """A thing that a field names by its whole text, such as an output or a website."""
        text = own["text"]
        if spec.get("address"):
            if not (found := _ADDRESS.fullmatch(text)):
                return
            text = text if found["scheme"] else f"http://{text}"
        node = self.named(self.below(spec["path"], {}, pointer), spec["types"], f"{pointer}/text")
        self.common(node, {k: v for k, v in own.items() if k in COMMON - {"note", "noteEn", "raw"}}, pointer)
        node["text"] = text
        self.identify(node, spec)
        self.attach(spec["as"], node)

    def lift(self, data: Mapping[str, Any], spec: Spec, pointer: str) -> None:
        """Put what a field carries for the thing itself on the thing."""
        for key, target in spec.get("lift", {}).items():
            if key in data:
                self.root[target] = data[key]

    def nested(self, data: Mapping[str, Any], spec: Spec, pointer: str) -> None:
        for key, inner in spec.get("nested", {}).items():
            if key in data:
                self.use(key, data[key], {**inner, "outer": data}, f"{pointer}/{key}")

    def use_node(self, key: str, data: Mapping[str, Any], spec: Spec, pointer: str) -> None:
        node = self.named(self.below(spec["path"], {"id": self.record.id}, pointer), spec["types"], pointer)
        self.plain(node, data, spec, pointer)
        self.root[spec.get("as", key)] = node

    def use_nodes(self, key: str, items: list[Mapping[str, Any]], spec: Spec, pointer: str) -> None:
        """A list whose members become nodes of the thing, each named by its place or number."""
        outer = spec.get("outer", {})
        for index, item in enumerate(items):
            here = f"{pointer}/{index}"
            data = {**{k: outer[k] for k in spec.get("inherit", ()) if k in outer}, **item}
            node: Node = {}
            nested = spec.get("nested", {})
            inherited = (*spec.get("copy", ()), *(k for k in spec.get("inherit", ()) if k not in COMMON))
            plain = [k for k in inherited if k not in spec.get("integers", ())]
            self.plain(node, data, {**spec, "copy": plain}, here)
            kind = spec["empty"] if "state" in node and "empty" in spec else spec
            path = self.below(kind["path"], {**data, **node, "n": index + 1}, here)
            node = {**self.named(path, kind["types"], here), **spec.get("set", {}), **node}
            for target, origin in spec.get("default", {}).items():
                node.setdefault(target, data.get(origin))
            for origin, target in spec.get("twice", {}).items():
                node[target] = node[origin]
            if "number" in spec:
                node[spec["number"]] = index + 1
            if "owner" in spec:
                node[spec["owner"]] = self.root_path
            self.identify(node, spec)
            self.attach(kind.get("as", key), node)
            self.nested(data, {"nested": nested}, here)

    def use_cells(self, key: str, table: Mapping[str, Mapping[str, Any]], spec: Spec, pointer: str) -> None:
        """A table of rows and columns, each cell a node."""
        for row, cells in table.items():
            for column, cell in cells.items():
                here = f"{pointer}/{row}/{column}"
                place = {spec["rows"]: row, spec["columns"]: column}
                node = self.named(self.below(spec["path"], place, here), spec["types"], here)
                node.update(spec.get("set", {}), **place)
                self.plain(node, cell, spec, here)
                self.attach(spec.get("as", key), node)

    def use_selection(self, key: str, data: Mapping[str, Any], spec: Spec, pointer: str) -> None:
        """A row of boxes: what may have been ticked, and what was if that is settled."""
        name = kebab(key)
        if "state" in data:
            self.use_field(
                key, {k: v for k, v in data.items() if k not in spec.get("nested", {})}, {}, pointer
            )
            self.nested(data, spec, pointer)
            return
        values = data.get("candidates") or data.get("values") or [data.get("value")]
        if None in values:
            raise self.fail(pointer, "a ticked field says candidates, value, values or state")
        settled = "candidates" not in data or self.flag(data.get("settled", "no"), f"{pointer}/settled")
        node = self.named(f"{self.root_path}/{name}", ["Selection"], pointer)
        codes = {key: data[key] for key in _READINGS if key in data} | {"candidate": values}
        node |= {key: [f"dfc:{spec['scheme']}/{code}" for code in found] for key, found in codes.items()}
        node |= {"field": name, "reading": "settled" if settled else "ambiguous"}
        if settled:
            node["selected"] = node["candidate"]
            node["basis"] = data.get("basis", "only-one-possible")
        self.plain(
            node, {k: v for k, v in data.items() if k not in _BOXES}, {**spec, "copy": ["text"]}, pointer
        )
        self.attach("selections", node)
        self.nested(data, spec, pointer)

    def use_date(self, key: str, data: Mapping[str, Any], spec: Spec, pointer: str) -> None:
        """A Jalali day: as written, as a Jalali string and as the Gregorian day, on what bears the date."""
        bearer = self.root.get(spec["on"]) if "on" in spec else self.root
        if bearer is None:
            raise self.fail(pointer, f"a date needs {spec['on']!r}, which this record has not")
        if "jalali" in data:
            try:
                bearer["issued"] = gregorian(data["jalali"]).isoformat()
            except ValueError as error:
                raise self.fail(f"{pointer}/jalali", str(error)) from error
            bearer["jalali"] = data["jalali"]
        if "text" in data:
            bearer["dateText"] = data["text"]
        if "on" in spec and not _FIELD.isdisjoint(data):
            self.use_field(key, {k: v for k, v in data.items() if k != "jalali"}, {}, pointer)

    def use_spellings(self, key: str, values: list[str], spec: Spec, pointer: str) -> None:
        """Every spelling seen: an alternative label beside the preferred one, and a traceable alias."""
        label = self.root.get("label")
        unlike = [value for value in values if value != label]
        if unlike:
            self.root["spellings"] = unlike
        for index, value in enumerate(dict.fromkeys([label, *values]) if label else values):
            alias = self.named(
                f"{self.root_path}/alias-{index + 1}", ["Alias"], f"{pointer}/{max(index - 1, 0)}"
            )
            self.attach("aliases", {**alias, "surface": value})
