"""The review file and the static site, opened from disk in Chromium with the network cut off."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from api.bundle import OFFLINE_SCRIPT
from api.offline.build import build_site
from graph.cli import main
from graph.settings import Settings
from graph.store import Store, open_store
from graph.view.reading import Catalogue
from graph.view.review.page import review_page
from graph.view.search import SearchIndex
from graph.view.words import Lang, view_words
from tests.browser.conftest import Tab
from tests.browser.test_browser import check_axe
from tests.view.support import hostile_store

pytestmark = [pytest.mark.browser, pytest.mark.slow]
QUERIES = ("ناجا", "شوراي تأمين", "police", "P08", "می‌شود", "كميسيون", "۱۳۹۶", "court order", "zzz", "law")
THIN = """() => {
  const kept = ["process-P08", "process-P23", "process-P30", "service-S01", "agency-police"];
  for (const one of document.querySelectorAll("article.record")) if (!kept.includes(one.id)) one.remove();
  for (const row of document.querySelectorAll("tbody > tr:nth-child(n + 13)")) row.remove();
}"""
PHONE = {"viewport": {"width": 412, "height": 880}}


@pytest.fixture(scope="module")
def store(folder: Path) -> Store:
    return open_store(folder)


@pytest.fixture(scope="module")
def files(store: Store, tmp_path_factory: pytest.TempPathFactory) -> dict[Lang, Path]:
    out = tmp_path_factory.mktemp("review")
    found: dict[Lang, Path] = {"fa": out / "fa.html", "en": out / "en.html"}
    for lang, path in found.items():
        path.write_text(review_page(store, lang), encoding="utf-8")
    return found


def check_site(page: Page) -> None:
    """As ``check_axe``; without fetching the style sheets, which the policy of the site forbids."""
    found = Axe().run(page, options={"preload": False})
    assert found.violations_count == 0, found.generate_report()


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
    check_axe(tab.page)


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


@pytest.fixture(scope="module")
def site(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not OFFLINE_SCRIPT.is_file():
        pytest.skip("the scripts are not bundled: make test")
    out = tmp_path_factory.mktemp("site") / "site"
    with ThreadPoolExecutor(1) as pool:  # the thread of the tests has the loop of the browser
        pool.submit(build_site, store, out, Settings()).result()
    return out


def test_the_site_opens_from_disk_and_its_links_lead_on(tab: Tab, site: Path) -> None:
    page = tab.page
    page.goto((site / "index.html").as_uri())
    expect(page).to_have_url((site / "fa/index.html").as_uri())
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url((site / "en/index.html").as_uri())
    page.locator("nav.main summary", has_text="Explore").click()
    page.get_by_role("navigation").get_by_role("link", name="Processes").click()
    page.get_by_role("link", name="Commission on organised crime").first.click()
    expect(page).to_have_url((site / "en/processes/P08/index.html").as_uri())
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgba(0, 0, 0, 0)"
    page.goto((site / "fa/graph/index.html").as_uri())
    expect(page.locator("#graph-canvas")).to_have_attribute("data-ready", "true")


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_search_of_the_site_finds_what_the_server_finds(
    tab: Tab, site: Path, store: Store, lang: Lang
) -> None:
    index, page = SearchIndex.build(Catalogue(store)), tab.page
    page.goto((site / lang / "index.html").as_uri())
    page.locator("input[name=q]").first.fill("ناجا")
    page.keyboard.press("Enter")
    expect(page.locator("#offline-hits > li").first).to_be_visible()
    check_site(page)
    for query in (
        "ناجا",
        "شوراي تأمين",
        "police",
        "P08",
        "می‌شود",
        "كميسيون",
        "۱۳۹۶",
        "court order",
        "zzz",
        "security",
    ):
        page.locator("main input[name=q]").fill(query)
        found = page.evaluate(
            "[...document.querySelectorAll('#offline-hits > li h2 a')].map((a) => a.getAttribute('href'))"
        )
        expected = [hit.ref for hit in index.find(query, limit=60)]
        assert [link.split("/")[-2] for link in found] == [ref.id for ref in expected], query
        if found:
            assert page.locator("#offline-hits mark").count() > 0


def test_what_needs_the_server_names_the_address_that_was_asked(tab: Tab, site: Path) -> None:
    page = tab.page
    page.goto((site / "en/questions/who-meets/index.html").as_uri())
    page.get_by_role("button", name="Ask").click()
    address = page.locator("#offline-address")
    expect(address).to_contain_text("http://127.0.0.1:8000/en/questions/who-meets?agency=police")
    check_site(page)
