"""Threads over HTTP: opening, listing, their state and purpose, and what they are to one person."""

from dataclasses import astuple, replace
from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Query, Request, Response

from ..database import Reading, Transaction
from ..errors import NotFound
from ..events.bus import personal_hint
from ..http import Expected, Look, Write, answer
from ..paging import Cursor, Cursors, Limit
from ..records.model import Record
from ..records.queries import level_on
from ..search.asking import LONGEST, asked
from ..wire import Listing, PersonId, RecordName, RecordType, Text, ThreadId
from . import commands, finding, listing, marks, present, queries, text, visibility, wire
from .model import Participation, Thread
from .watching import draws

router = APIRouter(prefix="/v1", tags=["threads"])


@router.post("/threads", response_model=wire.Thread, status_code=201)
async def open_thread(draft: wire.ThreadDraft, write: Write, render: wire.Render = "html") -> Response:
    """Open a discussion with its first comment; the record may be new."""
    return await write(commands.open_thread, draft, await text.said(draft.body), present=_whole(write, render))


@router.get("/threads", response_model=Listing[wire.Thread])
async def list_threads(
    look: Look, request: Request, record: RecordName | None = None,
    type: RecordType | None = None,  # noqa: A002 the contract's word
    parent: RecordName | None = None, status: wire.Status | None = None, sponsor: PersonId | None = None,
    participant: PersonId | None = None, assignee: PersonId | None = None, overdue: bool | None = None,
    unanswered: bool | None = None, label: Text | None = None, q: Annotated[Text | None, Query(max_length=LONGEST)] = None,
    sort: Literal["opened", "activity"] = "opened", limit: Limit = 20, cursor: Cursor = None,
    render: wire.Render = "html",
) -> Response:  # fmt: skip
    """List threads across records, newest first; only what the caller may see.

    With `q`, those that have all its words, each with a `snippet`. The last word may be a beginning; `"in this order"` is looked
    for as it stands, `-without` must not be there.
    """
    cursors: Cursors = request.app.state.cursors
    wanted = asked(q) if q is not None else None
    filters = listing.Filter(record, type, parent, status, sponsor, participant, assignee, overdue, unanswered, label, wanted)
    here, about = look.caller.workspace_id, f"threads {sort} {orjson.dumps((q, astuple(replace(filters, asked=None)))).decode()}"
    before = cursors.open(here, about, cursor)
    async with look(snapshot=True) as reading:
        found, after = await listing.threads_for(
            reading, look.caller, filters, sort=sort, before=before and tuple(before), limit=limit, now=look.now
        )
        shown, _ = await queries.shown_threads(reading, look.caller, found, comments=False)
        if wanted is not None:
            await finding.add_snippets(reading, wanted, shown, [record.id for _, record, _ in found], render=render)
    return answer({"data": shown, "next": after and cursors.seal(here, about, after)})


@router.get("/threads/{thread_id}", response_model=wire.Thread)
async def get_thread(thread_id: ThreadId, look: Look, render: wire.Render = "html") -> Response:
    """Return one thread with its last 20 comments."""
    async with look(snapshot=True) as reading:
        found = await queries.visible(reading, look.caller, thread_id)
        return answer(await _shown(reading, look.caller, found, render))


@router.patch("/threads/{thread_id}", response_model=wire.Thread)
async def change_thread(thread_id: ThreadId, patch: wire.ThreadPatch, write: Write, expected: Expected) -> Response:
    """Change goal, sponsor, due date, title, labels or metadata; null takes it away."""
    return await write(commands.change_thread, thread_id, patch, expected, present=_whole(write))


@router.put("/threads/{thread_id}/resolution", response_model=wire.Thread)
async def resolve_thread(thread_id: ThreadId, draft: wire.ResolutionDraft, write: Write, expected: Expected) -> Response:
    """End a discussion with an outcome."""
    return await write(commands.resolve_thread, thread_id, draft, expected, present=_whole(write))


@router.delete("/threads/{thread_id}/resolution", response_model=wire.Thread)
async def reopen_thread(
    thread_id: ThreadId, write: Write, expected: Expected, reason: Annotated[Text, Query(max_length=2000)] = ""
) -> Response:
    """Let a resolved or archived discussion go on."""
    return await write(commands.reopen_thread, thread_id, reason, expected, present=_whole(write))


@router.put("/threads/{thread_id}/archive", response_model=wire.Thread)
async def archive_thread(thread_id: ThreadId, write: Write, expected: Expected) -> Response:
    """Put a discussion away; it stays readable."""
    return await write(commands.archive_thread, thread_id, expected, present=_whole(write))


@router.put("/threads/{thread_id}/visibility", response_model=wire.Thread)
async def set_visibility(
    thread_id: ThreadId, draft: wire.VisibilityDraft, write: Write, expected: Expected, request: Request
) -> Response:
    """Change who sees a thread. Where others would newly see it, 409 says who: send it again with `confirm` equal to that."""
    done = await write(visibility.set_visibility, thread_id, draft, expected, present=_whole(write))
    request.app.state.doubts.cast(write.caller.workspace_id)
    return done


@router.put("/threads/{thread_id}/watch", response_model=wire.Thread)
async def watch_thread(thread_id: ThreadId, draft: wire.ThreadWatchDraft, write: Write) -> Response:
    """Choose how much to hear of a thread."""
    return await write(marks.watch, thread_id, draft.level, present=_whole(write))


@router.put("/threads/{thread_id}/read", response_model=wire.Viewer)
async def read_thread(thread_id: ThreadId, draft: wire.ThreadReadDraft, write: Write, look: Look, request: Request) -> Response:
    """Take note of how far the caller has read; never goes back. Answers what the thread is to them now."""
    async with look() as reading:  # not in the commit: this is called for every message that comes into view
        drawn = await draws(reading, write.caller.person_id, [thread_id])

    async def viewer(tx: Transaction, thread: Thread) -> dict[str, Any]:
        record = await tx.look(Record, thread.record_id)
        mine = await tx.look(Participation, thread.id, tx.actor_id)
        return present.viewer(thread, tx.caller, level_on(tx.caller, "", record), mine, drawn.level(thread, mine))

    wanted = [
        (Thread, (write.caller.workspace_id, thread_id)),
        (Participation, (write.caller.workspace_id, thread_id, write.caller.person_id or "")),
    ]
    done = await write(marks.read, thread_id, draft.seq, present=viewer, wanted=wanted)
    request.app.state.hint({personal_hint(write.caller.workspace_id, write.caller.person_id or "")})
    return done


def _whole(write: Any, render: present.Render = "html") -> Any:
    async def show(tx: Transaction, row: Thread) -> dict[str, Any]:
        reading = await tx.reading()
        record = await reading.row(Record, id=row.record_id)
        if record is None:
            raise NotFound
        return await _shown(reading, write.caller, (row, record, level_on(write.caller, record.name, record)), render)

    return show


async def _shown(reading: Reading, caller: Any, found: tuple[Thread, Record, int], render: present.Render) -> dict[str, Any]:
    [thread], people = await queries.shown_threads(reading, caller, [found], render=render)
    return {**thread, "people": people}
