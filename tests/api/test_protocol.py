"""The protocol around queries: datasets, entity tags, origins, compression, negotiation, description."""

from __future__ import annotations

import gzip
import json
import re

import pyoxigraph as ox
import pytest

from tests.api.client import Client

ORDERED = 'SELECT ?n { ?p dct:identifier "P08" ; df:hasStep/df:stepNumber ?n } ORDER BY ?n'
GRAPH = "https://w3id.org/daftar/id/graph/"
ALL = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
NAMED = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
SD = "http://www.w3.org/ns/sparql-service-description#"
SH = "http://www.w3.org/ns/shacl#"


def number(client: Client, query: str, **dataset: object) -> int:
    answer = client.get("/sparql", params={"query": query, **dataset})
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def test_the_dataset_of_the_request_chooses_graphs(client: Client) -> None:
    index, agencies = (
        number(client, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{GRAPH}{name}> {{ ?s ?p ?o }} }}")
        for name in ("index", "agencies")
    )
    both = {"default-graph-uri": [GRAPH + "index", GRAPH + "agencies"]}
    assert number(client, ALL, **both) == index + agencies
    assert number(client, NAMED, **both) == 0  # section 2.1.4: no named graphs unless they are named
    assert number(client, ALL, **{"named-graph-uri": GRAPH + "index"}) == 0
    assert number(client, NAMED, **{"named-graph-uri": GRAPH + "index"}) == 1
    over = ALL.replace("{", f"FROM <{GRAPH}agencies> {{")
    assert number(client, over, **{"default-graph-uri": GRAPH + "index"}) == index


def test_the_dataset_goes_with_every_way_to_send(client: Client) -> None:
    dataset = {"default-graph-uri": GRAPH + "index"}
    by_get = client.get("/sparql", params={"query": ALL, **dataset}).content
    by_form = client.post("/sparql", data={"query": ALL, **dataset}).content
    direct = client.post(
        "/sparql",
        params=dataset,
        content=ALL.encode(),
        headers={"Content-Type": "application/sparql-query; charset=UTF-8"},
    ).content
    assert by_get == by_form == direct


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("iri", ["https://example.org/none", "file:///etc/passwd", "http://[", "", "a b<>"])
def test_an_unknown_graph_is_refused_and_the_known_are_listed_how(
    client: Client, name: str, iri: str
) -> None:
    answer = client.get("/sparql", params={"query": "ASK {}", name: iri})
    assert (answer.status_code, answer.json()["code"]) == (400, "graph")
    listing = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    assert listing in answer.json()["error"]
    graphs = client.get("/sparql", params={"query": listing}).json()["results"]["bindings"]
    assert GRAPH + "index" in {row["g"]["value"] for row in graphs}


def test_a_syntax_error_has_its_place(client: Client) -> None:
    answer = client.get("/sparql", params={"query": "SELECT * { ?s ?p\n ?o ?z }"})
    assert answer.status_code == 400
    assert (answer.json()["line"], answer.json()["column"], answer.json()["code"]) == (2, 5, "syntax")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "FOO"])
def test_other_methods_are_405_and_hear_which_there_are(client: Client, method: str) -> None:
    answer = client.request(method, "/sparql", params={"query": "ASK {}"})
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/sparql-update"},
        {"Content-Type": "application/sparql-query; charset=utf-16"},
        {"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"},
        {},
    ],
)
def test_other_bodies_are_415(client: Client, headers: dict[str, str]) -> None:
    assert client.post("/sparql", content=b"ASK {}", headers=headers).status_code == 415


