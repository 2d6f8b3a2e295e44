"""One round at an endpoint, as it stands in the database: whose turn it is, what is due, and what came of it.

Law: one process at a time pays at an endpoint, and takes no more before what came of the last is durable. A process that dies
leaves its turn to others within `LEASE`; what it had sent and not noted is sent again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import random
from typing import Any

import structlog

from ..database import Transaction
from ..events.hooks import WebhookDisabled
from . import schedule
from .model import Attempt, Delivery, Endpoint, Message, Turn
from .owing import standing_records

log = structlog.get_logger()
LEASE = 5_000
"""Milliseconds that a turn lasts unless it is moved on."""
PATIENCE = 5 * 86_400_000
"""Milliseconds of nothing but failures after which an endpoint is disabled."""
ROTATING = 86_400_000
"""Milliseconds that a secret signs as well after another took its place."""
GONE, SLOW_DOWN = 410, (429, 503)


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery to pay: its place in the log, and the event's id. `body` is `None` where it has to be rendered anew."""

    id: str
    position: int
    event_id: str
    body: str | None


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


async def next_round(tx: Transaction, endpoint_id: str, me: str, outcomes: Sequence[Outcome], most: int) -> Round | None:
    """Note what came of the last round, and take at most so many for the next; `None` when that is not ours or nothing is due."""
    turn = await tx.find(Turn, endpoint_id)
    if turn is None:
        return None  # it was deleted
    if outcomes:
        await _note(tx, turn, outcomes)
    endpoint = await tx.look(Endpoint, endpoint_id)
    if turn.holder != me and turn.taken_until > tx.now:
        return None
    turn.holder, turn.taken_until = me, 0
    if endpoint is None or not endpoint.enabled or turn.held_until > tx.now or not most:
        return None
    due = await _due(tx, endpoint_id, most)
    if not due:
        return None
    turn.taken_until = tx.now + LEASE
    return Round(endpoint.url, (endpoint.secret, *_former(endpoint, tx.now)), due)


async def move_on(tx: Transaction, endpoint_id: str, me: str) -> None:
    """Let a turn last longer, if it is still ours."""
    turn = await tx.find(Turn, endpoint_id)
    if turn is not None and turn.holder == me:
        turn.taken_until = tx.now + LEASE


def _former(endpoint: Endpoint, now: int) -> tuple[str, ...]:
    return (endpoint.former_secret,) if endpoint.former_secret and endpoint.rotated_at + ROTATING > now else ()


async def _due(tx: Transaction, endpoint_id: str, most: int) -> tuple[Due, ...]:
    look = await tx.reading()
    where = "endpoint_id = :endpoint_id AND due_at <= :now ORDER BY due_at, position LIMIT :most"
    rows = await look.rows(Delivery, where, endpoint_id=endpoint_id, now=tx.now, most=most)
    messages = await look.rows(Message, "position = ANY(:positions)", positions=[row.position for row in rows]) if rows else []
    bodies = {one.position: one.body for one in messages}
    return tuple(Due(row.id, row.position, row.event_id, bodies.get(row.position)) for row in rows)


async def _note(tx: Transaction, turn: Turn, outcomes: Sequence[Outcome]) -> None:
    """Note each attempt; what was answered may repeat what was told, and is kept only where that is."""
    told = [await tx.look(Message, one.due.position) for one in outcomes]
    standing = await standing_records(tx, {one.record_id for one in told if one and one.record_id})
    for outcome, message in zip(outcomes, told, strict=True):
        row = await tx.find(Delivery, outcome.due.id)
        if row is None:
            continue  # it was removed with its endpoint
        record_id = message.record_id if message else None
        keeps = message is not None and (record_id is None or record_id in standing)
        row.tried += 1
        tx.add(Attempt(
            tx.workspace_id, row.id, row.tried, outcome.at, outcome.duration, outcome.status, outcome.problem,
            outcome.answer if keeps else None, record_id,
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
