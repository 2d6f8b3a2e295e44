"""Whom one can mention, over HTTP; and asking the host to let somebody see it."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from ..access.policy import must
from ..database import Reading, Transaction
from ..errors import ValidationFailed
from ..events.bus import everybodys_hint
from ..http import Look, Looking, Write, answer
from ..paging import Cursor, Cursors, Limit
from ..people import wire
from ..people.queries import people_named
from ..records.model import Record
from ..records.queries import level_on, record_named
from ..wire import PersonId, RecordName, RequestId, Text, ThreadId
from . import queries, request_wire, requesting
from .mentionable import Here, mentionable, mentionable_groups
from .mentioning import refused
from .request_model import AccessRequest

router = APIRouter(prefix="/v1", tags=["people"])


@router.get("/people", response_model=wire.Found)
async def find_people(
    look: Look, request: Request, query: Annotated[Text, Query(max_length=128)] = "", record: RecordName | None = None,
    thread: ThreadId | None = None, id: Annotated[list[PersonId] | None, Query(max_length=100)] = None,  # noqa: A002 the word
    limit: Limit = 20, cursor: Cursor = None,
) -> Response:  # fmt: skip
    """Find people to mention by name, word of it or id, the best matches first, and groups.

    With `record`, only those who can see it; with `thread`, only those who can see that, first those who wrote there. With
    `id`, which of these people can: a mention of the others would be refused.
    """
    if id:
        return await _of_these(look, record, thread, id)
    cursors: Cursors = request.app.state.cursors
    caller, about = look.caller, f"people {query} {record} {thread}"
    begun = cursors.open(caller.workspace_id, about, cursor)
    async with look(snapshot=True) as reading:
        here = await _here(reading, caller, record, thread)
        as_of = begun[0] if begun else here.thread.seq if here.thread else 0
        found, last = await mentionable(reading, caller, here, query, as_of=as_of, after=begun and tuple(begun[1]), limit=limit)
        groups = await mentionable_groups(reading, caller, here, query) if begun is None else []
    shown = [wire.person(one, private=caller.is_host or one.id == caller.person_id) for one in found]
    return answer({
        "data": shown, "groups": groups, "next": last and cursors.seal(caller.workspace_id, about, [as_of, list(last)]),
    })  # fmt: skip


@router.post("/access/requests", response_model=request_wire.AccessRequest, status_code=201, tags=["people"])
async def request_access(draft: request_wire.AccessRequestDraft, write: Write, request: Request) -> Response:
    """Ask the host to let somebody see a record or a discussion; it hears `access.requested`, and who manages is told."""

    async def present(tx: Transaction, row: AccessRequest) -> dict[str, Any]:
        record = await tx.get(Record, row.record_id)
        return {**request_wire.request(row, record), "record": draft.record or record.name}

    done: Response = await write(requesting.request_access, draft, present=present)
    request.app.state.hint({everybodys_hint(write.caller.workspace_id)})
    return done


@router.delete("/access/requests/{request_id}", status_code=204, response_model=None, tags=["people"])
async def dismiss_request(request_id: RequestId, write: Write, request: Request) -> Response:
    """Put a request for access away, for everybody who is told of it; the host hears `access.closed`."""

    async def nothing(_: Any, __: Any) -> None:
        return None

    done: Response = await write(requesting.dismiss_request, request_id, present=nothing)
    request.app.state.hint({everybodys_hint(write.caller.workspace_id)})
    return done


async def _of_these(look: Looking, record: str | None, thread: str | None, ids: list[str]) -> Response:
    caller = look.caller
    async with look(snapshot=True) as reading:
        here = await _here(reading, caller, record, thread)
        if not here.name:
            raise ValidationFailed.at("id", "goes with record or thread: where these people are to be mentioned")
        hidden = {one["id"] for one in await refused(reading, caller, ids, here.sight)}
        rows = await people_named(reading, [one for one in ids if one not in hidden])
    shown = [wire.stranger(row.id) if caller.guest else wire.person(row, private=caller.is_host) for row in rows]
    return answer({"data": shown, "groups": [], "next": None})


async def _here(reading: Reading, caller: Any, name: str | None, thread_id: str | None) -> Here:
    """Return where to mention somebody. Raises `NotFound` when the caller may not see it."""
    if thread_id is not None:
        thread, record, _ = await queries.visible(reading, caller, thread_id)
        named = await record_named(reading, name) if name else record
        if named is None or named.id != record.id:
            raise ValidationFailed.at("record", "is the one that the thread is on")
        return Here(record.name, record, thread)
    if name is None:
        return Here()
    row = await record_named(reading, name)
    if caller.scope != "describe":
        must(level_on(caller, name, row), "read")
    return Here(row.name if row else name, row)
