"""Webhooks: made, tested, rotated, and what became of each delivery."""

import asyncio
from typing import Any

from fastapi import APIRouter, Response

from ..errors import Problem
from ..ids import new
from ..webhooks import routes as webhooks
from ..webhooks import wire
from .desk import Desk, done, said, seated

router = APIRouter(prefix="/console/webhooks", include_in_schema=False)
PAGE, MOST = 100, 1_000
"""How many deliveries are looked up at a time, and sent again at once."""
STATES = ("owed", "failing", "failed", "delivered")


async def _webhooks(desk: Desk, made: Any = None, problem: Problem | None = None) -> Response:
    """List webhooks, with the secret of the one that was just made."""
    found = (await said(webhooks.list_webhooks(desk.look)))["data"]
    facts = {"found": found, "made": made, "problem": problem, "fresh": new("whk"), "form": desk.form}
    return desk.page("webhooks", here="webhooks", status=422 if problem else 200, **facts)


async def _make(desk: Desk) -> Response:
    """Make a webhook."""
    form = desk.form
    try:
        draft = desk.draft(
            wire.WebhookDraft, url=form["url"], types=_listed(form["types"]) or ["*"], records=_listed(form["records"]) or None,
            description=form["description"] or None, id=form["id"] or None,
        )  # fmt: skip
        made = await said(webhooks.create_webhook(draft, desk.write, desk.request))
    except Problem as refused:
        return await _webhooks(desk, problem=refused)
    return await _webhooks(desk, made=made)


async def _webhook(desk: Desk, made: Any = None) -> Response:
    """Show one webhook with its deliveries, and the secret that was just made."""
    which, state = _id(desk), desk.asked("state")
    hook = await said(webhooks.get_webhook(which, desk.look))
    chosen: Any = state if state in STATES else None
    page = await said(webhooks.list_deliveries(
        which, desk.look, desk.request, state=chosen, type=desk.asked("type") or None, limit=50,
        cursor=desk.asked("cursor") or None,
    ))  # fmt: skip
    asked = {"state": state, "type": desk.asked("type")}
    return desk.page("webhook", here="webhooks", hook=hook, found=page["data"], following=page["next"], asked=asked, made=made)


async def _change(desk: Desk) -> Response:
    """Test, turn on or off, rotate, remove, replay, or send deliveries again: one, those that were chosen, all that match."""
    which, do, form = _id(desk), desk.form["do"], desk.form
    here = f"/console/webhooks/{which}"
    if do == "test":
        await webhooks.test_webhook(which, desk.write)
        return done(here, "tested")
    if do == "rotate":
        return await _webhook(desk, made=await said(webhooks.rotate_secret(which, desk.write, desk.request)))
    if do == "remove":
        await webhooks.remove_webhook(which, desk.write)
        return done("/console/webhooks", "webhook_removed")
    if do == "replay":
        since = {"after": f"{form['after']}T00:00:00Z"}
        until = {"before": f"{form['before']}T23:59:59Z"} if form["before"] else {}
        await webhooks.replay(which, desk.draft(wire.ReplayDraft, **since, **until), desk.write, desk.look, desk.request)
        return done(here, "replayed")
    if do.startswith("redeliver"):
        return done(here, await _redeliver(desk, which))
    patch = desk.draft(wire.WebhookPatch, enabled=do == "enable")
    await webhooks.change_webhook(which, patch, desk.write, None, desk.request)
    return done(here, "saved")


async def _redeliver(desk: Desk, which: str) -> str:
    """Send deliveries again; returns the word for what was done."""
    do = desk.form["do"]
    ids = await _matching(desk, which) if do == "redeliver_all" else desk.sent.get("delivery", [])
    await asyncio.gather(*(webhooks.redeliver(one, desk.write, desk.request) for one in ids[:MOST]))
    return "redelivered" if do == "redeliver" else "some_redelivered" if ids else "none_chosen"


async def _matching(desk: Desk, which: str) -> list[str]:
    """Return the ids of the deliveries that match what the form was filtered by, the newest first, at most `MOST`."""
    ids: list[str] = []
    state: Any = desk.form["state"] if desk.form["state"] in STATES else None
    cursor = None
    while len(ids) < MOST:
        page = await said(webhooks.list_deliveries(
            which, desk.look, desk.request, state=state, type=desk.form["type"] or None, limit=PAGE, cursor=cursor,
        ))  # fmt: skip
        ids += [one["id"] for one in page["data"]]
        cursor = page["next"]
        if cursor is None:
            break
    return ids


def _id(desk: Desk) -> str:
    return str(desk.request.path_params["webhook_id"])


def _listed(text: str) -> list[str]:
    return text.replace(",", " ").split()


router.get("")(seated(_webhooks))
router.post("")(seated(_make))
router.get("/{webhook_id}")(seated(_webhook))
router.post("/{webhook_id}")(seated(_change))
