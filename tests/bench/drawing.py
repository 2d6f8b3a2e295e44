"""Bars as SVG that grow with the page while their words stay readable: places in percent, sizes of text in pixels. Pure."""

from dataclasses import dataclass
from html import escape
from statistics import median

HEIGHT, TEXT, TOP, THICK = 38, 13, 19, 10
"""Pixels: of a row, where its words stand, where its bar begins, how thick that is."""


@dataclass(frozen=True)
class Bar:
    """A row: its `values` are those of the repetitions, `look` its colour, and at `goal` there is a mark."""

    label: str
    values: list[float]
    look: str
    goal: float | None = None


def figure(title, unit, bars, *, form="{:,.0f}", under=""):
    """Return a figure with a bar to the median and a line from minimum to maximum; rows without values are left out."""
    bars = [bar for bar in bars if bar.values]
    if not bars:
        return ""
    most = max(max(*bar.values, bar.goal or 0) for bar in bars) * 1.02
    rows = "".join(_row(bar, number * HEIGHT, most, form, unit) for number, bar in enumerate(bars))
    said = "; ".join(f"{bar.label}: {form.format(median(bar.values))} {unit}" for bar in bars)
    drawn = f'<svg role="img" aria-label="{escape(said)}" width="100%" height="{len(bars) * HEIGHT}">{rows}</svg>'
    note = f"<p>{escape(under)}</p>" if under else ""
    return f"<figure><figcaption>{escape(title)}</figcaption>{drawn}{note}</figure>"


def _row(bar, top, most, form, unit):
    least, middle, largest = (each / most * 100 for each in (min(bar.values), median(bar.values), max(bar.values)))
    words = f'<text y="{top + TEXT}">{escape(bar.label)}</text>'
    words += f'<text class="value" x="100%" y="{top + TEXT}">{form.format(median(bar.values))} {escape(unit)}</text>'
    drawn = f'<rect class="way" y="{top + TOP}" width="100%" height="{THICK}" rx="2"/>'
    drawn += f'<rect class="{bar.look}" y="{top + TOP}" width="{middle:.2f}%" height="{THICK}" rx="2"/>'
    line = top + TOP + THICK / 2
    if largest > least:
        drawn += f'<line class="range" x1="{least:.2f}%" x2="{largest:.2f}%" y1="{line}" y2="{line}"/>'
    if bar.goal is not None:
        place = f"{bar.goal / most * 100:.2f}%"
        drawn += f'<line class="goal" x1="{place}" x2="{place}" y1="{top + TOP - 3}" y2="{top + TOP + THICK + 3}"/>'
    return words + drawn
