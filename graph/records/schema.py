"""The record schemas (``ontology/schema/``) and what their errors say to the author of a record."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from graph.records.dates import check_jalali
from graph.records.lines import parse_lines
from graph.records.names import nearest

Problem = tuple[str, str, str]
"""JSON Pointer, what is wrong, what to do."""

KINDS = (
    "source",
    "agency",
    "collective",
    "instrument",
    "template",
    "process",
    "service",
    "index",
    "index-entry",
    "comparison",
)
_TYPE_WORDS = {"string": "a text", "object": "keys and values", "array": "a list"}
_LIST_ALL = 12


class Schemas:
    """One validator for each record kind.

    Args:
        folder: Folder with the JSON Schemas.

    Raises:
        OSError: when a schema cannot be read.

    Example:
        >>> from graph.paths import schema_dir
        >>> list(Schemas(schema_dir()).problems("source", {"id": "x"}))[0][0]
        ''
    """

    def __init__(self, folder: Path) -> None:
        shared = {name: _read(folder, name) for name in ("common.json", "codes.json")}
        schemas = {kind: _inlined(_read(folder, f"{kind}.json"), shared) for kind in KINDS}
        checker = _format_checker()
        self._validators = {
            kind: Draft202012Validator(schema, format_checker=checker) for kind, schema in schemas.items()
        }
        # says only yes or no in words that people understand, seventy times as fast
        self._quick = {
            kind: jsonschema_rs.Draft202012Validator(
                schema, validate_formats=True, formats={name: partial(_is, name) for name in _FORMATS}
            )
            for kind, schema in schemas.items()
        }

    def problems(self, kind: str, data: Any) -> Iterator[Problem]:
        """What a record's schema has against it.

        Args:
            kind: One of :data:`KINDS`.
            data: The record's content.

        Yields:
            Pointer, what is wrong, what to do.
        """
        if self._quick[kind].is_valid(data):
            return
        seen: set[Problem] = set()
        for error in self._validators[kind].iter_errors(data):
            for problem in _explain(error):
                if problem not in seen:
                    seen.add(problem)
                    yield problem


def pointer_of(path: Any) -> str:
    """A JSON Pointer (RFC 6901) out of keys and positions.

    Example:
        >>> pointer_of(["partners", 0, "text"])
        '/partners/0/text'
    """
    return "".join("/" + str(token).replace("~", "~0").replace("/", "~1") for token in path)


def _read(folder: Path, name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
    return loaded


def _inlined(node: Any, shared: dict[str, dict[str, Any]]) -> Any:
    """The schema with every reference replaced by its target (there are no circles): much faster to check."""
    if isinstance(node, list):
        return [_inlined(child, shared) for child in node]
    if not isinstance(node, dict):
        return node
    plain = {key: _inlined(child, shared) for key, child in node.items() if key != "$ref"}
    if "$ref" not in node:
        return plain
    file, _, pointer = str(node["$ref"]).partition("#/$defs/")
    target = shared[file]["$defs"][pointer]
    return {**_inlined(target, shared), **plain}


def _format_checker() -> FormatChecker:
    checker = FormatChecker(formats=())
    for name, check in _FORMATS.items():
        checker.checks(name, raises=ValueError)(check)
    return checker


def _lines(value: object) -> bool:
    return not isinstance(value, str) or bool(parse_lines(value))


def _jalali(value: object) -> bool:
    return not isinstance(value, str) or check_jalali(value)


_FORMATS: Mapping[str, Callable[[object], bool]] = {"line-ranges": _lines, "jalali-date": _jalali}


def _is(name: str, value: object) -> bool:
    try:
        return _FORMATS[name](value)
    except ValueError:
        return False


def _explain(error: ValidationError) -> Iterator[Problem]:
    pointer = pointer_of(error.absolute_path)
    rule = str(error.validator)
    value: Any = error.instance
    schema: Any = error.schema
    expected: Any = error.validator_value
    own = schema.get("errorMessage", {}).get(rule) if isinstance(schema, dict) else None
    if rule == "additionalProperties":
        yield from _unknown_keys(pointer, value, schema["properties"])
    elif rule == "required":
        missing = [key for key in expected if key not in value]
        words = ", ".join(f'"{key}"' for key in missing)
        many = len(missing) > 1
        what = f"{'keys are' if many else 'a key is'} missing: {words}"
        yield pointer, what, own or ("add them" if many else "add it")
    elif rule == "dependentRequired":
        missing = [k for key, needs in expected.items() if key in value for k in needs if k not in value]
        yield pointer, f"a key is missing that another one needs: {', '.join(missing)}", "add it"
    elif own is not None:
        what, _, hint = own.partition("; ")
        shown = f'"{value}": {what}' if isinstance(value, str) else what
        yield pointer, shown, hint
    else:
        yield _plain(pointer, error, rule, value)


def _unknown_keys(pointer: str, value: dict[str, Any], known: dict[str, Any]) -> Iterator[Problem]:
    free = [key for key in known if key not in value]
    for key in value:
        if key not in known:
            guess = nearest(key, free)
            hint = f'did you mean "{guess}"?' if guess else f"the keys are: {', '.join(known)}"
            yield f"{pointer}{pointer_of([key])}", f'there is no key "{key}" here', hint


def _plain(pointer: str, error: ValidationError, rule: str, value: Any) -> Problem:
    expected: Any = error.validator_value
    if rule == "enum" or rule == "const":
        return _wrong_code(pointer, value, expected if rule == "enum" else [expected])
    if rule == "type":
        found = "nothing" if value == "" else _TYPE_WORDS.get(_type_of(value), "something else")
        return (
            pointer,
            f"{_TYPE_WORDS[expected]} is needed here, not {found}",
            "write it, or leave the key out",
        )
    if rule == "minLength":
        return pointer, "the text is empty", "write it, give a state, or leave the key out"
    if rule == "minItems":
        return (
            pointer,
            f"the list needs at least {expected} item{'s' if expected > 1 else ''}",
            "fill it or leave it out",
        )
    if rule == "uniqueItems":
        twice = next((item for n, item in enumerate(value) if item in value[:n]), "")
        return pointer, f'"{twice}" is in the list twice', "keep one"
    if rule == "format":
        what, _, hint = str(error.cause).partition("; ")
        return pointer, what, hint
    return pointer, error.message, ""


def _wrong_code(pointer: str, value: Any, codes: list[str]) -> Problem:
    shown = f'"{value}"' if isinstance(value, str) else "this"
    guess = nearest(value, codes) if isinstance(value, str) else None
    if guess is not None:
        return pointer, f"{shown} is not one of the codes", f'did you mean "{guess}"?'
    listed = ", ".join(codes[:_LIST_ALL]) + (", ..." if len(codes) > _LIST_ALL else "")
    return pointer, f"{shown} is not one of the codes", f"the codes are: {listed}"


def _type_of(value: Any) -> str:
    return "object" if isinstance(value, dict) else "array" if isinstance(value, list) else "string"
