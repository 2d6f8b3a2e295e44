"""The tables of RESULTS.md."""

from functools import partial
from statistics import median

import fanout
import growth
import looking
import posting
import reading
import several
import weights
from report import middle, spread, table
from sending import KINDS
from service import DATABASES


def posts(measures):
    """Return the table of posts."""
    rows = []
    for way in posting.WAYS:
        for clients in posting.CLIENTS:
            limit = f"pgbench {way} {clients}"
            rows.append([f"{clients} clients, {way}: pgbench", spread(measures.values(limit, "rate")), *[""] * 5])
            for kind, name in DATABASES.items():
                row = f"post {way} {clients} {kind}"
                rates = [spread(measures.values(row, "rate")), spread(measures.ratios(row, limit, "rate"), "{:.2f}")]
                rows.append([f"{clients} clients, {way}: {name}", *rates, *costs(measures, row)])
    return table(["", "posts/s", "ours / pgbench, goal 0.60", *COSTS], rows)


def shares(measures):
    """Return the table of where the CPU of a post goes."""
    found = {row.removeprefix("share "): columns["share"][0] for row, columns in measures.rows.items() if row.startswith("share ")}
    return table(["what", "share"], [[room, f"{share:.0%}"] for room, share in found.items()])


def reads(measures):
    """Return the table of reads."""
    rows = [[f"the same bytes from {name}", *answers(measures, f"stored {kind}")] for kind, name in KINDS.items()]
    for row, told in {"open alone": "open a record, one client", **reading.READS}.items():
        rows += [[f"{told}, {name}", *answers(measures, f"{row} {kind}")] for kind, name in DATABASES.items()]
    return table(["", "answers/s", *COSTS, "bytes"], rows)


COSTS = ["CPU µs", "PostgreSQL's CPU µs", "p50 ms", "p99 ms"]


def answers(measures, row):
    """Return the cells of a read."""
    return [spread(measures.values(row, "rate")), *costs(measures, row), middle(measures.values(row, "size"))]


def costs(measures, row):
    """Return the cells of what an answer cost and how long it took."""
    took = partial(measures.values, row)
    return [middle(took("cpu")), middle(took("database_cpu")), middle(took("p50"), "{:.1f}"), middle(took("p99"), "{:.1f}")]


def shared(measures):
    """Return the table of several processes."""
    rows = []
    for row, told in several.ASKED.items():
        for processes in several.PROCESSES:
            by, one = f"{row} by {processes}", f"{row} by {several.PROCESSES[0]}"
            ratio = spread(measures.ratios(by, one, "rate"), "{:.2f}") if by != one else ""
            rows.append([f"{told}: {processes}", spread(measures.values(by, "rate")), ratio, *costs(measures, by)])
    return table(["", "answers/s", "by that of one", *COSTS], rows)


def grows(measures):
    """Return the table of growth; what it costs is the CPU of service and database together."""
    sizes, rows = grown(measures), []
    for row, (told, goal) in growth.GROWS.items() if sizes else ():
        for kind, name in DATABASES.items():
            few, many = (f"{row} {kind} {size}" for size in sizes)
            cells = [spread(whole(measures, each)) for each in (few, many)] + [spread(dearer(measures, few, many), "{:.2f}")]
            times = [middle(measures.values(each, "p50"), "{:.1f}") for each in (few, many)]
            rows.append([f"{told}, {name}", *cells, f"{goal:.1f}" if goal else "", *times])
    few, many = (f"{size:,}" for size in sizes or (0, 0))
    return table(["", f"CPU µs at {few}", f"CPU µs at {many}", "×", "goal", f"p50 ms at {few}", f"… {many}"], rows)


def grown(measures):
    """Return the two sizes that were compared."""
    return sorted({int(row.split()[-1]) for row in measures.rows if row.startswith("filled ")})


def whole(measures, row):
    """Return the CPU microseconds of service and database together."""
    return [sum(both) for both in zip(measures.values(row, "cpu"), measures.values(row, "database_cpu"), strict=True)]


def dearer(measures, few, many):
    """Return how many times as much many cost as few."""
    return [then / now for now, then in zip(whole(measures, few), whole(measures, many), strict=True)]


def filled(measures):
    """Return the table of what the sizes take."""
    rows = []
    for kind, name in DATABASES.items():
        for size in grown(measures):
            took, row = partial(measures.values, f"filled {kind} {size}"), f"{size:,} comments, {name}"
            rate = f"{size / median(took('seconds')):,.0f}"
            rows.append([row, rate, middle(took("bytes")), spread(measures.values(f"post {kind} {size}", "written"))])
    return table(["", "comments filled in/s", "bytes a comment", "bytes written to the disk a post"], rows)


def tells(measures):
    """Return the table of telling many."""
    rows = []
    for number in fanout.PAGES:
        for what in ("raw sockets", "ours"):
            took = partial(measures.values, f"{what} {number}")
            ratios = measures.ratios(f"ours {number}", f"raw sockets {number}", "last") if what == "ours" else []
            row = [f"{what}, {number:,} pages", spread(took("last")), spread(ratios, "{:.2f}"), middle(took("first"), "{:.1f}")]
            rows.append([*row, middle(took("cpu")), middle(took("kilobytes"), "{:.1f}"), middle(took("size"))])
    return table(["", "last, ms", "ours / raw, goal 1.20", "first, ms", "CPU µs a page", "KB a socket, goal 22", "bytes"], rows)


