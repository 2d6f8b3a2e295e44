"""The goals of the design beside what was found: reached, or why not and what comes next."""

from collections.abc import Callable
from dataclasses import dataclass

import judging


@dataclass(frozen=True)
class Goal:
    """A line of the design's table. `find` returns what was found and whether it is enough; `missing` says why it is not."""

    what: str
    asks: str
    find: Callable
    others: str = ""
    limit: str = ""
    missing: str = ""

    def tell(self, found):
        """Return what was found, and the verdict; `Not measured here` where `find` has nothing."""
        told, enough = self.find(found)
        if enough is None:
            return told or "–", f"not measured here{': ' if self.missing else ''}{self.missing}"
        return told, "**reached**" if enough else f"not yet: {self.missing}"


GOALS = (
    Goal(
        what="Post a comment, 64 clients",
        others="Remark42 191/s; Waline 120; Isso 24–48; django-comments-xtd 26",
        limit="pgbench, the same writes in one statement (3,800/s on the design's machine)",
        asks="≥ 10 × Remark42; ≥ 0.6 × pgbench",
        find=judging.post,
        missing="one process of Python shares two cores with the load and the database; pgbench speaks no HTTP and has no token, "
        "no Markdown, no log to share. Next: texts without markup past the parser, the statements of a commit in one.",
    ),
    Goal(
        what="… all into one hot thread",
        limit="5 plain statements 257/s; group commit 18,000",
        asks="not slower than spread",
        find=judging.hot,
        missing="see the table below.",
    ),
    Goal(
        what="Open a record with 100 comments",
        others="37–86 ms uncached; Remark42 cached 4,600–6,100/s",
        limit="the same bytes from bare ASGI, Starlette, FastAPI: below",
        asks="p50 alone ≤ 1/50 of every uncached peer (0.74 ms); ≥ Remark42 cached at 64 clients; a 304 cheaper",
        find=judging.opened,
        missing="who asks, what they may see and what they have read is looked up before the kept bytes go out. Next: the "
        "statement that looks on SQLite, the log line and the measures of every request.",
    ),
    Goal(
        what="Counts of 50 records",
        others="Isso 93/s; Waline 50; Remark42 6,043",
        limit="one query from counters, 0.1–0.2 ms",
        asks="≥ Remark42's",
        find=judging.counted,
        missing="Remark42 counts for nobody, from memory; ours counts for each viewer what they may see and have not read, and "
        "asks the database whether anything changed. Next: the statement of what is the viewer's own.",
    ),
    Goal(
        what="What growth costs, 10 thousand to 1 million comments",
        others="reads × 5 to 97, posts × 3.6 to 12",
        asks="open ≤ × 1.5; post and counts ≤ × 1.2",
        find=judging.grew,
        missing="where discussions lie apart, a post writes to more pages, each of them whole (bytes below, of `make bench "
        "ROWS=1000000`); counts on PostgreSQL swing between two costs at either size. Next: fewer trees that a post writes to.",
    ),
    Goal(
        what="Tell 5,000 sockets of one process, to the last",
        others="uvicorn's usual ways 183–270 ms; Node `ws` 112",
        limit="raw sockets in the same run",
        asks="≤ 1.2 × raw; faster than Node `ws`",
        find=judging.told_all,
        missing="a few milliseconds go to the post and to looking up what was said, before the first page hears. Next: telling "
        "what the post itself knows.",
    ),
    Goal(
        what="Memory of a socket",
        others="`websockets` with deflate 122–165 KB",
        limit="uvicorn direct 19 KB; raw sockets in the same run",
        asks="≤ 22 KB",
        find=judging.held,
    ),
    Goal(
        what="Ten times the load it can carry",
        asks="≥ 0.8 × the peak; refused at once (100 ms); memory flat (≤ × 1.1); normal again in 5 s",
        find=judging.overloaded,
        missing="see the table below.",
    ),
    Goal(
        what="Widget, gzip, everything a page loads",
        others="Liveblocks 265 KB; Waline 77; Artalk 53; Isso 22",
        asks="pins and badges ≤ 10 KB; an open thread with composer and live ≤ 20 KB; the rest when asked for",
        find=judging.loaded,
        missing="see the table below.",
    ),
    Goal(
        what="Own message on screen",
        limit="one frame, 16 ms",
        asks="< 50 ms; other people's < 300 ms",
        find=judging.seen,
        missing="see the table below.",
    ),
    Goal(
        what="Footprint",
        others="Isso 104–199 MB; Waline 242–377; Remark42 36–57",
        asks="≤ 80 MB at rest; ≤ 1 s to the first 200",
        find=judging.rested,
        missing="Python with FastAPI and pydantic is most of it. Next: what a start still loads and does not serve with.",
    ),
    Goal(what="Who can help, 1 million comments", asks="≤ 20 ms", find=judging.nothing, missing="not built yet"),
    Goal(
        what="`make demo`, empty caches",
        limit="21–58 s in a trial",
        asks="≤ 90 s to the first page",
        find=judging.nothing,
        missing="needs an empty machine",
    ),
)
