"""Measures gathered over the repetitions of one run, and how they are written."""

import os
import platform
import subprocess
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import median


class Measures:
    """Values by row and column, one for each repetition."""

    def __init__(self):
        self._values = defaultdict(lambda: defaultdict(list))

    def note(self, row, **columns):
        """Take a repetition's values for a row."""
        for column, value in columns.items():
            self._values[row][column].append(value)

    def values(self, row, column):
        """Return a row's values in the order of the repetitions."""
        return self._values[row][column]

    def ratios(self, row, beside, column):
        """Return ours by theirs, repetition by repetition."""
        return [ours / theirs for ours, theirs in zip(self.values(row, column), self.values(beside, column), strict=True)]


def spread(values, form="{:,.0f}"):
    """Write minimum, median and maximum."""
    return " / ".join(form.format(value) for value in (min(values), median(values), max(values)))


def middle(values, form="{:,.0f}"):
    """Write the median."""
    return form.format(median(values))


def table(head, rows):
    """Return a Markdown table; numbers stand right."""
    widths = [max(len(row[place]) for row in [head, *rows]) for place in range(len(head))]
    rule = ["-" * (width - 1) + (":" if place else "-") for place, width in enumerate(widths)]
    return "\n".join(f"| {' | '.join(_set(line, widths))} |" for line in [head, rule, *rows])


def _set(cells, widths):
    first, *others = zip(cells, widths, strict=True)
    return [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]


def circumstances(load, seconds):
    """Return what a reader must know of the machine and the moment; `load` is the average when the run began."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    changed = " with changes" if git("status", "--porcelain", "-uno") else ""
    return [
        f"Commit {git('rev-parse', '--short=12', 'HEAD')}{changed}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {seconds:.0f} s.",
        f"{os.cpu_count()} cores ({processor()}), {memory:.0f} GiB, Python {platform.python_version()}.",
        (
            f"Load average when it began {load:.1f}, when it ended {os.getloadavg()[0]:.1f} (of which about 2 are the run's own):"
            " what else runs takes more from one process than from pgbench's many."
        ),
    ]


def git(*words):
    """Return what git says; empty where this is no repository."""
    done = subprocess.run(["git", *words], check=False, capture_output=True, text=True, cwd=Path(__file__).parent)
    return done.stdout.strip()


def processor():
    """Return what the processor calls itself."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())
