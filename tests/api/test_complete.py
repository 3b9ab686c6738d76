"""The completion of the editor: by any name, in both scripts, folded, in the right place."""

from __future__ import annotations

import pytest

from graph.query.prefixes import PREFIXES, prefixed_name
from tests.api.client import Client

POLICE = "https://w3id.org/daftar/id/agency/police"


def found(client: Client, **given: str) -> list[dict[str, object]]:
    answer = client.get("/api/complete", params=given)
    assert answer.status_code == 200, answer.text
    results: list[dict[str, object]] = answer.json()["results"]
    return results


@pytest.mark.parametrize(
    "text",
    ["نیروی انتظامی", "نيروي انتظامي", "نیروی‌انتظامی"[:5], "نِیرُوی انتظامی", "ناجا", "Police", "police"],
)
def test_a_thing_is_found_by_every_spelling_of_its_names(client: Client, text: str) -> None:
    assert POLICE in [each["iri"] for each in found(client, q=text, kinds="thing")]


@pytest.mark.parametrize(
    ("text", "kinds", "name"),
    [
        ("نهاد را نام می‌برد", "property", "df:involvesAgency"),
        ("involves the named", "property", "df:involvesAgency"),
        ("df:involvesAg", "property", "df:involvesAgency"),
        ("فرایند", "class", "df:Process"),
        ("Process", "class", "df:Process"),
        ("prefLab", "property", "skos:prefLabel"),
    ],
)
def test_a_term_is_found_by_label_and_id(client: Client, text: str, kinds: str, name: str) -> None:
    assert found(client, q=text, kinds=kinds)[0]["name"] == name


@pytest.mark.parametrize("text", ["Code lists", "فهرست‌های کد", "codes"])
def test_a_graph_is_found_by_its_title(client: Client, text: str) -> None:
    assert found(client, q=text, kinds="graph")[0]["iri"] == "https://w3id.org/daftar/id/graph/codes"


def test_the_graph_of_a_record_is_called_as_the_record(client: Client) -> None:
    first = found(client, q="P08", kinds="graph")[0]
    assert first["id"] == "record/P08"
    assert found(client, q="P08", kinds="thing")[0]["labels"] == first["labels"]


def test_the_kinds_asked_for_are_the_kinds_answered(client: Client) -> None:
    groups = {each["group"] for each in found(client, q="a", kinds="class,graph", limit="50")}
    assert groups == {"class", "graph"}


def test_the_label_is_in_the_language_asked_for(client: Client) -> None:
    assert found(client, q="police", kinds="thing", lang="fa")[0]["label"] == "نیروی انتظامی"
    assert str(found(client, q="police", kinds="thing", lang="en")[0]["label"]).startswith("Police")


def test_nothing_typed_gives_the_most_used_first(client: Client) -> None:
    names = [each["name"] for each in found(client, kinds="property", limit="50")]
    assert names[0] == "rdf:type"
    assert len(names) == 50


def test_everything_offered_is_in_the_graph(client: Client) -> None:
    for group, pattern in (("class", "?x a <{}>"), ("property", "?s <{}> ?o"), ("graph", "GRAPH <{}> {{}}")):
        for each in found(client, kinds=group, limit="50", q="a"):
            iri = str(each["iri"])
            asked = pattern.format(iri) if group != "graph" else f"GRAPH <{iri}> {{}}"
            declared = f"<{iri}> a <{PREFIXES['owl']}Class>"
            query = f"ASK {{ {{ {asked} }} UNION {{ {declared} }} }}"
            assert client.get("/sparql", params={"query": query}).json()["boolean"] is True, iri


@pytest.mark.parametrize(
    "given", [{"kinds": "nonsense"}, {"limit": "0"}, {"limit": "51"}, {"q": "x" * 201}, {"lang": "de"}]
)
def test_bad_parameters_are_refused(client: Client, given: dict[str, str]) -> None:
    answer = client.get("/api/complete", params=given)
    assert answer.status_code == 400
    assert any(word in answer.json()["error"] for word in ("nonsense", "limit", "q:", "lang"))


def test_markup_and_signs_find_nothing_and_break_nothing(client: Client) -> None:
    for text in ("<script>", "?*[](", '"', "\\", "%00", "🙂"):
        assert client.get("/api/complete", params={"q": text}).status_code == 200


def test_a_prefixed_name_means_the_same_iri(client: Client) -> None:
    for each in found(client, kinds="class,property,code", limit="50", q="e"):
        if each["name"]:
            prefix, _, local = str(each["name"]).partition(":")
            assert PREFIXES[prefix] + local == each["iri"]
            query = f"ASK {{ FILTER({each['name']} = <{each['iri']}>) }}"
            assert client.get("/sparql", params={"query": query}).json()["boolean"] is True


def test_a_name_that_would_need_an_escape_is_written_as_an_iri() -> None:
    assert prefixed_name("https://w3id.org/daftar/code/agency-kind/police") is None
    assert prefixed_name("https://w3id.org/daftar/ontology#a.") is None
    assert prefixed_name("https://w3id.org/daftar/ontology#") is None
    assert prefixed_name("urn:x") is None
