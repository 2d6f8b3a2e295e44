"""The doors of live delivery: a WebSocket for pages, server-sent events for those behind proxies that break it."""

from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from starlette.responses import StreamingResponse

from ..errors import UpgradeRequired
from ..http import Look, bearer
from ..paging import Cursor
from ..wire import RecordName
from .stream import Stream

router = APIRouter(prefix="/v1", tags=["live"])


@router.get("/live", response_model=None, responses={426: {"description": "Open a WebSocket"}})
async def live() -> Response:
    """Open a WebSocket here: `{"token"}` first, then `{"subscribe": [{"record", "after"}]}`. Anything else is answered 426."""
    raise UpgradeRequired


@router.get(
    "/stream", responses={200: {"content": {"text/event-stream": {}}, "description": "Events as they happen"}}, response_model=None
)
async def stream(
    record: RecordName, look: Look, request: Request, after: Cursor = None, last_event_id: Annotated[str | None, Header()] = None
) -> Response:
    """Stream the events of a record; `id` is the cursor, and `Last-Event-ID` resumes there.

    A cursor that is unknown is answered with `resync`, and the stream begins now; one that is too old, or another record's, with
    `resync` as its end, whose `id` is where to go on once the record was read anew.
    """
    state = request.app.state
    state.stopping.must_go_on()
    lines = await Stream().open(
        state, record, last_event_id or after, caller=look.caller, bearer=bearer(request),
        actor=request.headers.get("apropos-actor"),
    )  # fmt: skip
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(lines, media_type="text/event-stream", headers=headers)
