"""People, as the host described them."""

from fastapi import APIRouter, Response

from ..threads import mention_routes
from .desk import Desk, said, seated

router = APIRouter(prefix="/console", include_in_schema=False)


async def _people(desk: Desk) -> Response:
    """List people."""
    q = desk.asked("q")
    page = await said(mention_routes.find_people(desk.look, desk.request, query=q, limit=50, cursor=desk.asked("cursor") or None))
    return desk.page("people", here="people", found=page["data"], groups=page["groups"], following=page["next"], q=q)


router.get("/people")(seated(_people))
