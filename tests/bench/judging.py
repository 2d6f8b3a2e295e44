"""What was found beside each goal of the design, and whether it is enough: text, and `None` where it was not measured."""

from statistics import median

from growth import GROWS
from report import middle
from service import DATABASES, PEOPLE
from several import PROCESSES
from tables import dearer, grown, swelled
from weights import BUNDLE

REMARK42_POSTS, REMARK42_OPENS, REMARK42_COUNTS = 191, 4_600, 6_043
"""What Remark42 reached on the design's machine, answers a second."""
FASTEST_UNCACHED = 37
"""Milliseconds that the fastest of the others took there to open a record."""
MILLION = 1_000_000
"""Comments at which growth is judged."""
WIDGET = {"pins and badges": 10 * 1024, "an open discussion": 20 * 1024}
BESIDE = ("… with what is new", "… on a value, answered, with what is new")
"""What is fetched where a discussion has more than its messages, its composer and what is live; the goal leaves it to who asks."""
SAYS = {"first": "first open", "open": "open", "post": "post", "counts": "counts"}


def post(found):
    """Judge the posts of many, spread."""
    measures, told, enough = found.parts["posting"], [], []
    for kind, name in DATABASES.items():
        row = f"post spread {PEOPLE} {kind}"
        ratios = measures.ratios(row, f"pgbench spread {PEOPLE}", "rate")
        if not ratios:
            return "", None
        rate, cpu, theirs = (median(measures.values(row, column)) for column in ("rate", "cpu", "database_cpu"))
        costs = f"{cpu:,.0f} µs CPU" + (f" + {theirs:,.0f} of the database's" if theirs else "")
        told.append(f"{name} {rate:,.0f}/s, {median(ratios):.2f} × pgbench, {costs}{by_two(found, kind, 'post spread')}")
        enough.append(median(ratios) >= 0.6 and rate >= 10 * REMARK42_POSTS)
    return "; ".join(told), all(enough)


def hot(found):
    """Judge the posts of many into one thread."""
    measures, rows = found.parts["posting"], (f"post hot {PEOPLE}", f"post spread {PEOPLE}")
    ratios = {name: measures.ratios(*(f"{row} {kind}" for row in rows), "rate") for kind, name in DATABASES.items()}
    if not all(ratios.values()):
        return "", None
    told = [f"{name} {median(each):.2f} × spread" for name, each in ratios.items()]
    return "; ".join(told), all(median(each) >= 1 for each in ratios.values())


def opened(found):
    """Judge opening a record."""
    measures, told, enough = found.parts["reading"], [], []
    for kind, name in DATABASES.items():
        alone, rate = measures.values(f"open alone {kind}", "p50"), measures.values(f"open {kind}", "rate")
        if not alone:
            return "", None
        cpu, unchanged = (median(measures.values(f"{row} {kind}", "cpu")) for row in ("open", "304"))
        costs = f"{cpu:,.0f} µs CPU, 304 {unchanged:,.0f}{by_two(found, kind, 'open')}"
        told.append(f"{name} p50 alone {median(alone):.1f} ms, {median(rate):,.0f}/s, {costs}")
        enough.append(median(alone) <= FASTEST_UNCACHED / 50 and median(rate) >= REMARK42_OPENS and unchanged < cpu)
    return "; ".join(told), all(enough)


def counted(found):
    """Judge the counts of fifty."""
    measures = found.parts["reading"]
    rates = {kind: measures.values(f"counts 50 {kind}", "rate") for kind in DATABASES}
    if not all(rates.values()):
        return "", None
    told = [f"{DATABASES[kind]} {median(rate):,.0f}/s{by_two(found, kind, 'counts 50')}" for kind, rate in rates.items()]
    return "; ".join(told), all(median(rate) >= REMARK42_COUNTS for rate in rates.values())


def by_two(found, kind, row):
    """Tell what two processes reach; SQLite is for one."""
    rates = found.parts["several"].values(f"{row} by {PROCESSES[-1]}", "rate")
    return f", two processes {median(rates):,.0f}/s" if rates and kind == "postgresql" else ""


def grew(found):
    """Judge what a workspace costs as it grows; where it did not grow to a million, only tell."""
    measures, told, enough = found.parts["growth"], [], []
    sizes = grown(measures)
    for kind, name in DATABASES.items() if sizes else ():
        ratios = {
            row: (median(dearer(measures, *(f"{row} {kind} {size}" for size in sizes))), goal)
            for row, (_, goal) in GROWS.items()
            if goal
        }
        told.append(f"{name} " + ", ".join(f"{SAYS[row]} × {ratio:.2f}" for row, (ratio, _) in ratios.items()))
        enough += [ratio <= goal for ratio, goal in ratios.values()]
    if not sizes or sizes[-1] < MILLION:
        return f"only to {sizes[-1]:,}: {'; '.join(told)}" if sizes else "", None
    return "; ".join(told), all(enough)


def told_all(found):
    """Judge telling five thousand pages."""
    ratios = found.parts["telling"].ratios("ours 5000", "raw sockets 5000", "last")
    return (f"{median(ratios):.2f} × raw", median(ratios) <= 1.2) if ratios else ("", None)


def held(found):
    """Judge the memory of a socket."""
    memory = found.parts["telling"].values("ours 5000", "kilobytes")
    return (f"{median(memory):.1f} KB", median(memory) <= 22) if memory else ("", None)


def overloaded(found):
    """Judge what is left of the peak when ten times as many come."""
    measures, told, enough = found.parts["overload"], [], []
    for kind, name in DATABASES.items():
        ratios, seconds = measures.ratios(f"crowd {kind}", f"peak {kind}", "rate"), measures.values(f"after {kind}", "seconds")
        if not ratios:
            return "", None
        heard, memory = median(measures.values(f"crowd {kind}", "told")), swelled(measures, kind)
        last = f"memory × {memory:.2f}, normal in {median(seconds):.1f} s"
        told.append(f"{name} {median(ratios):.2f} × the peak, refused in {heard:.0f} ms, {last}")
        enough.append(median(ratios) >= 0.8 and heard <= 100 and memory <= 1.1 and median(seconds) <= 5)
    return "; ".join(told), all(enough)


def loaded(found):
    """Judge what a page loads."""
    sizes = {name: found.parts["weights"].values(BUNDLE + name, "size") for name in (*WIDGET, *BESIDE)}
    if not all(sizes[name] for name in WIDGET):
        return "", None
    told = ", ".join(f"{name} {size[0]:,} bytes" for name, size in sizes.items() if size)
    return told, all(sizes[name][0] <= most for name, most in WIDGET.items())


def seen(found):
    """Judge how soon messages are seen."""
    own, others = (found.parts["looking"].values(row, "p50") for row in ("own", "others"))
    if not own:
        return "", None
    return f"{middle(own)} ms; other people's {middle(others)} ms", median(own) < 50 and median(others) < 300


def rested(found):
    """Judge memory at rest and the start."""
    memory, seconds = (found.parts["weights"].values("start", column) for column in ("memory", "seconds"))
    if not memory:
        return "", None
    return f"{middle(memory)} MB, {middle(seconds, '{:.2f}')} s", median(memory) <= 80 and median(seconds) <= 1


def nothing(_):
    """Say that nothing was found."""
    return "", None
