"""RESULTS.md: what a run found, in tables."""

from functools import partial

import fanout
import reading
from report import middle, spread, table
from service import PEOPLE

DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
READS = {
    "open alone": "open a record, one client",
    "open": "open a record",
    "304": "nothing changed, 304",
    "counts 50": "counts of 50 records",
    "counts 500": "counts of 500 records",
}
PAGE = """# Measures

Written by `make bench`. Ratios of one run count, absolute times do not. Three numbers in a cell are minimum / median /
maximum of the repetitions, which took turns; one number is the median. CPU is microseconds of the service's process for
one answer.

{circumstances}

## Posting a comment

Durable (201 after the commit), {people} clients with tokens of their own, each comment with an id, Markdown rendered.
pgbench writes the same rows in one statement; spread, its threads lie in workspaces of their own, so that not even the
log's counter is shared. Ours always shares it: the threads are of one workspace.

{posts}

Where the CPU of a post goes (PostgreSQL, spread; sampled in a run of its own):

{shares}

## Reading

A record with {comments} comments in {threads} threads, in one request; counts of records with a thread each; {people} clients but
where it says one.

{reads}

## Telling

One comment to pages on WebSockets of one process, from the post to the last receipt.

{tells}

{deaf} pages that never read beside {reading} that do, told {often} times of a long comment; who never reads is closed.

{endured}

## Weights

{weights}

## Not measured here

Other products on the same machine; a million comments; several processes on one database; webhooks, mail,
search; browsers.
"""


def tell(measures, shares, bundles, circumstances):
    """Return the page."""
    return PAGE.format(
        people=PEOPLE, comments=reading.COMMENTS, threads=reading.THREADS,
        deaf=f"{fanout.DEAF:,}", reading=f"{fanout.READING:,}", often=fanout.OFTEN, endured=endured(measures),
        circumstances="\n".join(f"- {line}" for line in circumstances), posts=posts(measures), reads=reads(measures),
        tells=tells(measures), weights=weigh(measures, bundles),
        shares=table(["what", "share"], [[room, f"{share:.0%}"] for room, share in shares]),
    )  # fmt: skip


def posts(measures):
    """Return the table of posts."""
    rows = []
    for way in ("spread", "hot"):
        limit = f"pgbench {way}"
        rows.append([f"pgbench, {way}", spread(measures.values(limit, "rate")), *[""] * 5])
        for kind, name in DATABASES.items():
            row = f"post {way} {kind}"
            ratio, took = spread(measures.ratios(row, limit, "rate"), "{:.2f}"), partial(measures.values, row)
            theirs = middle(took("database_cpu")) if any(took("database_cpu")) else ""
            rows.append([f"ours, {way}, {name}", spread(took("rate")), ratio, *costs(took), theirs])
    return table(["", "posts/s", "ours / pgbench, goal 0.60", "CPU µs", "p50 ms", "p99 ms", "PostgreSQL's CPU µs"], rows)


def reads(measures):
    """Return the table of reads."""
    rows = []
    for row, told in READS.items():
        for kind, name in DATABASES.items():
            took = partial(measures.values, f"{row} {kind}")
            rows.append([f"{told}, {name}", spread(took("rate")), *costs(took)])
    return table(["", "answers/s", "CPU µs", "p50 ms", "p99 ms"], rows)


def costs(took):
    """Return the cells of what an answer cost and how long it took."""
    return [middle(took("cpu")), middle(took("p50"), "{:.1f}"), middle(took("p99"), "{:.1f}")]


def tells(measures):
    """Return the table of telling many."""
    rows = []
    for number in fanout.PAGES:
        for what in ("raw sockets", "ours"):
            took = partial(measures.values, f"{what} {number}")
            ratios = measures.ratios(f"ours {number}", f"raw sockets {number}", "last") if what == "ours" else []
            ratio, first = spread(ratios, "{:.2f}") if ratios else "", middle(took("first"), "{:.1f}")
            memory = middle(took("kilobytes"), "{:.1f}")
            row = [f"{what}, {number:,} pages", spread(took("last")), ratio, first, middle(took("cpu")), memory]
            rows.append([*row, middle(took("size"))])
    return table(["", "last, ms", "ours / raw, goal 1.20", "first, ms", "CPU µs a page", "KB a socket, goal 22", "bytes"], rows)


def endured(measures):
    """Return the table of what those who never read do to the others."""
    took = partial(measures.values, "endured")
    rows = [
        ["last of the others to hear, ms, median", middle(took("last")), ""],
        ["p99 of the others, ms, worst of all tellings", middle(took("p99")), "1,000"],
        ["memory before and at most, MB", f"{middle(took('before'))} / {middle(took('most'))}", ""],
        ["who never reads and is still there after 30 s", middle(took("left")), "0"],
    ]
    return table(["", "", "goal, at most"], rows)


def weigh(measures, bundles):
    """Return the table of weights."""
    took = partial(measures.values, "start")
    rows = [
        ["memory at rest, MB", spread(took("memory")), "80"],
        ["seconds to the first 200", spread(took("seconds"), "{:.2f}"), "1"],
        ["CPU seconds to the first 200", spread(took("cpu"), "{:.2f}"), ""],
    ]
    rows += [[f"widget, gzip bytes: {name}", *weight] for name, *weight in bundles]
    return table(["", "", "goal, at most"], rows)
