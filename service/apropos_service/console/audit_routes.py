"""The audit log, filtered."""

from fastapi import APIRouter, Response

from ..audit import routes as audit
from ..errors import ValidationFailed
from ..events.acts import ACTS
from ..events.catalog import CATALOG
from ..wire import instant_of
from .desk import Desk, said, seated

router = APIRouter(prefix="/console", include_in_schema=False)
KINDS = {
    "keys": ("Keys", ("key.", "signing_key.")),
    "settings": ("Settings", ("workspace.", "template.", "group.", "access.changed")),
    "webhooks": ("Webhooks", ("webhook.", "delivery.")),
    "console": ("Console", ("console.",)),
    "records": ("Records", ("record.",)),
    "discussions": ("Discussions", ("thread.", "comment.", "decision.", "action.", "answer.", "mention.", "attachment.")),
    "people": ("People", ("person.", "access.requested")),
}
"""What one may filter by, and how the types begin that it means."""


async def _audit(desk: Desk) -> Response:
    """Show who did what."""
    kind, day = desk.asked("kind"), desk.asked("until")
    types = [one for one in (*ACTS, *CATALOG) if kind in KINDS and one.startswith(KINDS[kind][1])]
    try:
        until = instant_of(f"{day}T00:00:00Z") + 86_400_000 if day else None
    except ValueError as wrong:
        raise ValidationFailed.at("until", str(wrong)) from wrong
    page = await said(audit.list_audit(
        desk.look, desk.request, types=",".join(types) or None, actor=desk.asked("actor") or None, by=desk.asked("by") or None,
        record=desk.asked("record") or None, until=until, limit=50, cursor=desk.asked("cursor") or None,
    ))  # fmt: skip
    asked = {name: desk.asked(name) for name in ("kind", "actor", "by", "record", "until")}
    return desk.page("audit", here="audit", found=page["data"], following=page["next"], asked=asked, kinds=KINDS, meaning=ACTS)


router.get("/audit")(seated(_audit))
