"""The console's first page: how much there is, whether everything works, what was done last."""

from typing import Any

from fastapi import APIRouter, Response

from ..audit import routes as audit
from ..events.upkeep import standings
from . import queries
from .desk import Desk, said, seated

router = APIRouter(include_in_schema=False)


async def _overview(desk: Desk) -> Response:
    """Show the overview."""
    async with desk.look(snapshot=True) as look:
        numbers = await queries.numbers(look, desk.caller, desk.look.now)
    newest = await said(audit.list_audit(desk.look, desk.request, limit=8))
    return desk.page("overview", here="overview", numbers=numbers, newest=newest["data"], checks=await _checks(desk))


async def _checks(desk: Desk) -> list[dict[str, Any]]:
    """Return what an operator looks at first; an admin is not told of the machine."""
    if not desk.is_operator:
        return []
    state = desk.state
    bus = state.bus.healthy()
    checks = [
        {"name": "Database", "ok": True, "says": "answers"},
        {"name": "Bus", "ok": bus, "says": "carries hints" if bus else "does not answer: delivery is late by up to a second"},
    ]
    for one in await standings(state.database, [reader.name for reader in state.readers]):
        parked = f"parked {_entries(one.parked)}: {one.problem}. Once the cause is gone: apropos reader retry {one.reader}"
        behind = f"is {_entries(one.behind)} behind" if one.behind else "has read everything"
        checks.append({"name": f"Reader {one.reader}", "ok": not one.parked, "says": parked if one.parked else behind})
    return checks


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries"


router.get("/console")(seated(_overview))