def endured(measures):
    """Return the table of what those who never read do to the others."""
    took = partial(measures.values, "endured")
    rows = [
        ["last of the others to hear, ms, median", middle(took("last")), ""],
        ["p99 of the others, ms, worst of all tellings", middle(took("p99")), "1,000"],
        ["memory before and at most, MB", f"{middle(took('before'))} / {middle(took('most'))}", ""],
        ["who never reads and is still there after 30 s", f"{sum(took('left')):.0f}", "0"],
    ]
    return table(["", "", "goal, at most"], rows)


def overloads(measures):
    """Return the table of ten times as many."""
    rows = []
    for kind, name in DATABASES.items():
        crowd, ratios = partial(measures.values, f"crowd {kind}"), measures.ratios(f"crowd {kind}", f"peak {kind}", "rate")
        rows += [
            [f"posts/s at the peak, {name}", spread(measures.values(f"peak {kind}", "rate")), ""],
            [f"posts/s in the crowd, {name}", spread(crowd("rate")), ""],
            [f"… by the peak, {name}", spread(ratios, "{:.2f}"), "at least 0.80"],
            [f"CPU µs of a post at the peak, {name}", spread(measures.values(f"peak {kind}", "cpu")), ""],
            [f"… in the crowd, with the refusals beside it, {name}", spread(crowd("cpu")), ""],
            [f"refusals/s, {name}", spread(crowd("refused")), ""],
            [f"a newcomer hears that, ms, {name}", spread(crowd("told"), "{:.1f}"), "at most 100"],
            [f"who comes again at once hears it anew, ms, {name}", spread(crowd("again")), ""],
            [f"memory before and at most, MB, {name}", f"{spread(crowd('before'))}; {spread(crowd('most'))}", "× 1.1"],
            [f"seconds until normal again, {name}", spread(measures.values(f"after {kind}", "seconds"), "{:.1f}"), "at most 5"],
        ]
    return table(["", "", "goal"], rows)


def swelled(measures, kind):
    """Return how much memory a crowd takes once one was there: connections and what they ask are never given back whole."""
    before, most = (measures.values(f"crowd {kind}", column)[1:] for column in ("before", "most"))
    return max(then / now for now, then in zip(before, most, strict=True))


def delivers(measures):
    """Return the table of webhooks."""
    rows = []
    for kind, name in DATABASES.items():
        waited, paid, bare = (partial(measures.values, f"{what} {kind}") for what in ("waited", "paid", "sent barely"))
        ratio = spread(measures.ratios(f"paid {kind}", f"sent barely {kind}", "cpu"), "{:.1f}")
        rest = [spread(paid("rate")), middle(paid("cpu")), ratio, middle(paid("database_cpu"))]
        rows.append([f"ours, {name}", middle(waited("p50")), spread(waited("p99")), *rest])
        rows.append([f"a bare loop, beside {name}", "", "", spread(bare("rate")), middle(bare("cpu")), "", ""])
    head = ["", "p50 ms", "p99 ms, goal 2,000", "deliveries/s", "CPU µs", "ours / bare, CPU", "PostgreSQL's CPU µs"]
    return table(head, rows)


def looks(measures):
    """Return the table of what somebody sees, and when."""
    rows = []
    for row, told in looking.SEEN.items():
        took = partial(measures.values, row)
        times = [spread(took(column), "{:.1f}") for column in ("p50", "p95")]
        rows.append([told, *times, f"{looking.GOALS[row]}" if row in looking.GOALS else ""])
    return table(["", "median, ms", "19 of 20 within, ms", "goal, ms"], rows)


def moves(measures):
    """Return the table of frames that come late while somebody scrolls, and of what keeps a page busy as it loads."""
    rows = []
    for row, told in looking.SCROLLED.items():
        took = partial(measures.values, row)
        late = spread([share * 100 for share in took("late")], "{:.1f}")
        rows.append([told, late, *(spread(took(column)) for column in ("longest", "task", "held"))])
    return table(["", "late frames, %", "longest between two, ms", "longest task of loading, ms", "all of them, ms"], rows)


def weigh(figures):
    """Return the table of weights."""
    measures = figures.parts["weights"]
    took = partial(measures.values, "start")
    rows = [
        ["memory at rest, MB", spread(took("memory")), "80"],
        ["seconds to the first 200", spread(took("seconds"), "{:.2f}"), "1"],
        ["CPU seconds to the first 200", spread(took("cpu"), "{:.2f}"), ""],
    ]
    for part, row in (("posting", "posted"), ("reading", "read")):
        memory = [middle(figures.parts[part].values(f"{row} {kind}", "memory")) for kind in DATABASES]
        rows.append([f"memory once all rows of {part} are measured, MB: {', '.join(DATABASES.values())}", " and ".join(memory), ""])
    for row, columns in measures.rows.items():
        if row.startswith(weights.BUNDLE):
            most = columns["most"][0]
            rows.append([f"{row}, gzip bytes", f"{columns['size'][0]:,}", f"{most:,}" if most else ""])
    return table(["", "", "goal, at most"], rows)
