"""Debian's Firefox, driven by its own remote protocol: enough to open a file, press keys and ask the page.

Marionette is what geckodriver speaks to Firefox: JSON over TCP, each message led by its length
(https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html). So no driver has to be installed.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Any

#: The element key of the WebDriver recommendation, section 12.1.
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
#: No request of Firefox's own, downloads without a question; a dead proxy stops everything else.
PREFERENCES: dict[str, object] = {
    "app.update.enabled": False,
    "app.normandy.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage": "about:blank",
    "browser.download.folderList": 2,
    "browser.download.useDownloadDir": True,
    "browser.download.alwaysOpenPanel": False,
    "browser.helperApps.neverAsk.saveToDisk": "application/json",
    "browser.safebrowsing.downloads.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.enabled": False,
}


def firefox_path() -> str | None:
    """Where Firefox is, if it is installed."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


class Firefox:
    """A headless Firefox with a new profile; used in a ``with`` statement.

    Args:
        folder: For its profile and what it downloads.
    """

    def __init__(self, folder: Path) -> None:
        self.downloads = folder / "downloads"
        self._folder, self._number, self._buffer = folder, 0, b""

    def __enter__(self) -> Firefox:
        profile = self._folder / "profile"
        profile.mkdir(parents=True)
        self.downloads.mkdir()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        chosen = {**PREFERENCES, "browser.download.dir": str(self.downloads), "marionette.port": port}
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in chosen.items())
        (profile / "user.js").write_text("".join(lines))
        path = firefox_path()
        assert path is not None
        command = [path, "--headless", "--no-remote", "--marionette", "--profile", str(profile)]
        with (self._folder / "firefox.log").open("wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            self._socket = self._connect(port)
            self._read()  # it says who it is
            self.ask("WebDriver:NewSession")
            self.ask("WebDriver:SetWindowRect", width=1280, height=900)
        except BaseException:
            self._process.kill()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _connect(self, port: int) -> socket.socket:
        end = time.monotonic() + 60
        while True:
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=60)
            except OSError:
                if time.monotonic() > end or self._process.poll() is not None:
                    raise
                time.sleep(0.1)

    def _read(self) -> Any:
        while b":" not in self._buffer:
            self._receive()
        length, _, self._buffer = self._buffer.partition(b":")
        while len(self._buffer) < int(length):
            self._receive()
        message, self._buffer = self._buffer[: int(length)], self._buffer[int(length) :]
        return json.loads(message)

    def _receive(self) -> None:
        found = self._socket.recv(65536)
        if not found:
            raise ConnectionError("Firefox closed the connection")
        self._buffer += found

    def ask(self, command: str, **given: object) -> Any:
        """Give a command and return its value."""
        self._number += 1
        text = json.dumps([0, self._number, command, given]).encode()
        self._socket.sendall(b"%d:%s" % (len(text), text))
        _, _, error, found = self._read()
        assert not error, f"{command}: {error['error']}: {error['message']}"
        return found.get("value") if isinstance(found, dict) else found

    def goto(self, address: str) -> None:
        """Open an address."""
        self.ask("WebDriver:Navigate", url=address)

    def js(self, expression: str) -> Any:
        """The value of an expression in the page."""
        return self.ask("WebDriver:ExecuteScript", script=f"return {expression};", args=[])

    def wait(self, expression: str) -> None:
        """Wait until an expression is true."""
        end = time.monotonic() + 30
        while not self.js(expression):
            assert time.monotonic() < end, f"never true: {expression}"
            time.sleep(0.05)

    def type(self, selector: str, text: str) -> None:
        """Send keys to an element, which takes the focus."""
        found = self.ask("WebDriver:FindElement", using="css selector", value=selector)
        self.ask("WebDriver:ElementSendKeys", id=found[ELEMENT], text=text)
