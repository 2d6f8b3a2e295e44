"""The browser that pages are looked at with, and where the demo's service answers."""

import os
import re

import httpx
from playwright.sync_api import Browser, Playwright

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def launched(playwright: Playwright) -> Browser:
    """Return a new Chromium; `APROPOS_TEST_CHROMIUM` names it."""
    path = os.environ.get("APROPOS_TEST_CHROMIUM") or "/usr/bin/chromium"
    return playwright.chromium.launch(executable_path=path, args=list(FLAGS))


def endpoint_of(demo: str) -> str:
    """Return the service's address, as the screens of the demo at this address name it."""
    found = re.search(r'<apropos-app endpoint="([^"]+)"', httpx.get(f"{demo}/crm").text)
    assert found, "the demo's screens name the service"
    return found[1]
