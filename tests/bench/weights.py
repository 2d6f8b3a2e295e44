"""What it weighs: memory at rest, the time to the first answer, and what a page loads of the widget, compressed."""

import re
import subprocess
import time
from pathlib import Path

from measures import REPETITIONS
from service import BIN, placed, serving

BUDGET = Path(__file__).parents[2] / "widget/tools/budget.mjs"
WEIGHED = re.compile(r"^(\S.*?) {2,}([\d,]+)(?: +([\d,]+) +[\d,]+)? +[\d,]+ +[\d,]+$", re.MULTILINE)
"""A step by plain gzip -9, at most how much that may be where it is limited, and as it is sent, which is less."""
BUNDLE = "widget: "


def measure(measures, folder):
    """Start a few times; ask the widget's own scale once."""
    with placed("sqlite", folder / "weighed") as place:
        start(place)  # once for nothing: a new database is made ready
        for _ in range(REPETITIONS):
            measures.note("start", **start(place))
    for name, weight, most in bundles():
        measures.note(BUNDLE + name, size=weight, most=most)


def start(place):
    """Start a service; return its seconds, and CPU seconds, to the first 200, and its megabytes at rest."""
    began = time.perf_counter()
    with serving(place) as service:
        seconds = time.perf_counter() - began
        cpu = service.cpu()
        time.sleep(0.5)
        return {"seconds": seconds, "cpu": cpu, "memory": service.memory() / 2**20}


def bundles():
    """Return what the widget's own scale says: the step, its bytes, and at most how many; being over is a finding too."""
    done = subprocess.run([BIN / "node", BUDGET], check=False, capture_output=True, text=True)
    found = [(name.strip(), _number(weight), _number(most)) for name, weight, most in WEIGHED.findall(done.stdout)]
    if not found:
        raise AssertionError(done.stderr)
    return found


def _number(text):
    return int(text.replace(",", "")) if text else None
