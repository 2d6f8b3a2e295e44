"""What it weighs: memory at rest, the time to the first answer, and what a page loads of the widget, compressed."""

import re
import subprocess
import time
from pathlib import Path

from service import BIN, cpu_of, memory_of, started

BUDGET = Path(__file__).parents[2] / "widget/tools/budget.mjs"
WEIGHED = re.compile(r"^(.{38})\s+([\d,]+)\s+[\d,]+\s*([\d,]*)", re.MULTILINE)


def start(service, folder):
    """Start another service on the same database; return its seconds, and CPU seconds, to the first 200, and memory at rest."""
    given = ["--database-url", service.database_url, "--data-dir", str(folder)]
    began = time.perf_counter()
    with started([BIN / "apropos"], given, folder) as (process, _):
        seconds = time.perf_counter() - began
        cpu = cpu_of(process.pid)
        time.sleep(0.5)
        return {"seconds": seconds, "cpu": cpu, "memory": memory_of(process.pid) / 2**20}


def bundles():
    """Return what the widget's own scale says: the step, its bytes, and at most how many; being over is a finding too."""
    done = subprocess.run([BIN / "node", BUDGET], check=False, capture_output=True, text=True)
    found = [(name.strip(), weight, most) for name, weight, most in WEIGHED.findall(done.stdout)]
    if not found:
        raise AssertionError(done.stderr)
    return found