@pytest.mark.parametrize("address", ["/sparql?query=ASK%20%7B%7D%FF", "/sparql?query=ASK{}&" + "a=1&" * 300])
def test_an_address_that_cannot_be_read_is_400(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


def test_head_has_the_headers_of_get(client: Client) -> None:
    path = "/sparql?query=ASK%7B%7D"
    get, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("etag", "content-type", "content-length", "vary", "x-daftar-edition"):
        assert head.headers[name] == get.headers[name]
    assert client.head("/sparql?query=ASK%7B").status_code == 400


def test_an_answer_that_the_client_has_is_not_sent_again(client: Client) -> None:
    asked = {"query": ORDERED}
    first = client.get("/sparql", params=asked)
    tag = first.headers["etag"]
    assert client.get("/healthz").json()["edition"][:16] in tag
    for known in (tag, tag.removeprefix("W/"), f'"x", {tag}', "*"):
        again = client.get("/sparql", params=asked, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert "Accept" in again.headers["vary"]
    assert client.get("/sparql", params=asked, headers={"If-None-Match": '"x"'}).status_code == 200
    assert client.post("/sparql", data=asked, headers={"If-None-Match": tag}).status_code == 200


def test_every_answer_has_a_tag_of_its_own(client: Client) -> None:
    asked: list[tuple[dict[str, str], str]] = [
        ({"query": ORDERED}, "text/csv"),
        ({"query": ORDERED}, "application/sparql-results+xml"),
        ({"query": ORDERED + " "}, "text/csv"),
        ({"query": ORDERED, "default-graph-uri": GRAPH + "index"}, "text/csv"),
        ({"query": ORDERED, "named-graph-uri": GRAPH + "index"}, "text/csv"),
    ]
    tags = [client.get("/sparql", params=p, headers={"Accept": a}).headers["etag"] for p, a in asked]
    assert len(set(tags)) == len(tags)


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "struuid ()"])
def test_what_changes_by_itself_has_no_tag(client: Client, call: str) -> None:
    answer = client.get("/sparql", params={"query": f"SELECT ({call} AS ?x) {{}}"})
    assert answer.status_code == 200
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


def test_every_page_may_ask_but_without_the_readers_cookies(client: Client) -> None:
    origin = {"Origin": "https://elsewhere.example"}
    for answer in (
        client.get("/sparql", params={"query": "ASK {}"}, headers=origin),
        client.get("/sparql", params={"query": "ASK"}, headers=origin),
        client.request("OPTIONS", "/sparql", headers={**origin, "Access-Control-Request-Method": "POST"}),
        client.get("/id/process/P08.ttl", headers=origin),
    ):
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers
        assert "ETag" in answer.headers["access-control-expose-headers"]
    before = client.request("OPTIONS", "/sparql", headers=origin)
    assert before.status_code == 204
    assert "POST" in before.headers["access-control-allow-methods"]
    assert "Content-Type" in before.headers["access-control-allow-headers"]
    assert "access-control-allow-origin" not in client.get("/fa/", headers=origin).headers


@pytest.mark.parametrize(
    ("accepts", "packed"),
    [("gzip", True), ("br, gzip;q=0.1", True), ("*", True), ("gzip;q=0", False), ("identity", False)],
)
def test_long_answers_are_packed_for_those_who_can_unpack(client: Client, accepts: str, packed: bool) -> None:
    asked = {"query": "SELECT * { ?s ?p ?o } ORDER BY ?s ?p LIMIT 500", "format": "tsv"}
    answer = client.get("/sparql", params=asked, headers={"Accept-Encoding": accepts})
    assert (answer.headers.get("content-encoding") == "gzip") is packed
    assert {"Accept", "Accept-Encoding"} <= {part.strip() for part in answer.headers["vary"].split(",")}
    plain = client.get("/sparql", params=asked, headers={"Accept-Encoding": "identity"})
    assert answer.content == plain.content  # the client unpacks
    assert int(plain.headers["content-length"]) == len(plain.content)


def test_pages_and_files_are_packed_too(client: Client) -> None:
    for path in ("/fa/", "/static/daftar.css", "/static/vendor/vis-network.min.js"):
        answer = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.content == client.get(path, headers={"Accept-Encoding": "identity"}).content
    assert gzip.compress(b"")[:2] == b"\x1f\x8b"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/turtle", "text/turtle"),
        ("application/trig", "application/trig"),
        ("application/n-quads, text/turtle;q=0.9", "application/n-quads"),
        ("application/n-triples;q=0.2, application/rdf+xml;q=0.3", "application/rdf+xml"),
        ("text/turtle;q=0, */*;q=0.1", "application/n-triples"),
        ("application/ld+json, text/csv", "application/ld+json"),
        ("application/*", "application/n-triples"),
        ("text/turtle;q=0.5, text/*;q=0.9, */*;q=1", "application/n-triples"),
    ],
)
def test_graphs_by_weight(client: Client, accept: str, kind: str) -> None:
    asked = {"query": "DESCRIBE <https://w3id.org/daftar/id/agency/police>"}
    answer = client.get("/sparql", params=asked, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == kind


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "text/turtle", "application/json;q=0.0"])
def test_rows_that_nobody_wants_are_406(client: Client, accept: str) -> None:
    answer = client.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": accept})
    assert (answer.status_code, answer.json()["code"]) == (406, "format")


