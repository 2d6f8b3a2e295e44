"""Templates over HTTP."""

from typing import Any

from fastapi import APIRouter, Response

from ..access.policy import must
from ..errors import ValidationFailed
from ..http import Look, Write, answer
from ..people.queries import cards
from ..records.queries import level_on, record_named
from ..wire import Listing, RecordName, RecordType, instant
from . import commands, queries, wire

router = APIRouter(prefix="/v1/templates", tags=["templates"])


@router.post("", response_model=Listing[wire.Template])
async def describe_templates(draft: wire.TemplatesDraft, write: Write) -> Response:
    """Describe up to 100 templates; what is not named stays. Needs a server key."""
    write.caller.must_be_host("full", "describe")

    async def present(_: Any, rows: list[Any]) -> dict[str, Any]:
        return {"data": [wire.template(row) for row in rows], "next": None}

    return await write(commands.describe_templates, draft.templates, present=present)


@router.get("", response_model=wire.Templates)
async def list_templates(look: Look, record: RecordName | None = None, type: RecordType | None = None) -> Response:  # noqa: A002 the contract's word
    """List templates: those for a `record`, resolved for it, or for a server key those of a `type`, as described."""
    if record is None:
        look.caller.must_be_host("full", "read", "describe")
        async with look() as reading:
            found = await queries.templates_of(reading, type)
        return answer({"data": [wire.template(row) for row in found], "next": None, "people": {}})
    if type is not None:
        raise ValidationFailed.at("type", "goes without a record: the record says its type")
    async with look(snapshot=True) as reading:
        row = await record_named(reading, record)
        if look.caller.scope != "describe":
            must(level_on(look.caller, record, row), "read")
        rows = await queries.templates_of(reading, row.type if row else record.partition(":")[0])
        resolved = await queries.resolve(reading, row, rows, now=look.now, verdicts=look.caller.verdicts)
        people = await cards(reading, [who for one in resolved for who in (one.sponsor, *one.people)])
    data = [
        wire.template(row, people=one.people, sponsor=one.sponsor, due_at=instant(one.due_at), missing=one.missing)
        for row, one in zip(rows, resolved, strict=True)
    ]
    return answer({"data": data, "next": None, "people": people})


@router.delete("", status_code=204, response_model=None)
async def remove_template(record_type: RecordType, name: wire.Name, write: Write) -> Response:
    """Take a template away; threads that began with it stay as they are. Needs a server key."""
    write.caller.must_be_host("full", "describe")

    async def nothing(_: Any, __: Any) -> None:
        return None

    return await write(commands.remove_template, record_type, name, present=nothing)
