"""The question library over HTTP: JSON, CSV, pages."""

from __future__ import annotations

import html
import re

import pytest

from api.question_tags import TAGS
from graph.query.question_library import LANGS, questions
from tests.api.client import Client

IDS = [question.id for question in questions()]


def test_the_list(client: Client) -> None:
    found = client.get("/api/questions").json()["questions"]
    assert [each["id"] for each in found] == IDS
    assert client.get("/api/questions?tag=dossier-24").json()["questions"][0]["tags"].count("dossier-24") == 1


@pytest.mark.parametrize("name", IDS)
def test_every_question_has_an_answer_and_both_pages(name: str, client: Client) -> None:
    answer = client.get(f"/api/questions/{name}")
    assert answer.status_code == 200
    assert list(answer.json()["rows"][0] if answer.json()["rows"] else answer.json()["columns"])
    for lang in LANGS:
        page = client.get(f"/{lang}/questions/{name}", headers={"accept": "text/html"})
        assert page.status_code == 200
        question = next(each for each in questions() if each.id == name)
        text = html.unescape(page.text)
        assert question.title.of(lang) in text
        assert page.text.count("<tr>") == (len(answer.json()["rows"]) + 1 if answer.json()["rows"] else 0)
        for note in answer.json()["doubts"]:
            assert note["says"][lang] in text


def test_values_formats_and_languages(client: Client) -> None:
    named = client.get("/api/questions/who-meets", params={"agency": "ناجا"}).json()
    assert named["parameters"]["agency"]["id"] == "police"
    table = client.get("/api/questions/who-meets?agency=police&format=csv&lang=fa")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert table.text.splitlines()[1].startswith("intelligence,اطلاعات,")
    assert client.get("/api/questions/dates", headers={"accept": "text/csv"}).text.startswith("process,")


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/api/questions/who-meets?agency=polise", 400, "police"),
        ("/api/questions/who-meets?agenc=police", 400, "no parameter"),
        ("/api/questions/who-meets?format=xlsx", 400, "there are json, csv, tsv"),
        ("/api/questions/who-meets?lang=de", 400, "fa or en"),
    ],
)
def test_wrong_requests(address: str, status: int, words: str, client: Client) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert words in answer.json()["error"]


def test_a_question_that_is_not_there(client: Client) -> None:
    assert client.get("/api/questions/nothing").status_code == 404
    assert client.get("/en/questions/nothing").status_code == 404


def test_the_page_asks_again_and_opens_in_sparql(client: Client) -> None:
    page = client.get("/en/questions/who-meets?agency=broadcaster")
    assert '<option value="broadcaster" selected>' in page.text
    found = re.search(r'href="(/en/sparql\?query=[^"]+)"', page.text)
    assert found
    opened = client.get(html.unescape(found[1]), headers={"accept": "text/html"})
    assert opened.status_code == 200
    assert "Intelligence" in opened.text
    wrong = client.get("/fa/questions/who-meets?agency=polise")
    assert wrong.status_code == 400
    assert "police" in wrong.text


def test_hostile_words_stay_words(client: Client) -> None:
    page = client.get("/en/questions/steps-saying", params={"text": '"><script>alert(1)</script>'})
    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_the_list_page_by_tag(client: Client) -> None:
    page = client.get("/fa/questions?tag=auditors").text
    wanted = [question for question in questions() if "auditors" in question.tags]
    assert page.count('<code class="ltr">') == len(wanted)
    assert 'href="/fa/questions" aria-current="page"' in page


def test_tags_are_words_in_both_languages(client: Client) -> None:
    used = {tag for question in questions() for tag in question.tags if not tag.startswith("dossier-")}
    assert used == set(TAGS)
    page = client.get("/fa/questions?tag=agencies").text
    assert '<option value="agencies" selected>نهادها</option>' in page
    assert '<optgroup label="چه کسی می‌پرسد">' in page
    assert not re.findall(r"<option[^>]*>[^<]*[a-z][^<]*</option>", page)
    kept = client.get("/en/questions?tag=dossier-24").text
    assert '<option value="dossier-24" selected>' in kept


def test_dates_and_refusals_are_in_the_language_of_the_page(client: Client) -> None:
    dates = client.get("/fa/questions/dates").text
    assert "<td>۲۰ تیر ۱۳۹۶</td>" in re.sub(r"\s*\n\s*", "", dates)
    assert "۱۱ ژوئیهٔ ۲۰۱۷" in dates
    refused = client.get("/fa/questions/who-meets?agency=polise").text
    assert "«polise» در دفتر نیست" in refused
    assert "there is no agency" in client.get("/en/questions/who-meets?agency=polise").text
    options = client.get("/fa/analyses/health").text
    assert not re.search(r">\s*(high|medium|low|answers-that-change)\s*</(label|span)>", options)
