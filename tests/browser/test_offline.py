"""The review file and the static site, opened from disk in Chromium with the network cut off."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from graph.cli import main
from graph.view.review.page import review_page
from graph.view.words import LANGS, Lang, view_words
from tests.browser.conftest import Tab, check_axe
from tests.view.support import hostile_store, review_file

pytestmark = [pytest.mark.browser, pytest.mark.slow]
QUERIES = ("ناجا", "شوراي تأمين", "police", "P08", "می‌شود", "كميسيون", "۱۳۹۶", "court order", "zzz", "law")
THIN = """() => {
  const kept = ["process-P08", "process-P23", "process-P30", "service-S01", "agency-police"];
  for (const one of document.querySelectorAll("article.record")) if (!kept.includes(one.id)) one.remove();
  for (const row of document.querySelectorAll("tbody > tr:nth-child(n + 13)")) row.remove();
}"""
PHONE = {"viewport": {"width": 412, "height": 880}}


@pytest.fixture(scope="module")
def files() -> dict[Lang, Path]:
    return {lang: review_file(lang) for lang in LANGS}


def remark(page: Page, about: str, judgement: str, text: str) -> None:
    place = page.locator(f'[data-remark="{about}"]')
    if judgement:
        place.get_by_label(judgement, exact=True).check()
    place.get_by_role("textbox").fill(text)


def save(page: Page, label: str, out: Path) -> Path:
    page.locator("#reviewer").fill(label)
    with page.expect_download() as saved:
        page.locator(".desk [data-act=save]").click()
    saved.value.save_as(out)
    return out


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_review_file_is_accessible(tab: Tab, files: dict[Lang, Path], lang: Lang) -> None:
    """A few records of each kind stay: axe would look at the same templates a hundred times."""
    tab.page.goto(files[lang].as_uri())
    expect(tab.page.locator("#graph-canvas")).to_have_attribute("data-ready", "true")
    tab.page.evaluate(THIN)
    check_axe(tab.page, contrast=lang == "fa")


@pytest.mark.parametrize("tab", [{}, PHONE], indirect=True, ids=["1280", "412"])
def test_the_review_file_fits_the_window(tab: Tab, files: dict[Lang, Path]) -> None:
    for path in files.values():
        tab.page.goto(path.as_uri())
        wide = tab.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide[0] <= wide[1]


def test_the_review_file_asks_nobody_for_anything(browser: Browser, files: dict[Lang, Path]) -> None:
    """Every request is recorded, also those that a policy would refuse; only the file itself may be one."""
    with browser.new_context(offline=True) as context:
        asked: list[str] = []
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(files["fa"].as_uri())
        expect(page.locator("#graph-canvas")).to_have_attribute("data-ready", "true")
        page.locator("[data-show]").first.click()
        expect(page.locator("#graph-panel")).to_be_visible()
        assert asked == [files["fa"].as_uri()]


@pytest.mark.parametrize(
    ("lang", "agree", "change"), [("en", "agree", "change"), ("fa", "موافقم", "تغییر کند")]
)
def test_remarks_go_to_a_file_and_back_and_to_the_command(
    tab: Tab, files: dict[Lang, Path], folder: Path, tmp_path: Path, lang: Lang, agree: str, change: str
) -> None:
    page = tab.page
    page.goto(files[lang].as_uri())
    hostile = '</textarea><script>window.pwned=1</script> "خط" =1'
    remark(page, "process/P08", change, hostile)
    remark(page, "finding/meet-most", agree, "")
    remark(page, "agency/police", "", "only words")
    expect(page.locator("#desk-rows tr")).to_have_count(3)
    page.locator(".desk [data-act=save]").click()
    expect(page.locator("#desk-status")).to_have_text(view_words(lang).t("review.who.missing"))
    expect(page.locator("#reviewer")).to_be_focused()
    saved = save(page, "office A", tmp_path / "a.json")

    page.reload()
    expect(page.locator("#desk-rows tr")).to_have_count(3)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("[data-act=clear]").click()
    expect(page.locator("#desk-rows tr")).to_have_count(0)
    page.locator("#remark-file").set_input_files(saved)
    expect(page.locator("#desk-rows tr")).to_have_count(3)
    place = page.locator('[data-remark="process/P08"]')
    expect(place.get_by_label(change, exact=True)).to_be_checked()
    expect(place.get_by_role("textbox")).to_have_value(hostile)
    assert page.evaluate("window.pwned") is None

    again = save(page, "office A", tmp_path / "b.json")
    assert again.read_bytes() == saved.read_bytes()
    words = ["remarks", str(saved), str(again), "--store", str(folder), "--format", "json"]
    found = CliRunner().invoke(main, words)
    assert found.exit_code == 0, found.output
    merged = json.loads(found.stdout)
    assert merged["problems"] == []
    assert [(r["about"], r["judgement"], r["text"]) for r in merged["remarks"]] == [
        ("finding/meet-most", "agree", ""),
        ("process/P08", "change", hostile),
        ("agency/police", "", "only words"),
    ]


def test_remarks_of_others_and_of_other_editions_are_not_lost(
    tab: Tab, files: dict[Lang, Path], tmp_path: Path
) -> None:
    page, words = tab.page, view_words("en")
    page.goto(files["en"].as_uri())
    remark(page, "process/P08", "agree", "mine")
    rows = [
        {"about": "process/P08", "judgement": "change", "text": "theirs"},
        {"about": "process/P99", "judgement": "", "text": "gone", "name": "Old process"},
    ]
    said = {"format": "daftar-remarks/1", "edition": "other", "reviewer": "office B", "remarks": rows}
    other, broken = tmp_path / "other.json", tmp_path / "broken.json"
    other.write_text(json.dumps(said))
    broken.write_text("{")
    page.locator("#remark-file").set_input_files([other, broken])
    status = page.locator("#desk-status")
    expect(status).to_contain_text(words.t("review.other"))
    expect(status).to_contain_text("broken.json is not a file of remarks")
    box = page.locator('[data-remark="process/P08"]').get_by_role("textbox")
    expect(box).to_have_value("mine\n[office B: change] theirs")
    saved = json.loads(save(page, "office A", tmp_path / "a.json").read_text("utf-8"))
    stray = next(one for one in saved["remarks"] if one["about"] == "process/P99")
    assert (stray["text"], stray["reviewer"], stray["edition"]) == ("gone", "office B", "other")


def test_the_review_file_prints_remarks_and_no_controls(tab: Tab, files: dict[Lang, Path]) -> None:
    page = tab.page
    page.goto(files["en"].as_uri())
    remark(page, "process/P08", "agree", "seen")
    page.emulate_media(media="print")
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator('[data-remark="process/P09"]')).to_be_hidden()
    expect(page.locator("#desk-rows")).to_contain_text("seen")


def test_a_hostile_catalogue_runs_nothing_in_the_review_file(tab: Tab, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(review_page(hostile_store(), "en"), encoding="utf-8")
    tab.page.goto(path.as_uri())
    remark(tab.page, "process/P01", "agree", "")
    expect(tab.page.locator("#desk-rows tr")).to_have_count(1)
    assert tab.page.evaluate("window.pwned") is None
