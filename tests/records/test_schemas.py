"""The record schemas themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from graph.paths import ontology_dir, schema_dir
from graph.records import load_catalogue
from tests.records.conftest import SMALL

FILES = sorted(path.name for path in schema_dir().glob("*.json"))


def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((schema_dir() / name).read_text(encoding="utf-8"))
    return loaded


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for child in node.values():
            yield from nodes(child)
    elif isinstance(node, list):
        for child in node:
            yield from nodes(child)


@pytest.mark.parametrize("name", FILES)
def test_is_a_schema_of_the_draft(name: str) -> None:
    loaded = schema(name)
    Draft202012Validator.check_schema(loaded)
    assert loaded["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert loaded["$id"].endswith("/" + name)
    assert loaded["description"]


@pytest.mark.parametrize("name", FILES)
def test_every_object_refuses_unknown_keys(name: str) -> None:
    for node in nodes(schema(name)):
        if node.get("type") == "object" and "properties" in node:
            assert node["additionalProperties"] is False, node.get("description")


@pytest.mark.parametrize("name", FILES)
def test_every_key_is_described(name: str) -> None:
    for node in nodes(schema(name)):
        if node.get("type") == "object":
            for key, value in node.get("properties", {}).items():
                assert not {"description", "$ref", "const", "not"}.isdisjoint(value), key


def test_codes_equal_the_code_lists_of_the_ontology() -> None:
    store = pyoxigraph.Store()
    store.load(path=ontology_dir() / "codes.ttl", format=pyoxigraph.RdfFormat.TURTLE)
    lists: dict[str, set[str]] = {}
    query = "SELECT ?list ?code { ?c skos:inScheme ?list ; skos:notation ?code }"
    for row in store.query(query, prefixes={"skos": "http://www.w3.org/2004/02/skos/core#"}):  # type: ignore[union-attr]
        lists.setdefault(row["list"].value.rsplit("/", 1)[-1], set()).add(row["code"].value)
    for name, definition in schema("codes.json")["$defs"].items():
        assert set(definition["enum"]) == lists[name], name


def test_another_validator_can_use_the_files_as_they_are() -> None:
    """Editors follow $ref themselves; the loader puts the references in place. Both must accept the same."""
    registry: Registry[Any] = Registry().with_resources(
        [(schema(name)["$id"], Resource.from_contents(schema(name))) for name in FILES]
    )
    for record in load_catalogue(Path(SMALL)).all_records():
        loaded = schema(f"{record.kind}.json")
        errors = list(Draft202012Validator(loaded, registry=registry).iter_errors(record.data))
        assert errors == [], record.id
        spoiled = {**record.data, "unknownKey": "x"}
        assert not Draft202012Validator(loaded, registry=registry).is_valid(spoiled)
