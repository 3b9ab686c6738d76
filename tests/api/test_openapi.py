"""The description of the interface is true: requests made up from it get the answers that it promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.openapi import description
from api.routes import analyses, complete, linked_data, lists, questions, search, service, sparql
from tests.api.client import Client
from tests.api.live import Live, live

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
ROUTERS = (analyses, complete, linked_data, lists, questions, search, service, sparql)


@schemathesis.serializer("application/sparql-query")
def as_query(ctx: object, value: object) -> bytes:
    return str(value).encode("utf-8", "surrogatepass")


schema = schemathesis.openapi.from_dict(description())


@pytest.fixture(scope="module")
def server(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with live(folder, tmp_path_factory.mktemp("openapi"), query_seconds=5, log_requests=False) as running:
        yield running


@pytest.mark.slow
@schema.parametrize()
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_made_up_requests_get_what_is_promised(case: schemathesis.Case, server: Live) -> None:
    case.call_and_validate(base_url=server.url, checks=CHECKS, timeout=30, allow_redirects=False)


def test_it_is_served(client: Client) -> None:
    answer = client.get("/openapi.json")
    assert answer.json() == description()
    assert answer.headers["access-control-allow-origin"] == "*"


def test_every_route_for_programs_is_described() -> None:
    routes = [sparql.ENDPOINT, *(route for module in ROUTERS for route in module.router.routes)]
    paths = {getattr(route, "path", "") for route in routes}
    for_programs = {
        re.sub(r":\w+}", "}", path)
        for path in paths
        if path.startswith(("/api/", "/id/")) or path in ("/sparql", "/metrics")
    }
    assert for_programs | {"/healthz", "/readyz"} == set(description()["paths"])
