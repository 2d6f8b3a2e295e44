"""The demo that is pictured, and who looks at it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from apropos import Apropos
from chromium import endpoint_of


@dataclass(frozen=True)
class Demo:
    """A running demo: its screens' address, its service's, its folder, and the host's server."""

    address: str
    endpoint: str
    folder: Path
    host: Apropos

    def window(self, browser: Browser, path: str, theme: str, width: int, height: int) -> Page:
        """Open a screen as it looks to somebody with this window; a narrow one is a phone."""
        phone = width < 600
        look = {"color_scheme": theme, "reduced_motion": "reduce", "has_touch": phone, "is_mobile": phone}
        page = browser.new_context(viewport={"width": width, "height": height}, **look).new_page()
        page.goto(self.address + path)
        page.evaluate(f"document.documentElement.style.colorScheme = '{theme}'")
        return page


@contextmanager
def running(folder: Path) -> Iterator[Demo]:
    """Run a fresh demo until the block ends."""
    command = [sys.executable, "-m", "apropos_service", "demo", "--port", "18700", "--data-dir", str(folder)]
    called = os.environ | {"APROPOS_WEBHOOK_ALLOW": "127.0.0.0/8"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=called) as process:
        try:
            said = process.stdout.readline() if process.stdout else ""
            address = said.removeprefix("Open ").strip()
            endpoint = endpoint_of(address)
            with Apropos(endpoint, key=json.loads((folder / "demo.json").read_text())["key"]) as host:
                yield Demo(address, endpoint, folder, host)
        finally:
            process.terminate()
