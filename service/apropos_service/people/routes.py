"""Describe people and groups."""

from typing import Any

from fastapi import APIRouter, Request, Response

from ..http import Write
from ..wire import Listing
from . import commands, wire

router = APIRouter(prefix="/v1", tags=["people"])


@router.post("/people", response_model=Listing[wire.Person])
async def describe_people(draft: wire.PeopleDraft, write: Write, request: Request) -> Response:
    """Describe up to 500 people; what is not named stays. Needs a server key."""
    write.caller.must_be_host("full", "describe")

    async def present(_: Any, people: list[Any]) -> dict[str, Any]:
        return {"data": [wire.person(each, private=True) for each in people], "next": None}

    done = await write(commands.describe_people, draft.people, present=present)
    request.app.state.doubts.cast(write.caller.workspace_id)
    return done


@router.post("/groups", response_model=Listing[wire.Group])
async def describe_groups(draft: wire.GroupsDraft, write: Write, request: Request) -> Response:
    """Describe up to 100 groups; `members` replaces who is in them. Needs a server key."""
    write.caller.must_be_host("full", "describe")

    async def present(_: Any, groups: list[wire.GroupDraft]) -> dict[str, Any]:
        return {"data": [group.model_dump() for group in groups], "next": None}

    done = await write(commands.describe_groups, draft.groups, present=present)
    request.app.state.doubts.cast(write.caller.workspace_id)
    return done
