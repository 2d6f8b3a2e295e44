"""Where a state is brought about to be pictured: a window as wide as its panel is to be, and the host behind it."""

import contextlib
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, FloatRect, Locator, Page

from .demo import Demo
from .sheets import Tile, gallery

CASES = itertools.count(9000)
PIN = 'apropos-pin[field="priority"]'
HEIGHT = 700
PANEL = 400
"""How wide the panel is, CSS pixels, where it is not a sheet."""


@dataclass(frozen=True)
class Case:
    """A customer request that nothing was said of yet, and the address of its screen."""

    record: str
    path: str


@dataclass(frozen=True)
class Stand:
    """A browser, a demo, and how the window looks."""

    browser: Browser
    demo: Demo
    theme: str
    width: int

    def case(self) -> Case:
        """Return a request of its own."""
        key = f"REQ-{next(CASES)}"
        return Case(f"customer_request:{key}", f"/requests?key={key}&as=")

    @contextlib.contextmanager
    def panel(
        self, path: str, pin: str = PIN, *, height: int = HEIGHT, before: Callable[[Page], Any] | None = None
    ) -> Iterator[tuple[Page, Locator]]:
        """Press a pin of a screen; `before` is done to the page when its pins are there."""
        page = self.demo.window(self.browser, path, self.theme, 1100 if self.width >= 600 else self.width, height)
        button = page.locator(pin).get_by_role("button")
        button.wait_for()
        if before:
            before(page)
        button.click()
        try:
            yield page, page.locator("apropos-panel")
        finally:
            page.context.close()

    def taken(self, name: str, page: Page) -> Tile:
        """Return the panel as it looks now, with what lies over it."""
        page.wait_for_timeout(500)  # what fades in has its colours then
        size = page.viewport_size or {}
        panel = page.locator("apropos-panel .ap-panel").first
        left = (panel.bounding_box() or {"x": 0})["x"]  # it stands where the value that is spoken of shows
        clip: FloatRect = {"x": left, "y": 0, "width": min(PANEL, size["width"]), "height": size["height"]}
        return Tile(name, page.screenshot(clip=clip))

    def pictured(self, states: dict[str, Callable[["Stand", str], Tile]]) -> bytes:
        """Return all these states on one page, as PNG."""
        tiles = [state(self, name) for name, state in states.items()]
        return gallery(self.browser, self.theme, tiles, self.width, PANEL if self.width >= 600 else self.width - 24)


def priority(value: str) -> dict[str, dict[str, str]]:
    """Return the one field of a case, as a host describes it."""
    return {"priority": {"label": "Priority", "value": value}}
