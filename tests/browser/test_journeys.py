"""What planners, analysts and reviewers come for, from the first page to the end, with the keyboard alone."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Download, Page, expect

from graph.cli import main
from graph.view.words import LANGS, Lang
from tests.browser.conftest import Tab
from tests.view.support import review_file

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.parametrize("lang", LANGS)]
#: Whether the element with the focus fits, and whether one sees that it has the focus.
FOCUS = """(selector) => {
  let one = document.activeElement;
  while (one.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;  // the editor lives in one
  return [one.matches(selector), getComputedStyle(one.closest(".cm-editor") ?? one).outlineStyle !== "none"];
}"""


def reach(page: Page, selector: str, most: int = 250, key: str = "Tab") -> None:
    """Press Tab until an element that fits has the focus; it must be seen to have it."""
    for _ in range(most):
        page.keyboard.press(key)
        fits, seen = page.evaluate(FOCUS, selector)
        if fits:
            page.wait_for_timeout(0 if seen else 200)  # the editor shows it a moment later
            assert page.evaluate(FOCUS, selector)[1], f"{selector} has the focus and does not show it"
            return
    raise AssertionError(f"{most} times {key} did not lead to {selector} on {page.url}")


def follow(page: Page, selector: str, most: int = 250) -> None:
    """Reach a link or a button and press it."""
    reach(page, selector, most)
    page.keyboard.press("Enter")


def go(page: Page, selector: str, address: str, most: int = 250) -> None:
    """Follow a link to another page, whose address matches."""
    follow(page, selector, most)
    expect(page).to_have_url(re.compile(address))
    page.wait_for_load_state()


def menu(page: Page, lang: Lang, name: str) -> None:
    """Go to a page of the main navigation."""
    link = f'a[href="/{lang}/{name}"]'
    follow(page, f"nav.main details:has({link}) > summary")
    go(page, f"nav.main {link}", rf"/{lang}/{name}$")
    skip(page)


def skip(page: Page) -> None:
    """Take the first stop of a page: to its content."""
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")


def taken(page: Page, selector: str) -> Download:
    """Reach a link to a file and take it along."""
    reach(page, selector)
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    return waiting.value


def test_a_planner_goes_from_an_agency_to_what_follows_without_it(tab: Tab, base: str, lang: Lang) -> None:
    page = tab.page
    page.goto(f"{base}/{lang}/")
    reach(page, "input[name=q]")
    page.keyboard.type("ناجا")
    expect(page.locator(".suggestions [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{base}/{lang}/agencies/police")
    page.wait_for_load_state()

    skip(page)
    go(page, 'main a[href$="/processes?agency=police"]', r"/processes\?agency=police$")
    expect(page.locator("#results-count")).to_be_visible()
    assert (
        page.locator("main table tbody tr").count() == 15
    )  # as many forms name it, see the page of the body

    menu(page, lang, "matrix")
    reach(page, '#matrix [tabindex="0"]')
    page.keyboard.press("Control+Home")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Space")
    reach(page, 'button[form="matrix-form"]', 40, "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#shared-processes")).to_be_visible()
    page.wait_for_load_state()
    assert page.url.count("processes=") == 2

    skip(page)
    reach(page, '#matrix [tabindex="0"]')
    page.keyboard.press("Control+Home")
    reach(page, f'#matrix th a[href="/{lang}/processes/P08"]', 40, "ArrowDown")
    page.keyboard.press("Enter")  # the head of a row leads to its process
    expect(page).to_have_url(f"{base}/{lang}/processes/P08")
    page.wait_for_load_state()
    skip(page)
    go(page, 'main a[href*="/compare?one="]', "/compare", 400)
    expect(page.locator("table.compare")).to_be_visible()

    menu(page, lang, "analyses")
    go(page, 'main a[href$="/analyses/impact"]', "/analyses/impact$")
    skip(page)
    follow(page, 'table.report button[name="without"]')
    expect(page.locator("ol.waves > li").first.locator("h3")).to_be_visible()
    assert "without=" in page.url


def test_an_analyst_asks_takes_along_and_writes_a_query(
    tab: Tab, base: str, tmp_path: Path, lang: Lang
) -> None:
    page = tab.page
    page.goto(f"{base}/{lang}/")
    menu(page, lang, "questions")
    go(page, 'main a[href$="/questions/who-meets"]', "/questions/who-meets$")
    skip(page)
    reach(page, "main select")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("main select").input_value()
    go(page, "main form button[type=submit]", re.escape(f"agency={chosen}"))
    rows = page.locator("main table tbody tr").count()
    assert rows > 0
    skip(page)
    out = tmp_path / "answer.csv"
    taken(page, 'a[download$=".csv"]').save_as(out)
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == rows + 1

    go(page, f'main a[href^="/{lang}/sparql?"]', r"/sparql\?")
    expect(page.locator(".cm-content")).to_be_visible()
    skip(page)
    reach(page, ".cm-content")
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT ?p WHERE { ?p a df:Process } LIMIT 7")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer-table tbody tr")).to_have_count(7)
    saved = tmp_path / "query.csv"
    taken(page, 'a[download="daftar.csv"]').save_as(saved)
    assert len(saved.read_text("utf-8").splitlines()) == 8


def test_a_reviewer_goes_from_a_doubt_to_its_lines(tab: Tab, base: str, lang: Lang) -> None:
    page = tab.page
    page.goto(f"{base}/{lang}/")
    menu(page, lang, "doubts")
    go(page, "main h3 a", r"/(processes|services|instruments|agencies)/.*#")
    doubt = page.locator(".entry:has(:target), .entry:target")
    expect(doubt).to_be_in_viewport()
    expect(doubt.locator(".margin .ln").first).to_have_text(re.compile(r"[0-9۰-۹]"))


def test_a_reviewer_notes_a_remark_and_the_command_reads_it(
    tab: Tab, folder: Path, tmp_path: Path, lang: Lang
) -> None:
    page = tab.page
    page.goto(review_file(lang).as_uri())
    expect(page.locator("#graph-canvas")).to_have_attribute("data-settled", "true")
    follow(page, 'nav.contents a[href="#process-P08"]')
    expect(page.locator("#process-P08")).to_be_in_viewport()
    reach(page, '[data-remark="process/P08"] input')
    page.keyboard.press("ArrowLeft" if lang == "en" else "ArrowRight")
    judgement = page.locator('[data-remark="process/P08"] input:checked').input_value()
    reach(page, '[data-remark="process/P08"] textarea', 5)
    page.keyboard.type("سطر ۱۲۰۱ = names")
    follow(page, '[data-remark="process/P08"] a[href="#chapter-remarks"]', 2)
    reach(page, "#reviewer", 3)
    page.keyboard.type("office A")
    saved = tmp_path / "remarks.json"
    taken(page, ".desk [data-act=save]").save_as(saved)
    found = CliRunner().invoke(main, ["remarks", str(saved), "--store", str(folder), "--format", "json"])
    assert found.exit_code == 0, found.output
    merged = json.loads(found.stdout)
    assert merged["problems"] == []
    assert judgement
    assert [(r["about"], r["judgement"], r["text"], r["reviewer"]) for r in merged["remarks"]] == [
        ("process/P08", judgement, "سطر ۱۲۰۱ = names", "office A")
    ]
