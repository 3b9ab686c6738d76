from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from api.app import create_app
from api.bundle import OFFLINE_SCRIPT
from api.offline.build import build_site
from graph.settings import Settings
from graph.store import Store, open_store
from tests.shared import once
from tests.view.support import build_edition

_SHELL = Path("/usr/bin/chromium-headless-shell")  # Chromium without its windows, in a third less time
CHROMIUM = Path(os.environ.get("DAFTAR_CHROMIUM") or (_SHELL if _SHELL.exists() else "/usr/bin/chromium"))
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
LOOPBACK = "http://127.0.0.1:"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_edition(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="session")
def store(folder: Path) -> Store:
    return open_store(folder)


@pytest.fixture(scope="session")
def site(store: Store) -> Path:
    """The shipped catalogue as files, for reading."""
    if not OFFLINE_SCRIPT.is_file():
        pytest.skip("the scripts are not bundled: make test")
    with ThreadPoolExecutor(1) as pool:  # the thread of the tests has the loop of the browser
        made = pool.submit(once, "shipped-site", lambda out: build_site(store, out, Settings()))
        return made.result()


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """An application that answers on this machine, and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 20
    while not server.started and time.monotonic() < end:
        time.sleep(0.05)
    yield f"{LOOPBACK}{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def base(folder: Path) -> Iterator[str]:
    with serving(create_app(Settings(store=str(folder)))) as address:
        yield address


@pytest.fixture(scope="package")  # its event loop must be gone before tests of other rooms run theirs
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{CHROMIUM} is not installed; in CI the browser tests must run")
        pytest.skip(f"{CHROMIUM} is not installed")
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS) as browser,
    ):
        yield browser


class Tab:
    """A page of a context whose network ends at this machine, with all that went wrong in it."""

    def __init__(self, context: BrowserContext) -> None:
        self.troubles: list[str] = []
        self.outside: list[str] = []
        self.expected = ""
        context.route("**/*", self._route)
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on(
            "console", lambda m: self.troubles.append(m.text) if m.type in ("error", "warning") else None
        )

    def _route(self, route: Route) -> None:
        if route.request.url.startswith((LOOPBACK, "file:", "data:")):
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()


@pytest.fixture
def tab(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Tab]:
    options = getattr(request, "param", {})
    with browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options}) as context:
        opened = Tab(context)
        yield opened
        assert not opened.outside, f"the page asked for {opened.outside}"
        found = [t for t in opened.troubles if not opened.expected or opened.expected not in t]
        assert not found, found


#: Rows of a table from which on all are alike: axe looks at each for seconds.
_FEW = """() => {
  for (const row of document.querySelectorAll("tbody > tr:nth-child(n + 13)")) row.remove();
}"""


def check_axe(page: Page, *, few: bool = False, contrast: bool = True, preload: bool = True) -> None:
    """No violation of the rules of axe.

    Args:
        page: The page.
        few: Whether to look at the first rows of each table only; the others are gone then.
        contrast: Whether to measure contrast, which takes half of the time and is the same in both languages.
        preload: Whether axe fetches the style sheets.
    """
    if few:
        page.evaluate(_FEW)
    rules = {} if contrast else {"color-contrast": {"enabled": False}}
    found = Axe().run(page, options={"preload": preload, "resultTypes": ["violations"], "rules": rules})
    assert found.violations_count == 0, found.generate_report()


def check_colours(page: Page) -> None:
    """No violation of the rules of axe that look at colours; of long tables, in the first rows only.

    Args:
        page: A page in other colours than those in which ``check_axe`` has looked at pages of its kind.
    """
    page.evaluate(_FEW)
    found = Axe().run(page, options={"runOnly": ["color-contrast", "link-in-text-block"]})
    assert found.violations_count == 0, found.generate_report()


def check_site(page: Page) -> None:
    """As ``check_axe``; without fetching the style sheets, which the policy of the site forbids."""
    check_axe(page, preload=False)
