"""What a workspace costs as it grows: the same questions and posts, of as many records, at ten thousand comments and at many."""

import json
import time
from contextlib import ExitStack

import asyncpg
import uvloop

import reading
from measures import REPETITIONS
from posting import CLIENTS, post
from processes import written_by
from reading import READS
from service import DATABASES, PEOPLE, placed, serving

FEW = 10_000
RECORDS = 200
"""So many records, spread over all there are: two threads each."""
LEARNT = 1.0
"""Seconds within which readers have learnt of what was posted."""
GROWS = {
    "first": ("open a record that nobody opened since the start", 1.5),
    "open": ("open a record", 1.5),
    "post": ("post", 1.2),
    "counts": ("counts of 50 records", 1.2),
    **{row: (READS[row], None) for row in ("inbox", "threads", "rare", "common")},
}
"""What is asked, and how much dearer it may become."""


def measure(measures, folder, *, many):
    """Make both sizes on both databases; ask each in turn, every time in a process that nobody asked before."""
    with ExitStack() as stack:
        sizes = [(kind, size) for kind in DATABASES for size in (FEW, many)]
        places = {}
        for kind, size in sizes:
            began = time.monotonic()
            places[kind, size] = place = stack.enter_context(placed(kind, folder / f"{kind}-{size}", comments=size))
            seconds = time.monotonic() - began
            measures.note(f"filled {kind} {size}", seconds=seconds, bytes=stored(place) / size)
        with ExitStack() as once:
            threads = {of: find(once.enter_context(serving(place)), of[1]) for of, place in places.items()}
        for _ in range(REPETITIONS):
            for kind, size in sizes:
                with serving(places[kind, size]) as service:
                    for row, seen in ask(service, size, threads[kind, size]):
                        measures.note(f"{row} {kind} {size}", **seen)


def ask(service, size, threads):
    """Yield what was seen of each row."""
    paths = [f"/v1/conversation?record={record}" for record in records(size)]
    yield "first", vars(reading.get(service, *paths, clients=1, seconds=None))
    yield "open", vars(reading.get(service, *paths))
    yield "counts", vars(reading.counts(service, records(size)[:50]))
    for row, seen in reading.lists(service):
        yield row, vars(seen)
    before = written(service)
    seen = post(service, threads)
    time.sleep(LEARNT)
    yield "post", vars(seen) | {"written": float(written(service) - before) / (seen.rate * CLIENTS[PEOPLE] + PEOPLE)}


def records(size):
    """Return the names of records that lie spread over a workspace of so many comments, 40 to a record on average."""
    most = size // 50
    return [f"line:L-{number * most // RECORDS}" for number in range(RECORDS)]


def find(service, size):
    """Return the newest thread of each record; every one has some, and there is something to find."""
    reading.prove(service)
    found = [json.loads(reading.fetch(service, f"/v1/conversation?record={record}")[0]) for record in records(size)]
    return [each["threads"][0]["id"] for each in found]


def stored(place):
    """Return the bytes of the database; on PostgreSQL, all that had been written lies on the disk then."""
    if place.url.startswith("sqlite"):
        return sum(file.stat().st_size for file in place.folder.glob("*.db"))
    return uvloop.run(_asked(place, "CHECKPOINT", "SELECT pg_database_size(current_database())"))


def written(service):
    """Return how many bytes went to the disk: what the service wrote to SQLite's log and file, or PostgreSQL to its log."""
    if service.place.url.startswith("sqlite"):
        return written_by(service.pid)
    return uvloop.run(_asked(service.place, "SELECT pg_current_wal_lsn() - '0/0'::pg_lsn"))


async def _asked(place, *statements):
    connection = await asyncpg.connect(place.url)
    try:
        return [await connection.fetchval(statement) for statement in statements][-1]
    finally:
        await connection.close()
