"""Describe records and look them up."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from ..access.policy import must
from ..database import Reading, Transaction
from ..http import Look, Write, answer
from ..wire import Listing, RecordName
from . import commands, erasing, moving, wire
from .model import Record, RecordWatch
from .queries import level_on, record_named, records_named
from .watching import watchers

router = APIRouter(prefix="/v1/records", tags=["records"])
Names = Annotated[list[RecordName], Query(min_length=1, max_length=100)]


async def _one(_: Any, row: Any) -> dict[str, Any]:
    return wire.record(row)


@router.post("", response_model=Listing[wire.Record])
async def describe_records(draft: wire.RecordsDraft, write: Write) -> Response:
    """Describe up to 500 records; what is not named stays, a field set to null goes. Needs a server key."""
    write.caller.must_be_host("full", "describe")

    async def present(_: Any, rows: list[Any]) -> dict[str, Any]:
        return {"data": [wire.record(row) for row in rows], "next": None}

    return await write(commands.describe_records, draft.records, present=present)


@router.get("", response_model=Listing[wire.Record])
async def get_records(record: Names, look: Look) -> Response:
    """Return the cards of these records, in the order asked; those that are unknown or hidden are left out."""
    async with look() as reading:
        found = await records_named(reading, record)
    caller, known = look.caller, [name for name in dict.fromkeys(record) if name in found]
    seen = [found[name] for name in known if caller.scope == "describe" or level_on(caller, name, found[name], most="read")]
    return answer({"data": [wire.record(row) for row in seen], "next": None})


@router.get("/watch", response_model=wire.Watch)
async def get_watch(record: RecordName, look: Look) -> Response:
    """Return how much the caller hears of a record and those under it."""
    person_id = look.caller.must_be_person()
    async with look() as reading:
        row = await record_named(reading, record)
        must(level_on(look.caller, record, row, most="read"), "read")
        return answer(await _watch(reading, row, person_id, record))


@router.put("/watch", response_model=wire.Watch)
async def watch_record(draft: wire.RecordWatchDraft, write: Write) -> Response:
    """Choose how much to hear of a record and those under it. What one chose for a discussion comes first."""

    async def shown(tx: Transaction, row: Record) -> dict[str, Any]:
        return await _watch(await tx.reading(), row, tx.caller.must_be_person(), row.name)

    return await write(commands.watch_record, draft.record, draft.level, present=shown)


@router.post("/rename", response_model=wire.Record)
async def rename_record(draft: wire.RenameDraft, write: Write) -> Response:
    """Give a record another name; its threads stay and the old name leads there. Needs a server key."""
    write.caller.must_be_host("full", "describe")
    return await write(moving.rename_record, draft.old, draft.new, present=_one)


@router.post("/merge", response_model=wire.Record)
async def merge_records(draft: wire.MergeDraft, write: Write) -> Response:
    """Move all threads of one record to another. Needs a server key with the scope full."""
    write.caller.must_be_host("full")
    return await write(moving.merge_records, draft.old, draft.into, present=_one, alone=True)


async def _watch(look: Reading, row: Record | None, person_id: str, name: str) -> dict[str, Any]:
    own = await look.row(RecordWatch, record_id=row.id, person_id=person_id) if row else None
    found = await watchers(look, [row]) if row else {}
    nearest = found.get(row.id if row else "", {}).get(person_id)
    levels = {"level": own.level if own else None, "watching": nearest.level if nearest else "mentions"}
    return {"record": row.name if row else name, **levels}


@router.delete("", status_code=204, response_model=None)
async def erase_record(record: RecordName, write: Write, request: Request) -> Response:
    """Erase a record with all its discussions, for good. Needs a server key with the scope full."""
    write.caller.must_be_host("full")

    async def nothing(_: Any, __: Any) -> None:
        return None

    done = await write(erasing.erase_record, record, present=nothing, alone=True)
    await request.app.state.sweep.soon(write.caller.workspace_id)
    return done
