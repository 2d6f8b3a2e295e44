"""results.html: the goals and the figures of RESULTS.md as pictures, in one file that runs nothing."""

import re
from html import escape
from pathlib import Path

import fanout
import goals
import looking
import posting
import reading
import several
import tables
import weights
from drawing import Bar, figure
from growth import GROWS
from report import moment
from sending import KINDS
from service import DATABASES, PEOPLE

STYLE = Path(__file__).with_name("page.css")
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Apropos: measures</title>
<style>
{style}</style>
<main>
<h1>Measures</h1>
<p>Written by <code>make bench</code> from the figures in <a href="RESULTS.md">RESULTS.md</a>. A bar ends at the median of the
repetitions, the thin line goes from the least to the most, a dashed mark is the goal. Ratios of one run count, absolute times
do not.</p>
<p class="key"><span class="limit">the machine's limit</span> <span class="sqlite">ours, SQLite</span>
<span class="postgresql">ours, PostgreSQL</span></p>
{machines}
<h2>The goals</h2>
{goals}
{parts}
</main>
</html>
"""
QUICK = ("open", "304", "counts 50")


def draw(found):
    """Return the page."""
    sections = (
        ("Posting a comment", "posting", posts), ("Reading", "reading", reads), ("Several processes", "several", shared),
        ("A workspace that grows", "growth", grows),
        ("Telling", "telling", tells),
        ("More than it can carry", "overload", overloads), ("Delivering to webhooks", "delivering", delivers),
        ("Looking", "looking", looks), ("Weights", "weights", weigh),
    )  # fmt: skip
    parts = "".join(
        f"<h2>{title}</h2>\n{_said(found.when.get(part))}\n{draw(found.parts[part])}\n" for title, part, draw in sections
    )
    machines = "".join(f"<p>{escape(each)}.</p>" for each in dict.fromkeys(when["machine"] for when in found.when.values()))
    verdicts = "\n".join(_card(goal, found) for goal in goals.GOALS)
    return PAGE.format(style=STYLE.read_text(encoding="utf-8"), machines=machines, goals=verdicts, parts=parts)


def posts(measures):
    """Draw the posts of so many clients, and where their CPU goes."""
    pictures = []
    for way in posting.WAYS:
        bars = []
        for clients in posting.CLIENTS:
            bars.append(Bar(f"{clients} clients: pgbench", measures.values(f"pgbench {way} {clients}", "rate"), "limit"))
            bars += _both(measures, f"post {way} {clients}", f"{clients} clients", "rate")
        pictures.append(figure(f"Posts a second, {way}", "/s", bars))
    bars = [bar for clients in posting.CLIENTS for bar in _costs(measures, f"post spread {clients}", f"{clients} clients")]
    pictures.append(figure("CPU of a post, spread", "µs", bars, under="Of service and database together."))
    rooms = [
        Bar(row.removeprefix("share "), [columns["share"][0] * 100], "postgresql")
        for row, columns in measures.rows.items()
        if row.startswith("share ")
    ]
    return "".join(pictures) + figure("Where the service's CPU goes", "%", rooms)


def reads(measures):
    """Draw what answers cost."""
    limits, limited = (
        [Bar(f"the same bytes from {name}", measures.values(f"stored {kind}", column), "limit") for kind, name in KINDS.items()]
        for column in ("cpu", "rate")
    )
    slow = [bar for row, told in reading.READS.items() if row not in QUICK for bar in _costs(measures, row, told)]
    quick = [bar for row in QUICK for bar in _costs(measures, row, reading.READS[row])]
    rates = [bar for row in QUICK for bar in _both(measures, row, reading.READS[row], "rate")]
    together = "Of service and database together."
    return (
        figure(f"CPU of an answer, {PEOPLE} clients", "µs", limits + quick, under=together)
        + figure("… of what is longer", "µs", slow, under=together)
        + figure(f"Answers a second, {PEOPLE} clients", "/s", limited + rates)
    )


def shared(measures):
    """Draw what two processes answer by what one does."""
    one, two = several.PROCESSES
    ratios = {told: measures.ratios(f"{row} by {two}", f"{row} by {one}", "rate") for row, told in several.ASKED.items()}
    bars = [Bar(told, each, "postgresql") for told, each in ratios.items()]
    return figure("Answers a second of two processes, by one's", "×", bars, form="{:.2f}")


def grows(measures):
    """Draw how much dearer each question is."""
    sizes, bars = tables.grown(measures), []
    for row, (told, goal) in GROWS.items() if sizes else ():
        for kind, name in DATABASES.items():
            ratios = tables.dearer(measures, *(f"{row} {kind} {size}" for size in sizes))
            bars.append(Bar(f"{told}, {name}", ratios, kind, goal))
    title = "CPU at {:,} comments as a multiple of that at {:,}".format(*reversed(sizes)) if sizes else ""
    return figure(title, "×", bars, form="{:.2f}")


def tells(measures):
    """Draw the last to hear, and what a page costs."""
    last, memory = [], []
    for number in fanout.PAGES:
        for row, look in (("raw sockets", "limit"), ("ours", "sqlite")):
            last.append(Bar(f"{number:,} pages: {row}", measures.values(f"{row} {number}", "last"), look))
            goal = 22 if row == "ours" else None
            memory.append(Bar(f"{number:,} pages: {row}", measures.values(f"{row} {number}", "kilobytes"), look, goal))
    return figure("From the post to the last page", "ms", last) + figure("Memory of a socket", "KB", memory, form="{:.1f}")


def overloads(measures):
    """Draw what is left of the peak."""
    bars = []
    for kind, name in DATABASES.items():
        bars.append(Bar(name, measures.ratios(f"crowd {kind}", f"peak {kind}", "rate"), kind, 0.8))
    return figure("Posts a second of ten times as many, by the peak's", "×", bars, form="{:.2f}")


def delivers(measures):
    """Draw deliveries a second, and how long the others wait for those that hang."""
    rates = [
        bar
        for kind, name in DATABASES.items()
        for bar in (
            Bar(f"a bare loop, beside {name}", measures.values(f"sent barely {kind}", "rate"), "limit"),
            Bar(name, measures.values(f"paid {kind}", "rate"), kind),
        )
    ]
    waits = _both(measures, "waited", "p99", "p99", goal=2_000)
    return figure("Deliveries a second", "/s", rates) + figure("How long the others wait while 20 of 100 hang", "ms", waits)


def looks(measures):
    """Draw when somebody sees what."""
    bars = [
        Bar(told, measures.values(row, "p50"), "limit" if row == "echo" else "sqlite", looking.GOALS.get(row))
        for row, told in looking.SEEN.items()
    ]
    return figure("From the press of a key to the frame that shows it", "ms", bars, form="{:.1f}")


def weigh(measures):
    """Draw what the widget and the service weigh."""
    steps = [
        Bar(row.removeprefix(weights.BUNDLE), columns["size"], "sqlite", columns["most"][0])
        for row, columns in measures.rows.items()
        if row.startswith(weights.BUNDLE)
    ]
    memory = [Bar("at rest", measures.values("start", "memory"), "sqlite", 80)]
    seconds = [Bar("to the first 200", measures.values("start", "seconds"), "sqlite", 1)]
    return (
        figure("What a page loads of the widget, gzip", "bytes", steps, under="The mark is the most that the build allows.")
        + figure("Memory", "MB", memory)
        + figure("Start", "s", seconds, form="{:.2f}")
    )


def _both(measures, row, told, column, goal=None):
    return [Bar(f"{told}, {name}", measures.values(f"{row} {kind}", column), kind, goal) for kind, name in DATABASES.items()]


def _costs(measures, row, told):
    return [Bar(f"{told}, {name}", tables.whole(measures, f"{row} {kind}"), kind) for kind, name in DATABASES.items()]


def _card(goal, found):
    told, verdict = goal.tell(found)
    state = "reached" if verdict == "**reached**" else "missed" if verdict.startswith("not yet") else "unknown"
    lines = {"Goal": goal.asks, "Ours": told, "Others": goal.others, "Limit": goal.limit}
    rest = "".join(f"<dt>{name}<dd>{_code(text)}" for name, text in lines.items() if text)
    return f'<article class="{state}"><h3>{_code(goal.what)}</h3><p>{_code(verdict)}</p><dl>{rest}</dl></article>'


def _code(text):
    """Escape a text of RESULTS.md, and set what it marks."""
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", re.sub(r"`(.+?)`", r"<code>\1</code>", escape(text)))


def _said(when):
    return f'<p class="when">{escape(moment(when).strip("*"))}</p>'
