"""What a page asks for: the conversation on a record, tallies for its pins, the log to follow."""

import asyncio
import time
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response

from ..errors import ValidationFailed
from ..events.catalog import CATALOG
from ..events.log import entries_after, must_be_kept
from ..http import Look, answer
from ..paging import Cursor, Cursors, Limit
from ..wire import FieldPath, Listing, RecordName
from . import conversation, page_wire, tallies, tally_wire, wire
from .kept import Kept
from .record_page import Asked
from .tallied import KeptTallies
from .telling import tell

router = APIRouter(prefix="/v1")


@router.get(
    "/conversation", response_model=wire.Conversation, responses={304: {"description": "Nothing changed"}}, tags=["threads"]
)
async def get_conversation(
    record: RecordName, look: Look, request: Request, field: FieldPath | None = None, status: wire.Status | None = None,
    limit: Limit = 20, cursor: Cursor = None, render: wire.Render = "html", if_none_match: Annotated[str | None, Header()] = None,
) -> Response:  # fmt: skip
    """Return everything to paint a record's discussions at once; an undescribed record is an empty conversation."""
    cursors: Cursors = request.app.state.cursors
    caller = look.caller
    about = f"conversation {record} {field} {status}"
    before = cursors.open(caller.workspace_id, about, cursor)
    asked = Asked(record, field, status, before and tuple(before), limit, render)
    kept: Kept = request.app.state.kept
    pages: conversation.Pages = request.app.state.pages
    painted = await conversation.at_once(look.together, kept, pages, caller, asked)
    if painted is None:
        async with look(snapshot=True) as reading:
            painted = await conversation.in_snapshot(reading, kept, pages, caller, asked)
    if if_none_match and (painted.tag in if_none_match or if_none_match.strip() == "*"):
        return Response(status_code=304, headers={"ETag": painted.tag})
    seen = painted.seen
    last = seen.threads[limit - 1][0] if len(seen.threads) > limit else None
    body = {
        **painted.shown(),
        "cursor": cursors.seal_place(caller.workspace_id, seen.position, seen.record.id if seen.record else None, record),
        "next": last and cursors.seal(caller.workspace_id, about, [last.opened_at, last.id]),
    }
    headers = {"ETag": painted.tag, "Cache-Control": "private, no-cache", "Vary": "Authorization, Apropos-Actor"}
    return answer(body, headers=headers)


@router.get("/counts", response_model=tally_wire.Counts, tags=["threads"])
async def get_counts(
    record: Annotated[list[RecordName], Query(min_length=1, max_length=500)], look: Look, request: Request
) -> Response:
    """Return the tallies of up to 500 records and their fields."""
    return await _counts(record, look, request)


@router.post("/counts", response_model=tally_wire.Counts, tags=["threads"])
async def ask_counts(draft: tally_wire.CountsDraft, look: Look, request: Request) -> Response:
    """Return the tallies of up to 500 records, named in the body; changes nothing."""
    return await _counts(draft.records, look, request)


@router.get("/events", response_model=Listing[page_wire.Event], responses={410: {}}, tags=["events"])
async def list_events(
    look: Look, request: Request, after: Cursor = None, types: Annotated[str | None, Query(max_length=500)] = None,
    limit: Limit = 20, wait: Annotated[int, Query(ge=0, le=30)] = 0,
) -> Response:  # fmt: skip
    """Return the workspace's log in commit order; `next` is always there. `wait` seconds for something new. Needs a server key.

    Without `after` it begins with the oldest that is kept; a cursor from before that is answered 410.
    """
    look.caller.must_be_host("full", "read")
    cursors: Cursors = request.app.state.cursors
    here = look.caller.workspace_id
    position = cursors.open_place(here, after)[0] or 0
    wanted = _known(types)
    deadline, stopping = time.monotonic() + wait, request.app.state.stopping
    if wait:
        stopping.must_go_on()
    while True:
        async with request.app.state.wakes.listening(here) as woken:
            async with look(snapshot=True) as reading:
                if after is not None:
                    await must_be_kept(reading, position)
                head = await reading.position()
                entries = await entries_after(reading, position, limit=limit, types=wanted)
                told = await tell(reading, entries)
            remaining = deadline - time.monotonic()
            if told or remaining <= 0 or stopping.asked:
                break
            with suppress(TimeoutError), stopping.heard(woken.set):
                async with asyncio.timeout(min(1.0, remaining)):
                    await woken.wait()
    reached = told[-1].position if told else max(position, head)
    return answer({"data": [one.envelope_for(look.caller) for one in told], "next": cursors.seal(here, "log", reached)})


def _known(types: str | None) -> list[str]:
    """Return the types of events that are asked for, separated by commas. Raises `ValidationFailed` for one that there is not."""
    wanted = [one for one in (types or "").split(",") if one]
    for one in wanted:
        if one not in CATALOG:
            raise ValidationFailed.at("types", f"{one} is none of {', '.join(sorted(CATALOG))}")
    return wanted


async def _counts(names: list[str], look: Look, request: Request) -> Response:
    kept: KeptTallies = request.app.state.kept_tallies
    now = look.now
    found = await tallies.at_once(look.together, kept, look.caller, names, now=now)
    if found is None:
        async with look(snapshot=True) as reading:
            found = await tallies.in_snapshot(reading, kept, look.caller, names, now=now)
    return answer(b'{"data":%b}' % found)
