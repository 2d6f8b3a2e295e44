"""What a person likes: their zone, when and how to be told, how the keys work. Here the defaults are said.

Law: what was not chosen follows the default, also when that changes later; so only what was chosen is stored.
"""

from collections.abc import Collection
from typing import Any

from ..database import Reading
from ..rows import Json, Row, table
from .model import Person

REASONS = (
    "asked", "assigned", "due", "mention", "answered", "came_of_it", "decided", "resolved", "reopened", "visibility", "reply",
    "reaction", "later",
)  # fmt: skip
AT_ONCE = {"asked", "assigned", "due", "mention", "answered", "visibility"}
NEVER = {"reaction", "later"}
DEFAULT: dict[str, Any] = {
    "time_zone": None, "locale": None, "quiet_hours": None, "enter_sends": False, "letter_keys": True, "hide_presence": False,
    "channels": {
        reason: {"inbox": True, "mail": "now" if reason in AT_ONCE else "off" if reason in NEVER else "digest"}
        for reason in REASONS
    },
}  # fmt: skip


@table("preferences", key=("workspace_id", "person_id"))
class Preferences(Row):
    """What a person chose."""

    workspace_id: str
    person_id: str
    chosen: Json
    version: int


def of(chosen: dict[str, Any], card: Person | None) -> dict[str, Any]:
    """Return what somebody likes: what they chose, else what the host described, else the default."""
    described = {"time_zone": card.time_zone, "locale": card.locale} if card else {}
    channels = {reason: {**usual, **chosen.get("channels", {}).get(reason, {})} for reason, usual in DEFAULT["channels"].items()}
    return {**DEFAULT, **described, **chosen, "channels": channels}


def merged(chosen: dict[str, Any], draft: dict[str, Any]) -> dict[str, Any]:
    """Return what somebody chose after a draft: what it does not name stays, `None` goes back to the default."""
    whole = {**chosen, **draft}
    given = draft.get("channels")
    if given is not None:
        before = chosen.get("channels", {})
        channels = {reason: _merged(before.get(reason, {}), given.get(reason, {})) for reason in {*before, *given}}
        whole["channels"] = {reason: channel for reason, channel in channels.items() if channel}
    return {name: value for name, value in whole.items() if value is not None and value != {}}


def _merged(before: dict[str, Any], draft: dict[str, Any] | None) -> dict[str, Any]:
    return {} if draft is None else {name: value for name, value in {**before, **draft}.items() if value is not None}


async def liked(look: Reading, people: Collection[str]) -> dict[str, dict[str, Any]]:
    """Return what each of these people likes."""
    ids = sorted(people)
    if not ids:
        return {}
    chosen = {row.person_id: row.chosen for row in await look.rows(Preferences, "person_id = ANY(:ids)", ids=ids)}
    cards = {row.id: row for row in await look.rows(Person, "id = ANY(:ids)", ids=ids)}
    return {one: of(chosen.get(one, {}), cards.get(one)) for one in ids}
