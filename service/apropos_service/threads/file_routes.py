"""Files over HTTP: bringing one, having it with a bearer or by a sealed address, taking it away."""

import asyncio
import errno
import secrets
from dataclasses import replace
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Depends, Header, Query, Request, Response

from ..access.policy import Caller, must
from ..access.verdicts import Verdicts
from ..attachments import wire
from ..attachments.links import Links, open_link
from ..attachments.model import Attachment
from ..attachments.receiving import Arrival, arriving
from ..attachments.serving import serve
from ..database import Transaction
from ..errors import NotFound, Overloaded, StorageIsFull, Unauthenticated
from ..http import Look, Looking, Write, answer, calling
from ..ids import new
from ..records.model import Record
from ..records.queries import level_on, record_named
from ..wire import AttachmentId, Listing
from . import filing

router = APIRouter(prefix="/v1", tags=["attachments"])
log = structlog.get_logger()
FULL = {errno.ENOSPC, errno.EDQUOT}
FORM = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": wire.Upload.model_json_schema()}}}}
CONTENT: dict[int | str, dict[str, Any]] = {
    200: {"description": "What is in the file", "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}},
    304: {"description": "Nothing changed"},
}


async def viewing(
    request: Request, attachment_id: AttachmentId, token: Annotated[str | None, Query(max_length=4000)] = None
) -> Looking:
    """Give the route its way to look: for the bearer, or for whom the address was sealed."""
    known: Caller | None = getattr(request.state, "caller", None)
    if known is not None or token is None or "authorization" in request.headers:
        return Looking(request, known or await calling(request))
    state = request.app.state
    opened = open_link(state.vault, attachment_id, token, state.clock.now())
    if opened is None or opened[1] != await _epoch(request, opened[0]):
        raise Unauthenticated("This address of a file has expired; ask for it again.")
    workspace = await state.workspaces.find(opened[0].workspace_id)
    caller = replace(opened[0], verdicts=Verdicts()) if workspace.access_url else opened[0]
    state.limits.count(request, caller)
    request.state.caller = caller
    return Looking(request, caller)


@router.post("/attachments", response_model=wire.Attachment, status_code=201, openapi_extra=FORM)
async def upload_attachment(request: Request, look: Look, write: Write) -> Response:
    """Bring a file of at most 25 MB, to post a comment with it within a day. Only its uploader sees it until then."""
    links, request.state.streams = await _links(request, look), True

    async def show(tx: Transaction, row: Attachment) -> dict[str, Any]:
        record = await tx.look(Record, row.record_id)
        if record is None:
            raise NotFound
        return _sealed(links, row, record)

    async with arriving(request) as arrival:
        await _must_take(request, look, arrival.record)
        attachment_id, place = arrival.id or new("att"), f"{look.caller.workspace_id}/{secrets.token_hex(16)}"
        await _keep(request, look.caller.workspace_id, arrival, attachment_id, place)
        return await write(filing.bring_attachment, arrival, attachment_id, place, present=show, said=arrival.print())


@router.get("/attachments", response_model=Listing[wire.Attachment])
async def get_attachments(
    id: Annotated[list[AttachmentId], Query(min_length=1, max_length=100)],  # noqa: A002 the contract's word
    request: Request,
    look: Look,
) -> Response:
    """Return the cards of these files with addresses that a page can load; those that are unknown or hidden are left out."""
    links = await _links(request, look)
    async with look(snapshot=True) as reading:
        found = await filing.seen(reading, look.caller, id)
    return answer({"data": [_sealed(links, row, record) for row, record in found], "next": None})


@router.get("/attachments/{attachment_id}", response_class=Response, responses=CONTENT)
async def get_attachment(
    attachment_id: AttachmentId,
    request: Request,
    look: Annotated[Looking, Depends(viewing)],
    thumbnail: bool = False,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Return a file, or its thumbnail, in a way that nothing in it can run: a picture to show, anything else to download."""
    async with look(snapshot=True) as reading:
        found = await filing.seen(reading, look.caller, [attachment_id])
    if not found:
        raise NotFound
    return await serve(request.app.state.files, found[0][0], thumbnail=thumbnail, if_none_match=if_none_match)


@router.delete("/attachments/{attachment_id}", status_code=204, response_model=None)
async def remove_attachment(attachment_id: AttachmentId, request: Request, write: Write) -> Response:
    """Take a file away, for good: who brought it may, and whoever manages."""

    async def nothing(_: Any, __: Any) -> None:
        return None

    done = await write(filing.remove_attachment, attachment_id, present=nothing)
    await request.app.state.sweep.soon(write.caller.workspace_id)
    return done


async def _must_take(request: Request, look: Looking, name: str) -> None:
    """Raise `NotFound` or `Forbidden` by the policy, before anything is kept; the host is asked here where it is to be asked."""
    async with look() as reading:
        record = await record_named(reading, name)
    rank, verdicts = level_on(look.caller, name, record), look.caller.verdicts
    if verdicts is not None and verdicts.missing:
        await request.app.state.asking.fill(look.caller.workspace_id, verdicts)
        rank = level_on(look.caller, name, record)
    must(rank, "comment")


async def _keep(request: Request, workspace_id: str, arrival: Arrival, attachment_id: str, place: str) -> None:
    """Write the file, which is loose until its row is committed and a comment takes it."""
    state = request.app.state
    await state.database.write(workspace_id, lambda tx: filing.expect_file(tx, place, attachment_id))
    try:
        await asyncio.to_thread(state.files.keep, place, arrival.content, arrival.thumbnail)
    except Exception as problem:
        log.exception("a file could not be written", problem=repr(problem))
        if isinstance(problem, OSError) and problem.errno in FULL:
            raise StorageIsFull("There is no room left for files.", retry_after=30) from problem
        raise Overloaded("The storage of files does not take this now.", retry_after=5) from problem


async def _links(request: Request, look: Looking) -> Links:
    return Links(request.app.state.vault, look.caller, await _epoch(request, look.caller), look.now)


async def _epoch(request: Request, caller: Caller) -> int | None:
    workspace = await request.app.state.workspaces.find(caller.workspace_id)
    return None if workspace is None else workspace.epoch


def _sealed(links: Links, row: Attachment, record: Record) -> dict[str, Any]:
    token = links.seal(row.id, record.name, record.access)
    return wire.attachment(row, record.name, token=token, expires_at=links.expires_at)
