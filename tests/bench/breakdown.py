"""Where the CPU of a post goes: every sample is given to the innermost room that is known by its path."""

from collections import Counter

ROOMS = (
    ("Markdown", ("markdown_it/", "linkify_it/", "threads/text.py", "threads/markdown.py")),
    ("who is calling, rate limit", ("access/callers.py", "access/tokens.py", "apropos_service/limits.py", "/limits/")),
    ("log line, measures", ("structlog/", "prometheus_client/", "middleware.py:_note")),
    ("statements and commit", ("asyncpg/", "database/postgresql.py", "database/sqlite")),
    ("command, batch", ("threads/commands.py", "threads/present.py", "apropos_service/database/", "apropos_service/rows.py")),
    ("HTTP: routes, checks, answer", ("fastapi/", "pydantic/", "apropos_service/http.py", "apropos_service/wire.py", "starlette/")),
    ("HTTP: server, middleware", ("uvicorn/", "apropos_service/middleware.py")),
)
SERVING = "uvicorn/server.py"


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
    for frame in reversed(frames):
        for room, paths in ROOMS:
            if any(path in frame for path in paths):
                return room
    return "event loop, the rest"
