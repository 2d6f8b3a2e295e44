"""The service as it is served, with a clock that notes every millisecond of CPU what it is doing.

`sampled.py FOLDED serve …` is `apropos serve …`; at the end FOLDED has one line a stack: frames from the outermost in,
separated by semicolons, then how often it was seen. Slower than the service itself: for shares, never for rates.
"""

import atexit
import signal
import sys
from collections import Counter
from pathlib import Path

from apropos_service.cli import main

EVERY = 0.001
SEEN: Counter[tuple[str, ...]] = Counter()


def note(_, frame):
    """Note one stack."""
    stack = []
    while frame is not None:
        stack.append(f"{frame.f_code.co_filename}:{frame.f_code.co_name}")
        frame = frame.f_back
    SEEN[tuple(reversed(stack))] += 1


def keep(path):
    """Write what was seen."""
    signal.setitimer(signal.ITIMER_PROF, 0)
    Path(path).write_text("".join(f"{';'.join(stack)} {count}\n" for stack, count in SEEN.items()))


if __name__ == "__main__":
    atexit.register(keep, sys.argv.pop(1))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    signal.signal(signal.SIGPROF, note)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    main()
