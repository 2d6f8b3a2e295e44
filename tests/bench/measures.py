"""What a run found: values by part, row and column, one for each repetition, and in which circumstances; kept in figures.json.

Each part keeps what it found in its last runs, each with its own commit: a long part need not be run with every short one.
"""

import json
import os
import platform
import re
import subprocess
import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import uvloop

from stage import POSTGRESQL

REPETITIONS = 3
RUNS = 3
"""How many runs of a part are kept, so that who reads sees whether they agree."""
FILE = Path(__file__).with_name("figures.json")
_NUMBERS = re.compile(r"\[[^\[\]{}]*\]")
"""Lists, each on a line of its own."""
MOMENT = 1.0
"""Seconds for which the machine is looked at before a part begins."""


class Measures:
    """The values of a part."""

    def __init__(self, rows=()):
        self.rows = defaultdict(lambda: defaultdict(list))
        for row, columns in dict(rows).items():
            self.rows[row].update(columns)

    def note(self, row, **columns):
        """Take a repetition's values for a row."""
        for column, value in columns.items():
            self.rows[row][column].append(value)

    def values(self, row, column):
        """Return a row's values in the order of the repetitions; empty when it was not measured."""
        return self.rows[row][column] if row in self.rows else []

    def ratios(self, row, beside, column):
        """Return ours by theirs, repetition by repetition."""
        return [ours / theirs for ours, theirs in zip(self.values(row, column), self.values(beside, column), strict=True)]


class Figures:
    """What is known of every part, by its last run: its `Measures`, and `when` it was measured; empty where it was not.

    `runs` are those of each part, the last one first, as `rows` and `when`.
    """

    def __init__(self, runs=None):
        """`runs` are those that are kept, unless some are given."""
        known = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
        self.runs = known if runs is None else runs
        last = {part: found[0] for part, found in self.runs.items() if found}
        self.parts = defaultdict(Measures, {part: Measures(found["rows"]) for part, found in last.items()})
        self.when = {part: found["when"] for part, found in last.items()}

    def before(self, number):
        """Return what was known of every part so many runs before its last one."""
        return Figures({part: found[number:] for part, found in self.runs.items()})

    def keep(self, part, measures, when):
        """Put this before what is known of a part."""
        self.runs[part] = [{"when": when, "rows": measures.rows}, *self.runs.get(part, ())][:RUNS]
        text = json.dumps(self.runs, indent=1)
        FILE.write_text(_NUMBERS.sub(lambda found: " ".join(found[0].split()), text) + "\n", encoding="utf-8")


def circumstances(work):
    """Do `work`; return what a reader must know of the machine and the moment."""
    load_before, busy, began = os.getloadavg()[0], _busy(), time.monotonic()
    work()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    server, fsync, cache = uvloop.run(_database())
    return {
        "commit": _git("rev-parse", "--short=12", "HEAD") + (" with changes" if _git("status", "--porcelain", "-uno") else ""),
        "at": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "seconds": round(time.monotonic() - began),
        "load": [round(load_before, 1), round(os.getloadavg()[0], 1)],
        "busy": round(busy, 2),
        "machine": f"{os.cpu_count()} cores ({_processor()}), {memory:.0f} GiB, Python {platform.python_version()}, "
        f"PostgreSQL {server} (fsync {fsync}, shared_buffers {cache})",
    }


def _busy():
    """Return the share of all cores that is busy with something at this moment."""

    def ticks():
        all_of_them = list(map(int, Path("/proc/stat").read_text(encoding="utf-8").splitlines()[0].split()[1:9]))
        return sum(all_of_them), all_of_them[3] + all_of_them[4]

    (whole, idle), _ = ticks(), time.sleep(MOMENT)
    later, idle_later = ticks()
    return 1 - (idle_later - idle) / max(1, later - whole)


async def _database():
    connection = await asyncpg.connect(POSTGRESQL)
    try:
        return [await connection.fetchval(f"SHOW {name}") for name in ("server_version", "fsync", "shared_buffers")]
    finally:
        await connection.close()


def _git(*words):
    """Return what git says; empty where this is no repository."""
    done = subprocess.run(["git", *words], check=False, capture_output=True, text=True, cwd=FILE.parent)
    return done.stdout.strip()


def _processor():
    """Return what the processor calls itself."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())
