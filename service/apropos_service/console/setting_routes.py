"""The workspace's settings, its templates, and the callback that says who may."""

from typing import Any

from fastapi import APIRouter, Response

from ..access import routes as access
from ..access import wire
from ..access.asking import NAMES
from ..errors import Problem
from ..records.names import parse_record
from ..templates import routes as templates
from ..templates import wire as template_wire
from .desk import Desk, done, said, seated

router = APIRouter(prefix="/console", include_in_schema=False)
RANKS = {name: rank for rank, name in NAMES.items()}


async def _settings(desk: Desk, problem: Problem | None = None) -> Response:
    """Show the settings."""
    found = await said(access.get_workspace(desk.look))
    return desk.page("settings", here="settings", workspace=found, problem=problem, status=422 if problem else 200)


async def _change_settings(desk: Desk) -> Response:
    """Change them."""
    form = desk.form
    types = form.get("require_outcome", "").replace(",", " ").split()
    try:
        patch = desk.draft(
            wire.WorkspacePatch, name=form.get("name"), time_zone=form.get("time_zone") or None, require_outcome=types
        )
        await access.change_workspace(patch, desk.write, frozenset({int(form.get("version") or 0)}), desk.request)
    except Problem as refused:
        return await _settings(desk, refused)
    return done("/console/settings", "saved")


async def _callback(desk: Desk, problem: Problem | None = None, secret: str = "", tried: object = None) -> Response:
    """Show the access callback."""
    found = await said(access.get_workspace(desk.look))
    facts = {"workspace": found, "problem": problem, "secret": secret, "tried": tried, "form": desk.form}
    return desk.page("callback", here="callback", status=422 if problem else 200, **facts)


async def _change_callback(desk: Desk) -> Response:
    """Set its address, which makes a new secret, or take it away."""
    url = desk.form.get("access_url") or None
    try:
        patch = desk.draft(wire.WorkspacePatch, access_url=url)
        changed = await said(access.change_workspace(patch, desk.write, None, desk.request))
    except Problem as refused:
        return await _callback(desk, refused)
    return await _callback(desk, secret=changed["access_secret"]) if url else done("/console/callback", "callback_removed")


async def _try_callback(desk: Desk) -> Response:
    """Ask it now, past what is remembered."""
    desk.caller.must_be_host("full")
    person, record, level = desk.form.get("person", ""), desk.form.get("record", ""), desk.form.get("level", "read")
    try:
        parse_record(record)
        tried = await desk.state.asking.tried(desk.caller.workspace_id, (person, record, RANKS.get(level, 1)))
    except ValueError as wrong:
        tried = {"problem": f"The record {wrong}."}
    return await _callback(desk, tried=tried)


async def _templates(desk: Desk, problem: Problem | None = None) -> Response:
    """List templates."""
    found = (await said(templates.list_templates(desk.look)))["data"]
    return desk.page("templates", here="templates", found=found, problem=problem, form=desk.form, status=422 if problem else 200)


async def _describe_template(desk: Desk) -> Response:
    """Describe a template: a new one, or another of the same name."""
    form = desk.form
    days = form.get("due_in_days", "")
    given: dict[str, Any] = {
        name: form.get(name) or None for name in ("title", "goal", "sponsor_role", "question", "kind", "visibility")
    }
    given |= {"due_in_days": int(days) if days.isdigit() else None}
    given |= {name: [one.strip() for one in form.get(name, "").split(",") if one.strip()] for name in ("people", "labels")}
    try:
        draft = desk.draft(
            template_wire.TemplatesDraft, templates=[{"record_type": form.get("record_type"), "name": form.get("name"), **given}]
        )
        await templates.describe_templates(draft, desk.write)
    except Problem as refused:
        return await _templates(desk, refused)
    return done("/console/templates", "described")


async def _remove_template(desk: Desk) -> Response:
    """Take a template away."""
    await templates.remove_template(desk.form.get("record_type", ""), desk.form.get("name", ""), desk.write)
    return done("/console/templates", "template_removed")


router.get("/settings")(seated(_settings))
router.post("/settings")(seated(_change_settings))
router.get("/callback")(seated(_callback))
router.post("/callback")(seated(_change_callback))
router.post("/callback/try")(seated(_try_callback))
router.get("/templates")(seated(_templates))
router.post("/templates")(seated(_describe_template))
router.post("/templates/remove")(seated(_remove_template))
