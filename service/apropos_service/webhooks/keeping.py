"""Forgetting what came of deliveries, after 30 days, and what was told of somebody who was erased; what is still owed stays."""

import asyncio
from typing import Any

from ..database import Transaction
from .owing import KEPT

EVERY = 3_600.0
FORGET = (
    "DELETE FROM attempt WHERE at < :old",
    "DELETE FROM message WHERE at < :old",
    """DELETE FROM delivery WHERE created_at < :old AND due_at IS NULL AND NOT EXISTS (
         SELECT 1 FROM attempt WHERE attempt.workspace_id = delivery.workspace_id AND attempt.delivery_id = delivery.id)""",
)


async def forget_told(tx: Transaction, records: list[str], like: list[str]) -> None:
    """Forget what is kept to be told of these records, and whatever else is like one of these texts (`!` escapes).

    It is looked up anew when it is sent. What other systems answered may have repeated it, so that goes too.
    """
    given = {f"like_{place}": text for place, text in enumerate(like)}

    def found(column: str) -> str:
        return " OR ".join(["record_id = ANY(:records)", *(f"{column} LIKE :{name} ESCAPE '!'" for name in given)])

    await tx.execute(f"DELETE FROM message WHERE workspace_id = :workspace_id AND ({found('body')})", records=records, **given)  # noqa: S608
    await tx.execute(
        f"""UPDATE attempt SET answer = NULL WHERE workspace_id = :workspace_id AND answer IS NOT NULL
            AND (record_id IS NULL OR {found('answer')})""",  # noqa: S608
        records=records, **given,
    )  # fmt: skip


class Keeping:
    """Forgets what is old."""

    def __init__(self, state: Any) -> None:
        """`state` has the database and the clock."""
        self._state = state

    async def run(self) -> None:
        """Look every hour."""
        while True:
            await self.forget()
            await asyncio.sleep(EVERY)

    async def forget(self) -> None:
        """Forget what is old now."""
        old = self._state.clock.now() - KEPT

        async def forget(tx: Transaction) -> None:
            for sql in FORGET:
                await tx.execute(sql, old=old)

        await self._state.database.write("", forget, background=True, alone=True)
