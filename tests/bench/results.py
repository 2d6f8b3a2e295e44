"""RESULTS.md: what was found, in tables."""

import delivering
import fanout
import goals
import looking
import overload
import reading
import tables
from measures import RUNS
from report import loose, moment

PAGE = """# Measures

Written by `make bench`; as pictures, [results.html](results.html). Ratios of one run count, absolute times do not. Three
numbers in a cell are minimum / median / maximum of the repetitions, which took turns with what they are compared to; one number
is the median. CPU is microseconds of the service's process for one answer, PostgreSQL's those of its connections. Under each
heading stands which commit was measured, and what else the machine did: its load, and how much of its cores was busy before.

{machines}

## The goals

What others and the machine's limits reach, and the goals, are those of the design; `make bench` runs none of the other products.

{goals}

The same by the last {runs} runs of each part, the last one first, as far as it was measured so often:

{agreed}

## Posting a comment

{posting}

Durable (201 after the commit). Every client has a token of its own; the service looks at it, asks what it allows on the
record and renders the Markdown, which is proved before. Spread is into 200 threads, hot into one. pgbench writes the same rows
in one statement, at most 32 at a time; spread, its threads lie in workspaces of their own, so that not even the log's counter is
shared. Ours always shares it: the threads are of one workspace. Before that, people have begun to write, and PostgreSQL has
measured its tables, as it does by itself within a minute.

{posts}

Where the CPU of a post goes (PostgreSQL, spread; sampled in a run of its own):

{shares}

## Reading

{reading}

A workspace with {around:,} comments that others made up, and a record with {comments} comments in {threads} threads.
64 clients unless it says otherwise. The same bytes come from servers that have nothing else, run as ours is: uvicorn, uvloop,
httptools. The last rows are of one client: a reaction that is put or taken back, and the same followed by somebody else's look
at the record. The CPU of the two together is that of one reaction and one look; what it is more than the row before is
no figure by itself, since each is measured apart.

{reads}

## Several processes

{several}

`apropos serve --workers 2` in turns with one process, on PostgreSQL and in a workspace as above; each is begun anew and has come to
rest before it is asked. CPU is that of all its processes. SQLite is for one.

{shared}

## A workspace that grows

{growth}

The same questions and posts, of 200 records spread over the workspace, each time asked of a process that just started. CPU
is that of service and database together; clients as above, but one where nobody opened the record before.

{grows}

{filled}

## Telling

{telling}

One comment to pages on WebSockets of one process, from the post to the last receipt.

{tells}

{deaf:,} pages that never read beside {listening:,} that do, told {often} times of a long comment; who never reads is closed.

{endured}

## More than it can carry

{overload}

{many} clients, ten times as many as at the peak, who post and come again at once whatever they are told; beside them a newcomer
now and then, who asks once. Places as by default (500). What was answered while they asked counts, nothing after it.

{overloads}

## Delivering to webhooks

{delivering}

{hooks} webhooks, of which {hanging} never answer. How long after it had happened the others were told, of {paced} comments one each
{every:g} s; and what it costs to deliver {together} comments posted at once, beside a bare loop of aiohttp that signs and posts the
same body as often to the same consumers, over connections that it keeps, and keeps nothing itself.

{delivers}

## Looking

{looking}

Chromium without a screen, on SQLite: from the press of the key to the frame in which it stands there; another's page hears of it
over a WebSocket, a discussion is opened by its pin.

{looks}

Scrolled {by} pixels in each of {frames} frames; a frame is late where {late} ms went by since the one before. What kept the page
for more than 50 ms at a time until it had its pins is the tasks, its frames with style, layout and paint among them.

{moves}

## Weights

{weights}

{weighs}

## Not measured here

Other products on the same machine; mail; other browsers.
"""


PARTS = ("posting", "reading", "several", "growth", "telling", "overload", "delivering", "looking", "weights")


def tell(found):
    """Return the page."""
    parts, machines = found.parts, dict.fromkeys(when["machine"] for when in found.when.values())
    head = ["what", "others", "limit", "goal", "ours", "reached?"]
    verdicts = [[goal.what, goal.others, goal.limit, goal.asks, *goal.tell(found)] for goal in goals.GOALS]
    return PAGE.format(
        machines="\n".join(f"- {machine}." for machine in machines), goals=loose(head, verdicts), runs=RUNS, agreed=agreed(found),
        **{part: moment(found.when.get(part)) for part in PARTS},
        posts=tables.posts(parts["posting"]), shares=tables.shares(parts["posting"]), reads=tables.reads(parts["reading"]),
        around=reading.AROUND, comments=reading.COMMENTS, threads=reading.THREADS,
        shared=tables.shared(parts["several"]), grows=tables.grows(parts["growth"]), filled=tables.filled(parts["growth"]),
        tells=tables.tells(parts["telling"]), endured=tables.endured(parts["telling"]),
        deaf=fanout.DEAF, listening=fanout.READING, often=fanout.OFTEN,
        many=overload.MANY, overloads=tables.overloads(parts["overload"]),
        delivers=tables.delivers(parts["delivering"]), hooks=delivering.HANGING + delivering.OTHERS, hanging=delivering.HANGING,
        paced=delivering.PACED, every=delivering.EVERY, together=delivering.TOGETHER,
        looks=tables.looks(parts["looking"]), moves=tables.moves(parts["looking"]), by=looking.BY, frames=looking.FRAMES,
        late=looking.LATE, weighs=tables.weigh(found),
    )  # fmt: skip


def agreed(found):
    """Return the table of what several runs found: who reads sees whether they agree."""
    runs = [found.before(number) for number in range(RUNS)]
    rows = [[goal.what, *(goal.find(run)[0] or "–" for run in runs)] for goal in goals.GOALS]
    moments = [["when", *(_moments(run) for run in runs)]]
    return loose(["what", "last", "before", "before that"], [row for row in rows if set(row[1:]) != {"–"}] + moments)


def _moments(found):
    """Return when each part was measured."""
    return "; ".join(f"{part} {when['at']}, load {when['load'][0]}" for part, when in found.when.items())
