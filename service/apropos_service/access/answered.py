"""Answers kept for 24 hours, so that a request that is sent again is answered exactly as before.

Law: an answer knows what it is about, so that it goes when that is erased.
"""

from collections.abc import Iterator
from typing import Any

from ..rows import Index, Row, table

SEVERAL = "several"
"""What an answer about more than one thread or record is about: it goes at every erasure, and repeating it harms nothing."""

OF = ("thr_", "rec_", "att_", "ask_")


@table("idempotency", key=("workspace_id", "caller", "key"), indexes=[Index(("at",)), Index(("workspace_id", "about"))])
class Answered(Row):
    """What a request with an idempotency key was answered; `about` is a thread's or record's id, `SEVERAL`, or empty."""

    workspace_id: str
    caller: str
    key: str
    fingerprint: str
    status: int
    body: str
    at: int
    about: str


def subject(body: Any) -> str:
    """Return what an answer is about: the thread, or else the record, that its members named `id` and `thread_id` say.

    A file that waits for its thread, or a request for access to a record, says neither: it goes as if it were about several.
    """
    found = set(_ids(body))
    threads = {one for one in found if one.startswith("thr_")}
    about = threads or {one for one in found if one.startswith("rec_")}
    return about.pop() if len(about) == 1 else SEVERAL if found else ""


def _ids(body: Any) -> Iterator[str]:
    if isinstance(body, dict):
        yield from (str(body[name]) for name in ("id", "thread_id") if str(body.get(name)).startswith(OF))
    for part in body.values() if isinstance(body, dict) else body if isinstance(body, list) else ():
        yield from _ids(part)
