"""The audit log over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from ..errors import Forbidden
from ..http import Look, answer
from ..paging import Cursor, Cursors, Limit
from ..wire import Instant, Line, Listing, PersonId, RecordName, ThreadId
from . import queries, wire

router = APIRouter(prefix="/v1/audit", tags=["workspace"])
DAY = 86_400_000
Types = Annotated[str | None, Query(max_length=1000, examples=["key.created,key.revoked"])]


@router.get("", response_model=Listing[wire.AuditEntry])
async def list_audit(
    look: Look, request: Request, types: Types = None, actor: PersonId | None = None, by: Line | None = None,
    record: RecordName | None = None, thread_id: ThreadId | None = None, since: Instant | None = None,
    until: Instant | None = None, limit: Limit = 20, cursor: Cursor = None,
) -> Response:  # fmt: skip
    """Return who did what, the newest first. Needs a server key with the scope full, or a person with the role admin.

    `by` is a key's id, or `operator:` with a name; `since` and `until` are times. A page may be short and have a `next`.
    """
    if look.caller.scope != "full" and look.caller.role != "admin":
        raise Forbidden("This needs a server key with the scope full, or the role admin.")
    cursors: Cursors = request.app.state.cursors
    here = look.caller.workspace_id
    wanted = [one for one in (types or "").split(",") if one]
    asked = queries.Filter(wanted, actor, by, record, thread_id, since, until)
    oldest = look.now - request.app.state.settings.audit_days * DAY
    async with look(snapshot=True) as reading:
        before = cursors.open(here, "audit", cursor)
        page = await queries.entries_before(reading, look.caller, asked, before=before, limit=limit, oldest=oldest)
    following = page.before and cursors.seal(here, "audit", page.before)
    return answer({"data": wire.entries(page), "next": following or None})
