"""Server keys and signing keys: made and shown once, rotated, ended."""

from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Response

from ..access import routes as access
from ..access import wire
from ..errors import NotFound, Problem
from ..ids import new
from .desk import Desk, done, said, seated

router = APIRouter(prefix="/console", include_in_schema=False)


async def _keys(desk: Desk, made: Any = None, problem: Problem | None = None) -> Response:
    """List server keys, with the one that was just made."""
    found = (await said(access.list_keys(desk.look)))["data"]
    now = datetime.now(UTC).isoformat()
    for key in found:
        key["state"] = "revoked" if key["revoked_at"] else "expired" if key["expires_at"] and key["expires_at"] < now else "valid"
    return desk.page("keys", here="keys", found=found, made=made, problem=problem, fresh=new("key"), status=422 if problem else 200)


async def _make_key(desk: Desk) -> Response:
    """Make a server key, or one like another that it is to stand for."""
    form = desk.form
    try:
        if form.get("like"):
            like = next((key for key in (await said(access.list_keys(desk.look)))["data"] if key["id"] == form["like"]), None)
            if like is None:
                raise NotFound("There is no such key.")
            given = {"name": like["name"], "scope": like["scope"], "expires_at": like["expires_at"]}
        else:
            until = form.get("expires_at")
            given = {"name": form.get("name"), "scope": form.get("scope"), "expires_at": f"{until}T23:59:59Z" if until else None}
        draft = desk.draft(wire.KeyDraft, **given, **({"id": form["id"]} if form.get("id") else {}))
        made = await said(access.create_key(draft, desk.write, desk.request))
    except Problem as refused:
        return await _keys(desk, problem=refused)
    return await _keys(desk, made={**made, "rotates": bool(form.get("like"))})


async def _end_key(desk: Desk) -> Response:
    """Revoke a server key."""
    await access.revoke_key(desk.form.get("id", ""), desk.write, desk.request)
    return done("/console/keys", "revoked")


async def _signing_keys(desk: Desk, made: Any = None, problem: Problem | None = None) -> Response:
    """List signing keys, with the secret that was just made."""
    found = (await said(access.list_signing_keys(desk.look)))["data"]
    facts = {"found": found, "made": made, "problem": problem, "fresh": new("key")}
    return desk.page("signing_keys", here="signing-keys", status=422 if problem else 200, **facts)


async def _add_signing_key(desk: Desk) -> Response:
    """Add a signing key."""
    form, kind = desk.form, desk.form.get("kind")
    try:
        named = {"value": form.get("value")} if kind == "pem" else {"url": form.get("url")} if kind == "jwks" else {}
        draft = desk.draft(wire.SigningKeyDraft, kind=kind, **named, **({"id": form["id"]} if form.get("id") else {}))
        made = await said(access.add_signing_key(draft, desk.write, desk.request))
    except Problem as refused:
        return await _signing_keys(desk, problem=refused)
    return await _signing_keys(desk, made=made)


async def _remove_signing_key(desk: Desk) -> Response:
    """Take a signing key away."""
    await access.remove_signing_key(desk.form.get("id", ""), desk.write, desk.request)
    return done("/console/signing-keys", "removed")


router.get("/keys")(seated(_keys))
router.post("/keys")(seated(_make_key))
router.post("/keys/revoke")(seated(_end_key))
router.get("/signing-keys")(seated(_signing_keys))
router.post("/signing-keys")(seated(_add_signing_key))
router.post("/signing-keys/remove")(seated(_remove_signing_key))
