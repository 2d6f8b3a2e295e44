"""How the reasons of an entry come together: one of a kind and cause, the newest; what is taken back keeps its place. Pure."""

from collections.abc import Sequence
from typing import Any

from ..notices.notice import RANK, Notice, Void

Reasons = list[dict[str, Any]]
MOST = 30
"""So many reasons are kept of an entry; the oldest go."""
COALESCED = frozenset({"reply", "answered", "reaction"})
"""One stands for many: when what it names is taken back, an earlier one may stand in its place."""


def told(reasons: Sequence[dict[str, Any]], notice: Notice) -> Reasons:
    """Return the reasons with a notice among them. What was taken back and comes again is no news: it keeps its place."""
    before = next((one for one in reasons if _same(one, notice)), None)
    item = _item(notice)
    if before is not None:
        item["since"] = before["since"]
        if before.get("gone") and before["comment_id"] == notice.comment_id:
            item["position"] = before["position"]
        elif not before.get("gone") and before["seq"] >= notice.seq:
            return list(reasons)
    others = [one for one in reasons if one is not before]
    return sorted([*others, item], key=lambda one: one["position"])[-MOST:]


def taken_back(reasons: Sequence[dict[str, Any]], void: Void, person_id: str) -> Reasons:
    """Return the reasons without what is taken back from this person."""
    return [_without(one, void, person_id) if person_id not in void.but and _meant(one, void) else one for one in reasons]


def live(reasons: Sequence[dict[str, Any]]) -> Reasons:
    """Return the reasons that stand, in no order."""
    return [one for one in reasons if not one.get("gone")]


def standing(reasons: Sequence[dict[str, Any]]) -> Reasons:
    """Return the reasons that stand, the strongest first and of these the newest."""
    return sorted(live(reasons), key=lambda one: (RANK.index(one["reason"]), -one["position"]))


def _item(notice: Notice) -> dict[str, Any]:
    return {
        "reason": notice.reason, "cause": notice.cause, "event": notice.event, "by": notice.by, "at": notice.at,
        "seq": notice.seq, "position": notice.position, "comment_id": notice.comment_id, "action_id": notice.action_id,
        "since": notice.seq,
    }  # fmt: skip


def _same(one: dict[str, Any], notice: Notice) -> bool:
    return (one["reason"], one["cause"]) == (notice.reason, notice.cause)


def _meant(one: dict[str, Any], void: Void) -> bool:
    return (
        (not void.reasons or one["reason"] in void.reasons)
        and (void.cause is None or one["cause"] == void.cause)
        and (void.comment_id is None or void.comment_id in (one["comment_id"], one["cause"]))
    )


def _without(one: dict[str, Any], void: Void, person_id: str) -> dict[str, Any]:
    if one["reason"] in COALESCED:
        for other in void.standing:
            if other.by != person_id and (one["reason"] == "reaction" or other.seq >= one["since"]):
                place = {} if one["reason"] == "reaction" else {"seq": other.seq}
                return {**one, "by": other.by, "at": other.at, "comment_id": other.comment_id, **place}
    return {**one, "gone": True}
