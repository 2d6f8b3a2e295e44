"""Erase a person."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from ..http import Write
from ..wire import PersonId
from . import commands

router = APIRouter(prefix="/v1", tags=["people"])


@router.delete("/people", status_code=204, response_model=None)
async def erase_person(person_id: Annotated[PersonId, Query()], write: Write, request: Request) -> Response:
    """Erase a person with all that they wrote, for good. Needs a server key with the scope full."""
    write.caller.must_be_host("full")
    state = request.app.state

    async def nothing(_: Any, __: Any) -> None:
        return None

    done = await write(commands.erase_person, state.vault, person_id, present=nothing, alone=True)
    state.doubts.cast(write.caller.workspace_id)
    await state.sweep.soon(write.caller.workspace_id)
    return done
