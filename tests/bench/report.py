"""How figures are written."""

from statistics import median


def spread(values, form="{:,.0f}"):
    """Write minimum, median and maximum; nothing where nothing was measured."""
    return " / ".join(form.format(value) for value in (min(values), median(values), max(values))) if values else ""


def middle(values, form="{:,.0f}"):
    """Write the median; nothing where nothing was measured, or nothing but nought."""
    return form.format(median(values)) if any(values) else ""


def table(head, rows):
    """Return a Markdown table; numbers stand right."""
    widths = [max(len(row[place]) for row in [head, *rows]) for place in range(len(head))]
    rule = ["-" * (width - 1) + (":" if place else "-") for place, width in enumerate(widths)]
    return "\n".join(f"| {' | '.join(_set(line, widths))} |" for line in [head, rule, *rows])


def loose(head, rows):
    """Return a Markdown table of long texts, unaligned."""
    return "\n".join(f"| {' | '.join(line)} |" for line in [head, ["---"] * len(head), *rows])


def moment(when):
    """Write when, on what and beside what a part was measured."""
    if when is None:
        return "*Not measured yet.*"
    load = "load {} before, {} after".format(*when["load"])
    return f"*{when['commit']}, {when['at']}, {when['seconds']} s; {load}; {when['busy']:.0%} busy before.*"


def _set(cells, widths):
    first, *others = zip(cells, widths, strict=True)
    return [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
