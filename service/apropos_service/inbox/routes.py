"""The inbox over HTTP."""

from collections.abc import AsyncIterator, Sequence
from typing import Any, TypeVar

from fastapi import APIRouter, Request, Response

from ..database import Reading, Transaction
from ..errors import NotFound
from ..events.bus import personal_hint
from ..http import Look, Write, answer
from ..paging import Cursor, Cursors, Limit
from ..threads.requested import waiting_for
from ..threads.wire import Render
from ..wire import ThreadId
from . import commands, queries, wire
from .queries import LAST, Waits
from .shelves import Lying
from .showing import shown, shown_requests

router = APIRouter(prefix="/v1/inbox", tags=["inbox"])
T = TypeVar("T")


@router.get("", response_model=wire.Inbox)
async def list_inbox(
    look: Look,
    request: Request,
    filter: wire.Filter = "for-you",  # noqa: A002 the contract's word
    limit: Limit = 20,
    cursor: Cursor = None,
    render: Render = "html",
) -> Response:
    """List what waits for the caller, newest first; an entry that changes while one pages comes once more at the end."""
    look.caller.must_be_person()
    cursors: Cursors = request.app.state.cursors
    here, about = look.caller.workspace_id, f"inbox {look.caller.person_id} {filter}"
    place = cursors.open(here, about, cursor)
    found: Sequence[Lying | Waits]
    async with look(snapshot=True) as reading:
        newest = await queries.newest(reading, look.caller)
        if filter == "waiting":
            found, following = await _waiting(reading, look, place, limit)
        else:
            found, following = await _lying(reading, look, filter, place, limit, newest)
        data, people = await shown(reading, look.caller, found, now=look.now, render=render)
        waiting = await waiting_for(reading, look.caller, now=look.now)
        is_first = filter == "for-you" and place is None
        requests, askers = await shown_requests(reading, look.caller, waiting if is_first else [])
        counts = await queries.tally(reading, look.caller, newest, requests=len(waiting), now=look.now)
    following = following and cursors.seal(here, about, following)
    return answer({"data": data, "requests": requests, "next": following, "counts": counts, "people": {**people, **askers}})


@router.post("/read", status_code=204, response_model=None)
async def read_entries(draft: wire.InboxReadDraft, write: Write, request: Request) -> Response:
    """Take note of which entries the caller has read. Threads that are not in their inbox are passed over."""
    return await _changing(request, write, commands.read_entries, draft, present=_nothing)


@router.post("/unread", status_code=204, response_model=None)
async def unread_entries(draft: wire.InboxUnreadDraft, write: Write, request: Request) -> Response:
    """Take back that the caller has read entries, until they do again. Threads that are not in their inbox are passed over."""
    return await _changing(request, write, commands.unread_entries, draft, present=_nothing)


@router.put("/{thread_id}/snooze", response_model=wire.Entry)
async def snooze(thread_id: ThreadId, draft: wire.SnoozeDraft, write: Write, request: Request) -> Response:
    """Leave the caller alone with a thread until a time, whatever comes; null brings it back now."""
    return await _changing(request, write, commands.snooze, thread_id, draft.until, present=_entry)


@router.put("/{thread_id}/done", response_model=wire.Entry)
async def be_done(thread_id: ThreadId, write: Write, request: Request) -> Response:
    """Put an entry away; it comes back when something new comes."""
    return await _changing(request, write, commands.be_done, thread_id, present=_entry)


@router.delete("/{thread_id}/done", response_model=wire.Entry)
async def undo(thread_id: ThreadId, write: Write, request: Request) -> Response:
    """Bring an entry back that was put away."""
    return await _changing(request, write, commands.undo, thread_id, present=_entry)


async def _changing(request: Request, write: Any, command: Any, *given: Any, present: Any) -> Response:
    done: Response = await write(command, *given, present=present)
    request.app.state.hint({personal_hint(write.caller.workspace_id, write.caller.person_id or "")})
    return done


async def _nothing(_: Transaction, __: Any) -> None:
    return None


async def _entry(tx: Transaction, thread_id: str) -> dict[str, Any]:
    look = await tx.reading()
    found = await queries.lying_at(look, tx.caller, thread_id)
    if found is None:
        raise NotFound
    [entry], people = await shown(look, tx.caller, [found], now=tx.now)
    return {**entry, "people": people}


async def _lying(
    reading: Reading, look: Any, name: str, place: Any, limit: int, newest: Sequence[Lying]
) -> tuple[list[Lying], Any]:
    """Return a page and the place after it: `[position, thread, after, top]`; the first is among the `newest`, unless they end.

    After the oldest come once more those that changed since the first page was read, above `top`: they may have been passed by.
    """
    position, thread_id, after, top = place or [*LAST, 0, await reading.position()]
    is_first = place is None and name != "done"
    found = [one for one in newest if name in one.shelves(look.now)][: limit + 1] if is_first else []
    if not is_first or (len(found) <= limit and len(newest) == queries.MOST_COUNTED):
        rows = queries.lying(reading, look.caller, done=name == "done", before=(position, thread_id), after=after)
        found = await _first(limit + 1, (one async for one in rows if name in one.shelves(look.now)))
    if len(found) > limit:
        return found[:limit], [found[limit - 1].position, found[limit - 1].thread_id, after, top]
    now = await reading.position()
    changed = await _first(1, queries.lying(reading, look.caller, done=name == "done", after=top)) if now > top else []
    return found, [*LAST, top, now] if changed else None


async def _waiting(reading: Reading, look: Any, place: Any, limit: int) -> tuple[list[Waits], Any]:
    found = await _first(limit + 1, queries.waiting(reading, look.caller, before=tuple(place or LAST)))
    more = len(found) > limit
    return found[:limit], [found[limit - 1].since, found[limit - 1].thread_id] if more else None


async def _first(number: int, rows: AsyncIterator[T]) -> list[T]:
    found: list[T] = []
    async for one in rows:
        found.append(one)
        if len(found) == number:
            break
    return found
