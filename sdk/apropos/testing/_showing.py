"""What the fake does when people change who sees a discussion: fewer at once, others only once that is confirmed."""

from typing import Any

from ._discussing import alter, must_be_restricted
from ._world import Refused, Shape, World, wrong

OPEN_TO: dict[str, set[str]] = {"restricted": set(), "internal": {"all:members"}, "shared": {"all:members", "all:guests"}}
"""Whom nobody can list, of those who see a thread of each visibility."""


def set_visibility(world: World, asked: Any) -> Any:
    """Change who sees a thread; where others would newly see it, only once that is confirmed.

    The fake lets everybody see every record: it names the members who are new, and of open sets nobody by name.
    """
    thread, draft = world.thread(asked.id), asked.only("visibility", "members", "confirm")
    asked.unless_stale(thread)
    visibility, members = draft.get("visibility"), None
    if visibility not in OPEN_TO:
        raise wrong("visibility", "is internal, shared or restricted")
    must_be_restricted(draft)
    if visibility == "restricted":
        named = (thread["members"] or []) if draft.get("members") is None else draft["members"]
        members = sorted({*named, asked.actor, thread["sponsor"]} - {None})
    newly = _newly(world, thread, visibility, set(members or ())) - {asked.actor}
    if newly and set(draft.get("confirm") or ()) != newly:
        people = {one: world.person(one) for one in sorted(newly) if not one.startswith("all:")}
        detail = "People would newly see this; send it again with `confirm` equal to `newly_visible_to` if they shall."
        raise Refused(409, "confirmation_required", detail, newly_visible_to=sorted(newly), people=people)
    changed = {"visibility": visibility, "members": members}
    kind = "thread.widened" if newly else "thread.changed"
    return alter(world, thread, asked.actor, kind, **({} if all(thread[name] == changed[name] for name in changed) else changed))


def _newly(world: World, thread: Shape, visibility: str, members: set[str]) -> set[str]:
    open_before, inside = OPEN_TO[thread["visibility"]], set(thread["members"] or ())

    def saw(person_id: str) -> bool:
        return person_id in inside or ("all:guests" if world.person(person_id).get("guest") else "all:members") in open_before

    return (OPEN_TO[visibility] - open_before) | {one for one in members if not saw(one)}
