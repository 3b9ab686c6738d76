"""The description of the interface for programs, as OpenAPI; see ``openapi.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

router = APIRouter(include_in_schema=False)


@cache
def description() -> dict[str, Any]:
    """The description.

    Returns:
        The OpenAPI document.

    Example:
        >>> description()["openapi"]
        '3.1.0'
    """
    text = (Path(__file__).parent / "openapi.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


@router.get("/openapi.json")
def openapi() -> Response:
    """The description as JSON, for tools that make clients and tests from it."""
    return JSONResponse(description(), headers={"Access-Control-Allow-Origin": "*"})
