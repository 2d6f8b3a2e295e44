"""A sheet of pictures: the design's page above ours, a column for each width, drawn by the browser itself."""

import base64
from dataclasses import dataclass
from html import escape
from pathlib import Path

from playwright.sync_api import Browser

SCALE = 0.5
QUALITY = 72
GROUND = {"light": ("#e9ecec", "#1a2022"), "dark": ("#0b0d0e", "#e5eaeb")}


@dataclass(frozen=True)
class Shot:
    """One width: the design's page and ours, as PNG."""

    width: int
    design: bytes
    ours: bytes


@dataclass(frozen=True)
class Tile:
    """One state of many on a page: what it is called, and how it looks, as PNG."""

    name: str
    picture: bytes


def sheet(browser: Browser, page: str, theme: str, shots: list[Shot], to: Path) -> None:
    """Write one JPEG with every width's pair."""
    columns = "".join(
        f"<section><h2>{shot.width} px</h2><h3>design</h3>{_image(shot.design, shot.width * SCALE)}"
        f"<h3>ours</h3>{_image(shot.ours, shot.width * SCALE)}</section>"
        for shot in shots
    )
    drawn = _drawn(browser, theme, f"<h1>{escape(page)}, {theme}</h1><div class=columns>{columns}</div>", 1800)
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(drawn)


def gallery(browser: Browser, theme: str, tiles: list[Tile], width: int, each: int) -> bytes:
    """Return all states on one page of this width, each `each` pixels wide, as PNG."""
    columns = max(1, width // (each + 24))
    shown = "".join(f"<figure><figcaption>{escape(tile.name)}</figcaption>{_image(tile.picture, each)}</figure>" for tile in tiles)
    return _drawn(browser, theme, f'<div class=tiles style="columns: {columns}">{shown}</div>', width, kind="png")


def _image(picture: bytes, width: float) -> str:
    return f'<img width="{width:g}" src="data:image/png;base64,{base64.b64encode(picture).decode()}">'


def _drawn(browser: Browser, theme: str, body: str, width: int, *, kind: str = "jpeg") -> bytes:
    ground, ink = GROUND[theme]
    page = browser.new_page(viewport={"width": width, "height": 100})
    page.set_content(
        f"""<!doctype html><style>
        body {{ margin: 0; padding: 12px; background: {ground}; color: {ink}; font: 14px system-ui, sans-serif }}
        h1 {{ font-size: 20px }} h2, h3 {{ font-size: 14px; margin: 8px 0 4px }} h3 {{ font-weight: 400 }}
        .columns {{ display: flex; gap: 16px; align-items: start }} img {{ display: block }}
        .tiles {{ column-gap: 16px }} figure {{ margin: 0 0 20px; break-inside: avoid }} figcaption {{ padding: 0 0 6px }}
        </style>{body}"""
    )
    quality = {"quality": QUALITY} if kind == "jpeg" else {}
    drawn = page.screenshot(full_page=True, type=kind, **quality)
    page.close()
    return drawn
