"""Records and discussions: found, looked at, closed, opened again, put away."""

from typing import Any

from fastapi import APIRouter, Response

from ..threads import routes as threads
from ..threads import wire
from . import queries
from .desk import Desk, done, said, seated

router = APIRouter(prefix="/console", include_in_schema=False)
STATUSES = ("open", "resolved", "archived")


async def _records(desk: Desk) -> Response:
    """List records."""
    async with desk.look(snapshot=True) as look:
        found, following = await queries.records_called(look, desk.caller, desk.asked("q"), desk.asked("after"))
    return desk.page("records", here="records", found=found, following=following, q=desk.asked("q"))


async def _discussions(desk: Desk) -> Response:
    """List discussions."""
    q, record, status = desk.asked("q"), desk.asked("record"), desk.asked("status")
    asked: dict[str, Any] = {"status": status if status in STATUSES else None, "record": record or None, "q": q or None}
    page = await said(threads.list_threads(desk.look, desk.request, **asked, limit=50, cursor=desk.asked("cursor") or None))
    facts = {"found": page["data"], "following": page["next"], "q": q, "record": record, "chosen": status}
    return desk.page("discussions", here="discussions", **facts)


async def _discussion(desk: Desk) -> Response:
    """Show one discussion."""
    thread = await said(threads.get_thread(_id(desk), desk.look))
    return desk.page("discussion", here="discussions", thread=thread, people=thread["people"])


async def _change(desk: Desk) -> Response:
    """Close, open again or put away."""
    thread_id, do = _id(desk), desk.form.get("do")
    if do == "close":
        draft = desk.draft(wire.ResolutionDraft, summary=desk.form.get("summary", ""))
        await threads.resolve_thread(thread_id, draft, desk.write, None)
        return done(f"/console/discussions/{thread_id}", "closed")
    if do == "reopen":
        await threads.reopen_thread(thread_id, desk.write, None, desk.form.get("reason", ""))
        return done(f"/console/discussions/{thread_id}", "reopened")
    await threads.archive_thread(thread_id, desk.write, None)
    return done(f"/console/discussions/{thread_id}", "archived")


def _id(desk: Desk) -> str:
    return str(desk.request.path_params["thread_id"])


router.get("/records")(seated(_records))
router.get("/discussions")(seated(_discussions))
router.get("/discussions/{thread_id}")(seated(_discussion))
router.post("/discussions/{thread_id}")(seated(_change))
