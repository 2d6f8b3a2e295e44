"""Where the CPU of a post goes: every sample is given to the innermost room that is known by its path.

What readers of the log do after the answer (inbox, words, webhooks) is one room, whatever they call for it but their commits.
"""

from collections import Counter

ROOMS = (
    ("Markdown", ("markdown_it/", "linkify_it/", "threads/text.py", "threads/markdown.py")),
    ("who is calling, rate limit", ("access/callers.py", "access/tokens.py", "apropos_service/limits.py", "/limits/")),
    ("log line, measures", ("structlog/", "prometheus_client/", "middleware.py:_note")),
    ("statements and commit", ("asyncpg/", "database/postgresql.py", "database/sqlite")),
    ("command, batch", ("threads/commands.py", "threads/present.py", "apropos_service/database/", "apropos_service/rows.py")),
    ("HTTP: routes, checks, answer", ("straight.py", "apropos_service/http.py", "apropos_service/wire.py", "pydantic/")),
    ("HTTP: server, middleware", ("uvicorn/protocols/", "starlette/", "fastapi/", "apropos_service/middleware.py", "gate.py")),
)
SERVING, LEARNING = "uvicorn/server.py", "apropos_service/events/work.py"


def shares(folded):
    """Return the share of each room in the samples that were taken while serving, largest first."""
    found = Counter()
    for line in folded.read_text().splitlines():
        stack, _, count = line.rpartition(" ")
        if SERVING in stack:
            found[_room(stack.split(";"))] += int(count)
    whole = sum(found.values())
    return [(room, count / whole) for room, count in found.most_common()]


def _room(frames):
    if any(LEARNING in frame for frame in frames):
        return "readers of the log"
    for frame in reversed(frames):
        for room, paths in ROOMS:
            if any(path in frame for path in paths):
                return room
    return "event loop, the rest"
