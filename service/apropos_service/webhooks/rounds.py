"""One round at an endpoint, as it stands in the database: whose turn it is, what is due, and what came of it.

Law: one process at a time pays at an endpoint, and takes no more before what came of the last is durable. A process that dies
leaves its turn to others within `LEASE`; what it had sent and not noted is sent again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import random
from typing import Any

import structlog

from ..database import Reading, Transaction
from ..events.hooks import WebhookDisabled
from . import schedule
from .model import Attempt, Delivery, Endpoint, Turn
from .owing import standing_records, still_told

log = structlog.get_logger()
LEASE = 5_000
"""Milliseconds that a turn lasts unless it is moved on."""
PATIENCE = 5 * 86_400_000
"""Milliseconds of nothing but failures after which an endpoint is disabled."""
DUE = """SELECT d.id, d.position, d.event_id, m.body, m.record_id FROM delivery d
         LEFT JOIN message m ON m.workspace_id = d.workspace_id AND m.position = d.position
         WHERE d.workspace_id = :workspace_id AND d.endpoint_id = :endpoint_id AND d.due_at <= :now
         ORDER BY d.due_at, d.position LIMIT :most"""
ROTATING = 86_400_000
"""Milliseconds that a secret signs as well after another took its place."""
GONE, SLOW_DOWN = 410, (429, 503)


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery to pay: its place in the log, and the event's id.

    `body` is what is told, beside the record that it is about, if any; `None` where it has to be rendered anew.
    """

    id: str
    position: int
    event_id: str
    body: str | None
    record_id: str | None


@dataclass(frozen=True, slots=True)
class Round:
    """What to send now, where, and with which sealed secrets."""

    url: str
    secrets: tuple[str, ...]
    due: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one attempt, which began `at`: a status within so many milliseconds, or a problem; `wait` was asked for."""

    due: Due
    at: int
    duration: int
    status: int | None
    problem: str | None
    answer: str | None
    wait: int | None = None


async def due_at(look: Reading, endpoint_id: str, now: int, *, most: int, but: Sequence[str] = ()) -> list[Due]:
    """Return what is due at an endpoint, in the log's order where nothing failed: at most so many, without these."""
    rows = await look.fetch(DUE, endpoint_id=endpoint_id, now=now, most=most + len(but))
    found = [Due(*row) for row in rows]
    return [one for one in found if one.id not in but][:most]


async def next_round(tx: Transaction, endpoint_id: str, me: str, outcomes: Sequence[Outcome], due: Sequence[Due]) -> Round | None:
    """Note what came of the last round, and take what is due for the next; `None` when it is not our turn or nothing is.

    Whatever is looked at was named as `wanted`: so the rounds of many endpoints share their statements.
    """
    turn = await tx.find(Turn, endpoint_id)
    if turn is None:
        return None  # it was deleted
    await _note(tx, turn, outcomes)
    if turn.holder != me and turn.taken_until > tx.now:
        return None
    turn.holder, turn.taken_until = me, 0
    endpoint = await tx.look(Endpoint, endpoint_id)
    if endpoint is None or not endpoint.enabled or turn.held_until > tx.now:
        return None
    rows = [await tx.find(Delivery, one.id) for one in due]
    taken = tuple(one for one, row in zip(due, rows, strict=True) if row and row.due_at is not None and row.due_at <= tx.now)
    if not taken:
        return None
    turn.taken_until = tx.now + LEASE
    return Round(endpoint.url, (endpoint.secret, *_former(endpoint, tx.now)), taken)


async def move_on(tx: Transaction, endpoint_id: str, me: str) -> None:
    """Let a turn last longer, if it is still ours."""
    turn = await tx.find(Turn, endpoint_id)
    if turn is not None and turn.holder == me:
        turn.taken_until = tx.now + LEASE


def _former(endpoint: Endpoint, now: int) -> tuple[str, ...]:
    return (endpoint.former_secret,) if endpoint.former_secret and endpoint.rotated_at + ROTATING > now else ()


async def _note(tx: Transaction, turn: Turn, outcomes: Sequence[Outcome]) -> None:
    """Note each attempt; what was answered may repeat what was told, and is kept only where that is."""
    answered = [one.due for one in outcomes if one.answer and one.due.body]
    standing = await standing_records(tx, {one.record_id for one in answered if one.record_id})
    told = await still_told(tx, [one.position for one in answered])
    for outcome in outcomes:
        row = await tx.find(Delivery, outcome.due.id)
        if row is None:
            continue  # it was removed with its endpoint
        record_id = outcome.due.record_id
        keeps = told.get(outcome.due.position) == (outcome.due.body or "") and (record_id is None or record_id in standing)
        row.tried += 1
        tx.add(Attempt(
            tx.workspace_id, row.id, row.tried, outcome.at, outcome.duration, outcome.status, outcome.problem,
            outcome.answer if keeps or not outcome.answer else None, record_id if keeps else None,
        ))  # fmt: skip
        _settle(row, outcome, tx.now)
        await _stand(tx, turn, outcome)


def _settle(row: Delivery, outcome: Outcome, now: int) -> None:
    if outcome.problem is None:
        row.state, row.due_at, row.delivered_at = "delivered", None, now
        return
    row.attempts += 1
    wait = schedule.pause(row.attempts, random())  # noqa: S311 spreads load, keeps no secret
    row.due_at = None if wait is None else now + max(wait, outcome.wait or 0)
    row.state = "failed" if wait is None else "failing"


async def _stand(tx: Transaction, turn: Turn, outcome: Outcome) -> None:
    """Take note of how the endpoint does, and disable it when it is gone or failed for too long."""
    turn.problem = outcome.problem
    if outcome.problem is None:
        turn.failing_since = None
        return
    turn.failing_since = outcome.at if turn.failing_since is None else turn.failing_since
    if outcome.status in SLOW_DOWN and outcome.wait:
        turn.held_until = max(turn.held_until, tx.now + outcome.wait)
    if outcome.status == GONE:
        await _disable(tx, turn, "gone")
    elif turn.failing_since <= tx.now - PATIENCE:
        await _disable(tx, turn, "failing")


async def _disable(tx: Transaction, turn: Turn, reason: str) -> None:
    """Send nothing there any more, and say so."""
    endpoint: Any = await tx.find(Endpoint, turn.endpoint_id)
    if endpoint is not None and endpoint.enabled:
        endpoint.enabled, endpoint.disabled_at, endpoint.disabled_because = False, tx.now, reason
        endpoint.version += 1
        tx.append(WebhookDisabled(endpoint.id, endpoint.url, reason), on=endpoint)
        log.warning("a webhook is disabled", workspace=tx.workspace_id, webhook=endpoint.id, reason=reason, problem=turn.problem)