def _triples(content: bytes) -> set[tuple[str, str, str]]:
    parsed = ox.parse(content, format=ox.RdfFormat.TURTLE)
    return {tuple(getattr(t, "value", "") for t in (q.subject, q.predicate, q.object)) for q in parsed}  # type: ignore[misc]


@pytest.mark.parametrize("accept", ["*/*", "text/turtle", "application/rdf+xml;q=0.1, text/turtle"])
def test_without_a_query_the_service_describes_itself(client: Client, accept: str) -> None:
    answer = client.get("/sparql", headers={"Accept": accept, "Host": "daftar.example:81"})
    assert answer.status_code == 200
    said = _triples(answer.content)
    services = {s for s, p, o in said if o == SD + "Service"}
    (service,) = services
    objects = {(p.removeprefix(SD), o) for s, p, o in said if s == service}
    assert ("endpoint", "http://daftar.example:81/sparql") in objects
    assert ("supportedLanguage", SD + "SPARQL11Query") in objects
    assert ("feature", SD + "UnionDefaultGraph") in objects
    formats = {o.rpartition("/")[2] for p, o in objects if p == "resultFormat"}
    assert {"SPARQL_Results_JSON", "Turtle", "TriG", "N-Quads", "RDF_XML"} <= formats
    total = number(client, "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT * { ?s ?p ?o } }")
    void = {p.rpartition("#")[2]: o for s, p, o in said if s.endswith("/id/dataset")}
    assert void["triples"] == str(total)
    assert void["sparqlEndpoint"] == "http://daftar.example:81/sparql"


def test_prefixes_and_examples_are_data(client: Client) -> None:
    said = _triples(client.get("/sparql", headers={"Accept": "text/turtle"}).content)
    declared = {o for s, p, o in said if p == SH + "prefix"}
    assert {"df", "dct", "skos"} <= declared
    queries = [o for s, p, o in said if p == SH + "select"]
    assert len(queries) >= 60
    for query in sorted(queries)[::12]:  # the library's own tests ask them all
        assert client.post("/sparql", data={"query": query}).status_code == 200
    named = {s for s, p, o in said if o == SH + "SPARQLExecutable"}
    commented = {s for s, p, o in said if p.endswith("rdf-schema#comment")}
    assert named <= commented


def test_the_description_has_a_tag(client: Client) -> None:
    tag = client.get("/sparql", headers={"Accept": "text/turtle"}).headers["etag"]
    again = client.get("/sparql", headers={"Accept": "text/turtle", "If-None-Match": tag})
    assert again.status_code == 304
    assert client.get("/sparql", headers={"Accept": "text/csv"}).status_code == 406


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_limits_are_on_a_page(client: Client, lang: str) -> None:
    page = client.get(f"/{lang}/service").text
    assert "DAFTAR_QUERY_CONCURRENT" in page
    assert "DAFTAR_QUERY_QUEUE_SECONDS" in page
    assert re.search("[2۲][,٬]?[0۰]{3}", page)  # query_length, set in conftest
    assert f'href="/{lang}/service"' in client.get(f"/{lang}/sparql").text


def test_a_cut_answer_says_so_in_its_text_and_in_a_header(client: Client) -> None:
    many = {"query": "SELECT ?s { ?s ?p ?o . ?a ?b ?c }"}
    answer = client.get("/sparql", params={**many, "format": "csv"})
    assert answer.headers["x-daftar-truncated"] == "rows"
    assert answer.headers["x-daftar-rows"] == "10000"
    assert answer.text.splitlines()[-1] == '"# truncated after 10000: limit of rows"'
    assert "limit of rows" in json.loads(client.get("/sparql", params=many).content)["truncated"]
