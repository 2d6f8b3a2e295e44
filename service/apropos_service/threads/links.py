"""Links to a discussion, for mail and "Copy link": they lead to the host's own page, wherever the record has gone since.

Law: a link tells nothing but that address, and only to somebody who has the thread's id, which nobody can guess; a link
to nothing and one that leads nowhere look the same (docs/decisions/0005).
"""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from starlette.responses import HTMLResponse, RedirectResponse

from ..ids import is_id

router = APIRouter(tags=["links"])
WHERE = """SELECT r.url FROM thread t JOIN record r ON r.workspace_id = t.workspace_id AND r.id = t.record_id WHERE t.id = :id"""
NOWHERE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Apropos</title>
<p>There is no discussion here that you can see.</p>
</html>
"""
QUIET = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


@router.head("/t/{thread_id}", include_in_schema=False)
@router.get(
    "/t/{thread_id}",
    status_code=302,
    response_class=Response,
    responses={
        302: {"description": "To the record's page in the host, with `#apropos=` and the thread's id"},
        404: {
            "content": {"text/html": {}, "application/problem+json": {}},
            "description": "There is no discussion, or its record has no address",
        },
    },
)
async def follow_link(thread_id: Annotated[str, Path(max_length=100)], request: Request) -> Response:
    """Lead to the page of the host that shows the record of this discussion."""
    address = await _address(request, thread_id) if is_id(thread_id, "thr") else None
    if address is None:
        return HTMLResponse(NOWHERE, 404, QUIET)
    return RedirectResponse(f"{address.partition('#')[0]}#apropos={thread_id}", 302, QUIET)


async def _address(request: Request, thread_id: str) -> str | None:
    async with request.app.state.database.reading("") as look:
        found = await look.fetch(WHERE, id=thread_id)
    return found[0][0] if found else None
