"""The workspace's own settings and keys; needs a server key with the scope full."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from ..http import Expected, Look, Write, answer
from ..wire import Listing
from . import commands, wire
from .callers import workspace
from .keyring import must_be_callable
from .model import Key, SigningKey

router = APIRouter(prefix="/v1", tags=["workspace"])
Id = Annotated[str, Query(pattern=r"^key_[0-9a-z]{26}$")]


@router.get("/workspace", response_model=wire.WorkspaceShape)
async def get_workspace(look: Look) -> Response:
    """Return the workspace's settings."""
    look.caller.must_be_host("full")
    async with look() as reading:
        return answer(wire.workspace(await workspace(reading)))


@router.patch("/workspace", response_model=wire.WorkspaceShape)
async def change_workspace(patch: wire.WorkspacePatch, write: Write, expected: Expected, request: Request) -> Response:
    """Change the workspace's settings; what is not named stays. `access_secret` is shown once, when `access_url` is set."""
    write.caller.must_be_host("full")
    state = request.app.state
    if patch.access_url:
        await must_be_callable(state.settings, patch.access_url, member="access_url")

    async def present(_: Any, changed: Any) -> dict[str, Any]:
        return wire.workspace(*changed) if isinstance(changed, tuple) else wire.workspace(changed)

    done = await write(commands.change_workspace, patch, expected, state.vault, present=present)
    state.doubts.cast(write.caller.workspace_id)
    return done


@router.post("/access/changed", status_code=204, response_model=None)
async def access_changed(draft: wire.AccessChangedDraft, write: Write, request: Request) -> Response:
    """Forget what `access_url` said of these people and records, or all of it; open pages look again. Needs a server key."""
    write.caller.must_be_host("full", "describe")

    async def nothing(_: Any, __: Any) -> None:
        return None

    done = await write(commands.take_back_verdicts, draft, present=nothing)
    request.app.state.doubts.cast(write.caller.workspace_id)
    return done


@router.get("/keys", response_model=Listing[wire.KeyShape])
async def list_keys(look: Look) -> Response:
    """List the server keys, newest first; never their text."""
    look.caller.must_be_host("full")
    async with look() as reading:
        rows = await reading.rows(Key, "id <> '' ORDER BY created_at DESC, id DESC")
    return answer({"data": [wire.key(row) for row in rows], "next": None})


@router.post("/keys", response_model=wire.KeyShape, status_code=201)
async def create_key(draft: wire.KeyDraft, write: Write, request: Request) -> Response:
    """Make a server key; its text is in this answer and nowhere else."""
    write.caller.must_be_host("full")

    async def present(_: Any, made: Any) -> dict[str, Any]:
        return wire.key(*made)

    return await write(commands.create_key, draft, request.app.state.vault, present=present)


@router.delete("/keys", status_code=204, response_model=None)
async def revoke_key(id: Id, write: Write, request: Request) -> Response:  # noqa: A002 the contract's word
    """Revoke a server key."""
    return await _ended(commands.revoke_key, id, write, request)


@router.get("/workspace/signing-keys", response_model=Listing[wire.SigningKeyShape])
async def list_signing_keys(look: Look) -> Response:
    """List what person tokens are checked against; never a secret."""
    look.caller.must_be_host("full")
    async with look() as reading:
        rows = await reading.rows(SigningKey, "id <> '' ORDER BY created_at DESC, id DESC")
    return answer({"data": [wire.signing_key(row) for row in rows], "next": None})


@router.post("/workspace/signing-keys", response_model=wire.SigningKeyShape, status_code=201)
async def add_signing_key(draft: wire.SigningKeyDraft, write: Write, request: Request) -> Response:
    """Add a signing key: a secret made here and shown once, a PEM public key, or a JWKS address."""
    write.caller.must_be_host("full")
    if draft.url is not None:
        await must_be_callable(request.app.state.settings, draft.url, member="url")

    async def present(_: Any, made: Any) -> dict[str, Any]:
        return wire.signing_key(*made)

    done = await write(commands.add_signing_key, draft, request.app.state.vault, present=present)
    request.app.state.doubts.cast(write.caller.workspace_id)
    return done


@router.delete("/workspace/signing-keys", status_code=204, response_model=None)
async def remove_signing_key(id: Id, write: Write, request: Request) -> Response:  # noqa: A002 the contract's word
    """Take a signing key away; its tokens are refused within five seconds everywhere."""
    return await _ended(commands.remove_signing_key, id, write, request)


@router.delete("/keys/{key_id}", status_code=204, response_model=None)
async def revoke_key_by_path(key_id: str, write: Write, request: Request) -> Response:
    """Revoke a server key named in the path."""
    return await _ended(commands.revoke_key, key_id, write, request)


@router.delete("/workspace/signing-keys/{key_id}", status_code=204, response_model=None)
async def remove_signing_key_by_path(key_id: str, write: Write, request: Request) -> Response:
    """Take the signing key named in the path away."""
    return await _ended(commands.remove_signing_key, key_id, write, request)


async def _ended(command: Any, key_id: str, write: Any, request: Request) -> Response:
    write.caller.must_be_host("full")

    async def nothing(_: Any, __: Any) -> None:
        return None

    done: Response = await write(command, key_id, present=nothing)
    request.app.state.doubts.cast(write.caller.workspace_id)
    return done
