"""Letting somebody into the console, and out again."""

from ..database import Transaction
from ..errors import NotFound
from .model import Pass

LINK, SESSION = 600_000, 7_200_000
"""Milliseconds that a link waits to be used, and that an operator's session lasts."""


async def make_link(tx: Transaction, hash_: str, name: str) -> Pass:
    """Make a link that opens the console once, for the operator of this name; `hash_` is its secret's fingerprint."""
    await _forget_old(tx)
    tx.note("console.link_made", tx.workspace_id)
    return tx.add(Pass(tx.workspace_id, hash_, "link", name, None, tx.now, tx.now + LINK))


async def enter_by_link(tx: Transaction, hash_: str, session: str) -> Pass:
    """Use a link up, and begin the session with this fingerprint. Raises `NotFound` when it was used or is too old."""
    link = await tx.find(Pass, hash_)
    if link is None or link.kind != "link" or link.ends_at <= tx.now:
        raise NotFound("This link was used, or it is too old. Make another: apropos console")
    tx.remove(link)
    tx.note("console.entered", tx.workspace_id)
    return tx.add(Pass(tx.workspace_id, session, "session", link.name, None, tx.now, tx.now + SESSION))


async def enter_by_token(tx: Transaction, session: str, sealed: str, ends_at: int) -> Pass:
    """Begin the session of an admin, which ends with their token."""
    await _forget_old(tx)
    tx.note("console.entered", tx.workspace_id)
    return tx.add(Pass(tx.workspace_id, session, "session", None, sealed, tx.now, min(ends_at, tx.now + SESSION)))


async def leave(tx: Transaction, session: str) -> None:
    """End a session."""
    found = await tx.find(Pass, session)
    if found is not None:
        tx.remove(found)
        tx.note("console.left", tx.workspace_id)


async def _forget_old(tx: Transaction) -> None:
    for old in await tx.rows(Pass, "ends_at < :now", now=tx.now):
        tx.remove(old)
