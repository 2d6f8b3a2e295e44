"""The way in and out of the console, and the files of its pages."""

from fastapi import APIRouter, Request, Response

from ..errors import NotFound, Problem
from . import paper, sessions
from .desk import Desk, seated

router = APIRouter(prefix="/console", include_in_schema=False)


@router.get("/files/{name}")
async def console_file(name: str, request: Request) -> Response:  # noqa: ARG001 every route of the console takes it
    """Return a style or script of the pages."""
    found = paper.file(name)
    if found is None:
        raise NotFound
    return found


@router.get("/enter/{link}")
async def show_way_in(link: str, request: Request) -> Response:  # noqa: ARG001 the same
    """Show a button: a link that is merely looked at, by a mail program for example, is not used up."""
    return paper.page("enter", link=link, problem=None)


@router.post("/enter")
async def enter(request: Request) -> Response:
    """Sign in, by a link's secret or by an admin's token."""
    form = await request.form()
    link, token = str(form.get("link", "")), str(form.get("token", "")).strip()
    try:
        found = await sessions.enter(request, link=link, token=token)
        problem: Problem = NotFound(
            "This link was used, or it is too old. Make another: apropos console" if link else "That is not the token of an admin."
        )
    except Problem as refused:
        found, problem = None, refused
    return found or paper.page("enter", status=401, link="", problem=problem)


async def _leave(desk: Desk) -> Response:
    """Sign out."""
    return await sessions.leave(desk.request, desk.session)


router.post("/leave")(seated(_leave))
