"""The design's pages beside the real thing: `make pictures` writes `docs/pictures/`, a sheet for each page, light and dark.

Needs the design's folder, which stands beside a checkout (`--design` names another), and Chromium. Nothing is judged here:
somebody looks at each pair, and `docs/pictures/README.md` says what differs and why.
"""

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from chromium import launched

from . import phone, screens, states, writing
from .demo import Demo, running
from .sheets import Shot, sheet

HERE = Path(__file__).resolve().parents[2]
WIDTHS = {1440: 900, 900: 900, 375: 812, 320: 700}
"""Of a window, with its height, CSS pixels."""
THEMES = ("light", "dark")
PAGES = {
    "host-crm": screens.crm, "inbox": screens.inbox, "console": screens.console,
    "thread-states": states.threads, "composer": writing.composer, "start-discussion": writing.starting, "mobile": phone.phones,
}  # fmt: skip


def main() -> None:
    """Take every picture, or those of the pages that are named."""
    asked = argparse.ArgumentParser(prog="python -m pictures", description=__doc__)
    asked.add_argument("pages", nargs="*", metavar="page", help=", ".join(PAGES))
    asked.add_argument("--design", type=Path, default=HERE / "../shared/design")
    asked.add_argument("--to", type=Path, default=HERE / "docs/pictures")
    wanted = asked.parse_args()
    if unknown := set(wanted.pages) - set(PAGES):
        asked.error(f"no page is called {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as demo, sync_playwright() as playwright:
        browser = launched(playwright)
        for page in wanted.pages or PAGES:
            for theme in THEMES:
                shots = [pair(browser, demo, wanted.design, page, theme, width) for width in WIDTHS]
                sheet(browser, page, theme, shots, wanted.to / f"{page}-{theme}.jpg")


def pair(browser: Browser, demo: Demo, design: Path, page: str, theme: str, width: int) -> Shot:
    """Return the design's page and ours at this width."""
    window = browser.new_page(viewport={"width": width, "height": WIDTHS[width]}, color_scheme=theme)
    window.goto(f"{(design / page).resolve().as_uri()}.html?theme={theme}&plain")
    drawn = window.screenshot(full_page=True)
    window.close()
    return Shot(width, drawn, PAGES[page](browser, demo, theme, width, WIDTHS[width]))


if __name__ == "__main__":
    expect.set_options(timeout=30_000)
    main()
