"""What the fake does with a person's preferences: keeps what they chose, and answers with the defaults filled in."""

from typing import Any
from zoneinfo import available_timezones

from ._world import Shape, World, wrong

REASONS = (
    "asked", "assigned", "due", "mention", "answered", "came_of_it", "decided", "resolved", "reopened", "visibility", "reply",
    "reaction", "later",
)  # fmt: skip
NOW, OFF = {"asked", "assigned", "due", "mention", "answered", "visibility"}, {"reaction", "later"}
DEFAULT: Shape = {
    "time_zone": "UTC", "locale": None, "quiet_hours": None, "enter_sends": False, "letter_keys": True, "hide_presence": False,
}  # fmt: skip


def get_preferences(world: World, asked: Any) -> Any:
    """Return what a person likes."""
    chosen = world.liked.get(asked.person(), {"version": 0})
    channels = {one: {"inbox": True, "mail": "now" if one in NOW else "off" if one in OFF else "digest"} for one in REASONS}
    picked = {one: {**usual, **chosen.get("channels", {}).get(one, {})} for one, usual in channels.items()}
    return {**DEFAULT, **chosen, "channels": picked}


def choose_preferences(world: World, asked: Any) -> Any:
    """Choose; what is not named stays, null goes back to the default."""
    draft, before = asked.only(*DEFAULT, "channels"), world.liked.get(asked.person(), {"version": 0})
    asked.unless_stale(before)
    if draft.get("time_zone") is not None and draft["time_zone"] not in available_timezones():
        raise wrong("time_zone", "is the name of a time zone, such as Europe/Rome")
    channels = {**before.get("channels", {}), **(draft.get("channels") or {})} if draft.get("channels", {}) is not None else {}
    if unknown := channels.keys() - set(REASONS):
        raise wrong(f"channels.{min(unknown)}", "is not a reason")
    whole = {**before, **draft, "channels": {one: kept for one, kept in channels.items() if kept}}
    chosen = {name: value for name, value in whole.items() if value is not None}
    if chosen != {**before, "channels": before.get("channels", {})}:
        world.liked[asked.person()] = {**chosen, "version": before["version"] + 1}
    return get_preferences(world, asked)
