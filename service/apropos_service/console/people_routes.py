"""People, as the host described them; and erasing one, in two steps."""

from fastapi import APIRouter, Response

from ..erasing import queries
from ..erasing import routes as erasing
from ..errors import NotFound, Problem
from ..people.queries import cards
from ..threads import mention_routes
from .desk import Desk, done, said, seated

router = APIRouter(prefix="/console", include_in_schema=False)
GOES = {
    "comments": "messages, with their earlier versions: a stub stays in the place of each",
    "discussions": "discussions they opened: title, goal and labels go where nobody changed them since; what others wrote stays",
    "files": "files", "actions": "actions they wrote", "assigned": "open actions that are theirs to do: nobody's from then on",
    "sponsored": "open discussions they sponsor: nobody's from then on", "votes": "votes: they count on, without name or reason",
    "reactions": "reactions", "mentions": "mentions of them by others",
}  # fmt: skip
"""What goes, by the names of `queries.NAMES`."""


async def _people(desk: Desk) -> Response:
    """List people."""
    q = desk.asked("q")
    page = await said(mention_routes.find_people(desk.look, desk.request, query=q, limit=50, cursor=desk.asked("cursor") or None))
    return desk.page("people", here="people", found=page["data"], groups=page["groups"], following=page["next"], q=q)


async def _what_goes(desk: Desk, person_id: str = "", problem: Problem | None = None) -> Response:
    """Say what there is of a person, before they are erased."""
    desk.caller.must_be_host("full")
    which = person_id or desk.asked("person_id")
    async with desk.look(snapshot=True) as look:
        if not which or not await queries.is_known(look, which):
            raise NotFound(f"Nobody is known as {which}.")
        found, card = await queries.traces(look, which), (await cards(look, [which]))[which]
    goes = [(found[name], GOES[name]) for name in queries.NAMES if found[name]]
    return desk.page("erase_person", here="people", card=card, goes=goes, problem=problem, status=422 if problem else 200)


async def _erase(desk: Desk) -> Response:
    """Erase a person, once their id was typed."""
    which = desk.form["person_id"]
    if desk.form["typed"] != which:
        return await _what_goes(desk, which, NotFound("That is not their id; nothing was erased."))
    await erasing.erase_person(which, desk.write, desk.request)
    return done("/console/people", "erased")


router.get("/people")(seated(_people))
router.get("/people/erase")(seated(_what_goes))
router.post("/people/erase")(seated(_erase))
