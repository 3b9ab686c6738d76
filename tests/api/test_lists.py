"""Lists over HTTP: the address holds the state, strangers break nothing, and files hold what is shown."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import openpyxl
import pytest
import rdflib

from graph.view import lists_export
from tests.api.client import Client
from tests.view.support import HOSTILE, Page
from tests.view.test_lists import RECORDS, by_hand

ID = "https://w3id.org/daftar/id/"
LISTS = ("processes", "services", "agencies", "collectives", "instruments", "templates", "steps")
CHOICE = "agency=police&agency=irgc&confidential=yes&sort=-uses"
CHOSEN = by_hand({"agency": ["police", "irgc"], "confidential": ["yes"]})


def opened(client: Client, address: str) -> Page:
    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code} {answer.text[:300]}"
    return Page(answer.text)


def shown(page: Page) -> list[str]:
    """Ids of the rows of the list."""
    cells = [e for e in page.all("td") if "data-at" in e.attributes and e.attributes.get("class") == "n"]
    return [e.text.strip() for e in cells if e.text.strip().startswith("P")]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("lang", ["fa", "en"])
def test_every_list_is_light(client: Client, name: str, lang: str) -> None:
    opened(client, f"/{lang}/{name}")
    assert len(client.get(f"/{lang}/{name}").content) < 120_000


def test_a_choice_shows_what_the_records_say(client: Client) -> None:
    page = opened(client, f"/en/processes?{CHOICE}")
    assert set(shown(page)) == CHOSEN
    assert f"{len(CHOSEN)} of {len(RECORDS)}" in page.text


def test_every_chosen_value_is_ticked_and_has_a_way_out(client: Client) -> None:
    page = opened(client, f"/en/processes?{CHOICE}&q=security")
    ticked = {
        (e.attributes["name"], e.attributes["value"]) for e in page.all("input") if "checked" in e.attributes
    }
    assert ticked == {("agency", "police"), ("agency", "irgc"), ("confidential", "yes")}
    chips = [e for e in page.all("a") if "chip" in e.attributes.get("class", "") and "Remove" in e.text]
    left = {urlsplit(e.attributes["href"]).query for e in chips}
    assert left == {
        "agency=police&agency=irgc&confidential=yes&sort=-uses",
        "q=security&agency=irgc&confidential=yes&sort=-uses",
        "q=security&agency=police&confidential=yes&sort=-uses",
        "q=security&agency=police&agency=irgc&sort=-uses",
    }


def test_the_form_sends_the_state_that_the_page_shows(client: Client) -> None:
    """What a browser would send from the form as it stands leads to the same things in the same order."""
    page = opened(client, f"/en/processes?{CHOICE}&q=security")
    fields = [
        (e.attributes["name"], e.attributes.get("value", ""))
        for e in page.all("input")
        if e.attributes.get("id") == "find-in" or "checked" in e.attributes
    ]
    order = next(e for e in page.all("option") if "selected" in e.attributes)
    again = opened(client, f"/en/processes?{urlencode([*fields, ('sort', order.attributes['value'])])}")
    assert shown(again) == shown(page)
    assert shown(page)


def test_the_headings_turn_the_order_round(client: Client) -> None:
    page = opened(client, "/en/processes?agency=police")
    heads = {e.text.strip(): e.attributes for e in page.all("th") if e.attributes.get("scope") == "col"}
    assert heads["Id"]["aria-sort"] == "ascending"
    assert "aria-sort" not in heads["Name"]
    link = next(e.attributes["href"] for e in page.all("a") if e.text.strip() == "Id")
    assert dict(parse_qsl(urlsplit(link).query)) == {"agency": "police", "sort": "-id"}
    turned = opened(client, link)
    assert shown(turned) == shown(page)[::-1]


def test_nothing_found_says_so_and_offers_a_way_out(client: Client) -> None:
    for lang in ("fa", "en"):
        page = opened(client, f"/{lang}/processes?q=nosuchword")
        assert not page.all("table")
        assert any(
            e.attributes["href"] == f"/{lang}/processes" for e in page.all("a") if "href" in e.attributes
        )


def test_the_twin_page_has_the_same_choice(client: Client) -> None:
    page = opened(client, f"/en/processes?{CHOICE}")
    twin = next(e.attributes["href"] for e in page.all("a") if e.attributes.get("hreflang") == "fa")
    assert set(shown(opened(client, twin))) == CHOSEN


def test_pages_of_a_long_list_lead_to_each_other(client: Client) -> None:
    page = opened(client, "/en/steps?sort=-name")
    following = next(e for e in page.all("a") if "next" in e.attributes.get("rel", ""))
    assert following.attributes["href"] == "/en/steps?sort=-name&page=2"
    last = opened(client, "/en/steps?sort=-name&page=3")
    assert not [e for e in last.all("a") if "next" in e.attributes.get("rel", "")]
    current = [e for e in last.all("a") if e.attributes.get("aria-current") == "page"]
    assert "Page 3" in current[-1].text


@pytest.mark.parametrize("text", [*HOSTILE, "%00", "a" * 5000, "\u202e\u200f", "' OR 1=1 --", "../../etc"])
@pytest.mark.parametrize("place", ["q", "agency", "answered", "sort", "page", "unknown", "format"])
def test_strange_values_show_as_text_or_are_refused(client: Client, place: str, text: str) -> None:
    for address in ("/fa/processes", "/en/steps"):
        answer = client.get(address, params={place: text})
        assert answer.status_code == (400 if place in ("sort", "page") else 200)
        page = Page(answer.text)
        assert not [e for e in page.elements if any(name.startswith("on") for name in e.attributes)]
        assert "window.pwned" not in "".join(e.text for e in page.all("script"))
        assert not page.all("img")
        assert all(not link.startswith(("javascript:", "//", "http")) for link in page.links)


def test_what_is_wrong_is_said_in_the_language_of_the_page(client: Client) -> None:
    assert "this list has no column nothing" in client.get("/en/processes?sort=nothing").text
    assert "این فهرست ستون nothing ندارد" in client.get("/fa/processes?sort=nothing").text


def test_there_is_no_other_list(client: Client) -> None:
    for path in ("/en/nothing", "/en/step", "/api/lists/nothing", "/en/steps/P01"):
        assert client.get(path).status_code == 404


def taken(client: Client, name: str, query: str, format_name: str) -> Any:
    answer = client.get(f"/api/lists/{name}?{query}&format={format_name}")
    assert answer.status_code == 200, answer.text[:300]
    return answer


def test_csv_has_the_rows_of_the_page_in_its_order(client: Client) -> None:
    page = opened(client, f"/en/processes?{CHOICE}")
    text = taken(client, "processes", CHOICE, "csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["thing"] for row in rows] == shown(page)
    for row in rows:
        assert {"police", "irgc"} & set(row["agency"].split())
        assert row["doubts"] == str(len(RECORDS[row["thing"]].get("doubts", [])))
        assert row["confidential"] == "says confidential somewhere"


def test_the_workbook_has_the_same_rows(client: Client) -> None:
    book = openpyxl.load_workbook(io.BytesIO(taken(client, "processes", CHOICE + "&lang=fa", "xlsx").content))
    sheet = book["process"]
    assert sheet.sheet_view.rightToLeft
    names = [str(row[0]) for row in sheet.iter_rows(min_row=2, values_only=True)]
    ids = [name.split()[0] for name in names]
    assert set(ids) == CHOSEN
    assert ids == shown(opened(client, f"/fa/processes?{CHOICE}"))


def test_json_has_the_same_things_with_both_names_and_the_choice(client: Client) -> None:
    document = taken(client, "processes", CHOICE, "json").json()
    table = document["tables"][0]
    assert {row["thing"]["id"] for row in table["rows"]} == CHOSEN
    assert document["parameters"] == {"agency": "police, irgc", "confidential": "yes", "sort": "-uses"}
    assert set(table["rows"][0]["thing"]["label"]) == {"en", "fa"}
    json.dumps(document)


def test_rdf_describes_the_chosen_things_and_no_others(client: Client) -> None:
    graph = rdflib.Graph().parse(data=taken(client, "processes", CHOICE, "turtle").text, format="turtle")
    process = rdflib.URIRef("https://w3id.org/daftar/ontology#Process")
    found = {str(subject).rpartition("/")[2] for subject in graph.subjects(rdflib.RDF.type, process)}
    assert found == CHOSEN
    for ident in CHOSEN:
        one = rdflib.Graph().parse(data=client.get(f"/id/process/{ident}.ttl").text, format="turtle")
        assert set(one) <= set(graph)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("format_name", ["csv", "xlsx", "json", "turtle", "jsonld", "ntriples"])
def test_every_list_can_be_taken_in_every_format(client: Client, name: str, format_name: str) -> None:
    answer = taken(client, name, "lang=fa", format_name)
    assert answer.headers["access-control-allow-origin"] == "*"
    if format_name != "json":
        assert answer.headers["content-disposition"].startswith(f'attachment; filename="{name}.')


def test_what_a_page_offers_can_be_had(client: Client) -> None:
    page = opened(client, "/fa/agencies?kind=commission&sort=name")
    links = [link for link in page.links if link.startswith("/api/lists/")]
    assert len(links) == 4
    for link in links:
        assert dict(parse_qsl(urlsplit(link).query))["kind"] == "commission"
        assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    "query", ["format=pdf", "lang=de", "sort=nothing", "page=0", "q=%ff", "format=csv&sort=-nothing"]
)
def test_programs_are_told_what_is_wrong(client: Client, query: str) -> None:
    answer = client.get(f"/api/lists/processes?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_more_than_a_file_holds_is_refused_and_not_offered(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists_export, "MOST_ROWS", 33)
    monkeypatch.setattr(lists_export, "MOST_DESCRIBED", 3)
    for format_name, most in (("csv", 33), ("turtle", 3)):
        answer = client.get(f"/api/lists/processes?format={format_name}")
        assert answer.status_code == 400
        assert f"34 things are chosen and one file holds {most}" in answer.json()["error"]
    assert client.get("/api/lists/processes?format=csv&form=yes").status_code == 200


def test_the_lists_are_described_for_programs(client: Client) -> None:
    found = {one["name"]: one for one in client.get("/api/lists").json()["lists"]}
    assert set(found) == set(LISTS)
    assert "agency" in {facet["name"] for facet in found["processes"]["facets"]}
    assert all(set(f["label"]) == {"en", "fa"} for one in found.values() for f in one["facets"])


@pytest.mark.parametrize(
    ("q", "ident"), [("شاك", "state-security-council"), ("ناجا", "police"), ("p08", "P08"), ("برف", None)]
)
def test_the_search_box_offers_things_with_their_pages(client: Client, q: str, ident: str | None) -> None:
    document = client.get("/api/search", params={"q": q, "lang": "fa"}).json()
    if ident:
        first = document["results"][0]
        assert first["id"] == ident
        assert client.get(first["page"]).status_code == 200
    assert document["total"] >= len(document["results"])
    for result in document["results"]:
        for piece in (result["found"] or {"pieces": []})["pieces"]:
            assert set(piece) == {"text", "wanted"}


def test_words_joined_by_a_half_space_find_words_written_apart(client: Client) -> None:
    ids = [
        [one["id"] for one in client.get("/api/search", params={"q": q}).json()["results"]]
        for q in ("سازمان‌یافته", "سازمان یافته")
    ]
    assert ids[0] == ids[1]
    assert "P08" in ids[0]


@pytest.mark.parametrize("given", [{"limit": "0"}, {"limit": "51"}, {"q": "x" * 201}, {"lang": "de"}])
def test_bad_searches_are_refused(client: Client, given: dict[str, str]) -> None:
    assert client.get("/api/search", params=given).status_code == 400


def test_nothing_typed_and_markup_find_nothing(client: Client) -> None:
    for text in ("", " ", "<script>alert", "?*[](", "🙂"):
        assert client.get("/api/search", params={"q": text}).json()["results"] == []
