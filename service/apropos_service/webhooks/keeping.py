"""Forgetting what came of deliveries, after 30 days; what is still owed stays."""

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
