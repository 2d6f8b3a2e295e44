"""The real demo, once for all tests, and people looking at it in real Chromium."""

import itertools
import json
import os
import re
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Locator, expect, sync_playwright

from apropos import Apropos

expect.set_options(timeout=20_000)  # nothing is measured here: what never comes fails

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="session")
def demo(folder):
    port = two_free_ports()
    command = [sys.executable, "-m", "apropos_service", "demo", "--port", str(port), "--data-dir", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        found = re.match(r"Open (http://\S+)", process.stdout.readline())
        assert found, "the demo prints one address"
        yield found[1]
        process.terminate()


def two_free_ports():
    """Return a port that nobody listens on, nor on the one after it, which the demo's service takes."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as first, suppress(OSError):
            port = first.getsockname()[1]
            with socket.create_server(("127.0.0.1", port + 1)):
                return port


@pytest.fixture(scope="session")
def endpoint(demo):
    """The service's address, as the host's screens name it."""
    return re.search(r'<apropos-app endpoint="([^"]+)"', httpx.get(f"{demo}/crm").text)[1]


@pytest.fixture(scope="session")
def host(endpoint, folder):
    """The pretended host's server: what tests begin from goes through the SDK, with the demo's own key."""
    with Apropos(endpoint, key=json.loads((folder / "demo.json").read_text())["key"]) as client:
        yield client


numbers = itertools.count(1)


@dataclass
class Case:
    """A customer request that only one test knows, with the address of its screen."""

    record: str
    address: str
    pin = 'apropos-pin[field="priority"]'


@pytest.fixture
def case():
    key = f"REQ-{next(numbers)}"
    return Case(f"customer_request:{key}", f"/requests?key={quote(key)}&as=")


@pytest.fixture
def opened():
    """Press a pin, and look at the panel."""

    def press(page, pin) -> Locator:
        page.locator(pin).get_by_role("button").click()
        return page.locator("apropos-panel")

    return press


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = os.environ.get("APROPOS_TEST_CHROMIUM") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(browser, demo):
    """Open a screen in a window of its own; what its console complains about fails the test."""
    windows, complaints = [], []

    def open_window(address, *, expecting_failure=False, **settings):
        window = browser.new_context(**settings)
        windows.append(window)
        page = window.new_page()
        if not expecting_failure:
            page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
        page.set_default_timeout(20_000)
        page.goto(demo + address)
        return page

    yield open_window
    for window in windows:
        window.close()
    assert complaints == []
