"""Measures of Apropos beside the limits of the same machine, in one run: `make bench`.

Nothing here fails for being slow. Repetitions take turns with what they are compared to, so that the machine's moods
meet both; ratios count, absolute numbers do not.
"""

import os
import resource
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

import uvloop

import breakdown
import fanout
import posting
import reading
import weights
from report import Measures, circumstances
from results import DATABASES, tell
from service import PEOPLE, serving
from stage import empty_database

REPETITIONS = 3
RESULTS = Path(__file__).with_name("RESULTS.md")


def main():
    """Measure, print, and write RESULTS.md."""
    began, load = time.monotonic(), os.getloadavg()[0]
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    measures, bundles = Measures(), weights.bundles()
    with TemporaryDirectory(prefix="apropos-bench-") as folder:
        measure(measures, Path(folder))
        shares = sample(Path(folder))
    text = tell(measures, shares, bundles, circumstances(load, time.monotonic() - began))
    print(text)
    RESULTS.write_text(text, encoding="utf-8")


def measure(measures, folder):
    """Run every row, three times, in turns."""
    with ExitStack() as stack:
        limit = posting.Pgbench(stack.enter_context(empty_database("postgresql", folder)))
        services = {kind: stack.enter_context(serving(kind, folder / kind)) for kind in DATABASES}
        threads = {kind: uvloop.run(posting.open_threads(service)) for kind, service in services.items()}
        for service in services.values():
            uvloop.run(reading.fill(service))
        for _ in range(REPETITIONS):
            for way, number in (("spread", posting.THREADS), ("hot", 1)):
                measures.note(f"pgbench {way}", rate=limit.post(threads=number))
                for kind, service in services.items():
                    measures.note(f"post {way} {kind}", **vars(posting.post(service, threads[kind][:number])))
            for kind, service in services.items():
                read(measures, kind, service)
            measures.note("start", **weights.start(services["sqlite"], folder / "sqlite"))
            say(".")
        tell_many(measures, services["sqlite"])


def read(measures, kind, service):
    """Ask everything that a page asks."""
    measures.note(f"open alone {kind}", **vars(reading.open_record(service, clients=1)))
    measures.note(f"open {kind}", **vars(reading.open_record(service, clients=PEOPLE)))
    measures.note(f"304 {kind}", **vars(reading.not_modified(service)))
    for number in (50, 500):
        measures.note(f"counts {number} {kind}", **vars(reading.counts(service, records=number)))


def tell_many(measures, service):
    """Let thousands of pages listen to ours, and as many to raw sockets; then ten thousand of which half never read."""
    for number in fanout.PAGES:
        with fanout.listening_to(service, number) as ours:
            size = ours.shoot().size
            with fanout.listening_to_raw(number, size) as raw:
                for _ in range(REPETITIONS):
                    measures.note(f"raw sockets {number}", **vars(raw.shoot()), kilobytes=raw.kilobytes)
                    measures.note(f"ours {number}", **vars(ours.shoot()), kilobytes=ours.kilobytes)
        say(".")
    measures.note("endured", **vars(fanout.endure(service)))


def sample(folder):
    """Post once more, on PostgreSQL, into a service that notes what it spends its time on."""
    noted = folder / "noted"
    with serving("postgresql", folder / "sampled", sampled_to=noted) as service:
        posting.post(service, uvloop.run(posting.open_threads(service)))
    return breakdown.shares(noted)


def say(text):
    """Show that it goes on."""
    sys.stderr.write(text)
    sys.stderr.flush()


if __name__ == "__main__":
    main()
