"""What a person likes, over HTTP, and the command that changes it."""

from typing import Any

from fastapi import APIRouter, Response

from ..database import Reading, Transaction
from ..errors import Versions, unless_stale
from ..events.alarms import Alarm
from ..http import Expected, Look, Write, answer
from ..people import preferences
from ..people.hours import zones
from ..people.model import Person
from ..people.preferences import Preferences, liked
from . import preference_wire as wire
from .dates import SOON, soon_at

router = APIRouter(prefix="/v1", tags=["inbox"])


@router.get("/preferences", response_model=wire.Preferences)
async def get_preferences(look: Look) -> Response:
    """Return what the caller likes: what they chose, else what the host described, else the default."""
    person_id = look.caller.must_be_person()
    async with look() as reading:
        return answer(await _shown(reading, person_id))


@router.put("/preferences", response_model=wire.Preferences)
async def set_preferences(draft: wire.PreferencesDraft, write: Write, expected: Expected) -> Response:
    """Choose what one likes; what is not named stays, null goes back to the default."""

    async def shown(tx: Transaction, row: Preferences) -> dict[str, Any]:
        return await _shown(await tx.reading(), row.person_id)

    return await write(choose, draft, expected, present=shown)


async def choose(tx: Transaction, draft: wire.PreferencesDraft, version: Versions | None) -> Preferences:
    """Keep what a person chose; what is due soon is told at the time that now is right. Nobody else is told."""
    person_id = tx.caller.must_be_person()
    row = await tx.find(Preferences, person_id) or tx.add(Preferences(tx.workspace_id, person_id, {}, 0))
    unless_stale(row, version)
    chosen = preferences.merged(row.chosen, draft.chosen())
    if chosen == row.chosen:
        return row
    row.chosen, row.version = chosen, row.version + 1
    likes = preferences.of(chosen, await tx.look(Person, person_id))
    for alarm in await tx.rows(Alarm, "person_id = :me AND kind = :kind", me=person_id, kind=SOON):
        alarm.at = soon_at(alarm.due, likes)
    return row


async def _shown(look: Reading, person_id: str) -> dict[str, Any]:
    row = await look.row(Preferences, person_id=person_id)
    likes = (await liked(look, [person_id]))[person_id]
    known = likes["time_zone"] if likes["time_zone"] in zones() else "UTC"
    return {**likes, "time_zone": known, "version": row.version if row else 0}
