"""What tokens that people came with grant them, kept while these last: so that somebody who is about counts as who they are.

Law: nobody sees anything by this. Who calls is decided by the token they bring; this is for those who do not call just now,
before they are given a part (docs/decisions/0021).
"""

from collections import defaultdict
from collections.abc import Collection

from ..database import Reading, Transaction
from .model import HeldGrants
from .policy import RANK, Caller
from .tokens import SKEW

ROLES = ("member", "moderator", "admin")


async def hold(tx: Transaction, caller: Caller, token: str) -> None:
    """Keep what a token grants its person until it ends, and forget those of theirs that ended; `token` is its digest."""
    person_id, until = caller.must_be_person(), int(((caller.until or 0) - SKEW) * 1000)
    ended = "person_id = :me AND until < :now AND token <> :token"
    for old in await tx.rows(HeldGrants, ended, me=person_id, now=tx.now, token=token):
        tx.remove(old)
    role = caller.role or "member"
    known = await tx.find(HeldGrants, person_id, token)
    if not caller.grants and role != "admin":
        if known is not None:
            tx.remove(known)
        return
    held = known or tx.add(HeldGrants(tx.workspace_id, person_id, token, role, {}, [], until))
    held.role, held.grants, held.groups, held.until = role, dict(caller.grants), sorted(caller.groups), until


async def forget_all(tx: Transaction) -> None:
    """Forget what tokens grant: some of them count no more."""
    for row in await tx.rows(HeldGrants, "true"):
        tx.remove(row)


async def held_by(look: Reading, people: Collection[str], *, now: int) -> dict[str, HeldGrants]:
    """Return what the tokens of these people grant together, as far as they last; nothing of those who hold none."""
    rows = await look.rows(HeldGrants, "person_id = ANY(:ids) AND until > :now", ids=sorted(people), now=now)
    found: dict[str, list[HeldGrants]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return {person_id: _together(some) for person_id, some in found.items()}


def _together(rows: list[HeldGrants]) -> HeldGrants:
    grants: dict[str, str] = {}
    for name, level in (item for row in rows for item in row.grants.items()):
        grants[name] = max(level, grants.get(name, level), key=lambda one: RANK.get(one, 0))
    role = max((row.role for row in rows), key=ROLES.index)
    groups = sorted({group for row in rows for group in row.groups})
    first = rows[0]
    return HeldGrants(first.workspace_id, first.person_id, first.token, role, grants, groups, max(row.until for row in rows))
