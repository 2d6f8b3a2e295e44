"""Two processes at one address, as `apropos serve --workers 2` runs them, in turns with one on the same database, PostgreSQL."""

import uvloop

import posting
import reading
from measures import REPETITIONS
from service import placed, serving

PROCESSES = (1, 2)
ASKED = {
    "post spread": "post, 64 clients, spread",
    "post hot": "post, 64 clients, hot",
    **{row: reading.READS[row] for row in ("open", "304", "counts 50")},
}


def measure(measures, folder):
    """Let one process answer, then two, each time begun anew."""
    with placed("postgresql", folder / "several", comments=reading.AROUND) as place:
        with serving(place) as service:
            uvloop.run(reading.fill(service))
            threads = posting.lively_threads(service)
        for _ in range(REPETITIONS):
            for processes in PROCESSES:
                with serving(place, processes=processes) as service:
                    service.rest()
                    for row, seen in answered(service, threads):
                        measures.note(f"{row} by {processes}", **vars(seen))


def answered(service, threads):
    """Yield what was seen of each row."""
    yield "post spread", posting.post(service, threads)
    yield "post hot", posting.post(service, threads[:1])
    yield "open", reading.get(service, reading.CONVERSATION)
    yield "304", reading.not_modified(service)
    yield "counts 50", reading.counts(service, reading.some(50))
