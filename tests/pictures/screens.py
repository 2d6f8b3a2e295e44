"""Whole screens, each beside the design's page of the same name."""

import subprocess
import sys

from playwright.sync_api import Browser, Page, expect

from .demo import Demo
from .endpoints import endpoints
from .sheets import Tile, gallery

FIGURE = 'apropos-pin[field="q3/vt-400"]'


def crm(browser: Browser, demo: Demo, theme: str, width: int, height: int) -> bytes:
    """Return the CRM with the discussion on the third quarter open, as Ines sees it."""
    page = demo.window(browser, "/crm?as=ines", theme, width, height)
    page.locator(FIGURE).get_by_role("button").click()
    panel = page.locator("apropos-panel")
    expect(panel.get_by_text("Action items").first).to_be_visible()
    page.mouse.move(0, 0)
    return _taken(page)


def inbox(browser: Browser, demo: Demo, theme: str, width: int, height: int) -> bytes:
    """Return Ines' inbox."""
    page = demo.window(browser, "/inbox?as=ines", theme, width, height)
    row = page.locator("apropos-inbox").get_by_role("listitem").filter(has_text="Agree the Q3")
    expect(row.first).to_be_visible()
    if width >= 900:
        row.first.get_by_text("Agree the Q3").click()
        expect(page.get_by_role("textbox").first).to_be_visible()
    return _taken(page)


def console(browser: Browser, demo: Demo, theme: str, width: int, height: int) -> bytes:
    """Return the operator's page of webhooks, and that of one which fails."""
    command = [sys.executable, "-m", "apropos_service", "console", "--data-dir", str(demo.folder), "--public-url", demo.endpoint]
    link = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    failing = endpoints(demo)
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=theme)
    page.goto(link)
    page.get_by_role("button").first.click()
    page.wait_for_url("**/console")
    tiles = []
    for name, path in {"All": "webhooks", "One": f"webhooks/{failing}"}.items():
        page.goto(f"{demo.endpoint}/console/{path}")
        page.wait_for_timeout(800)  # what fades in has its colours then
        tiles.append(Tile(name, page.screenshot(full_page=True)))
    page.context.close()
    return gallery(browser, theme, tiles, width, width - 24)


def _taken(page: Page) -> bytes:
    page.wait_for_timeout(800)  # what fades in has its colours then
    drawn = page.screenshot()
    page.context.close()
    return drawn
