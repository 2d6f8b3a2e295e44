"""Taking words back at once, rather than when the reader comes by."""

from ..database import Transaction
from .model import SaidWords


async def unsay(tx: Transaction, said_id: str) -> None:
    """Let a text not be found any more: it was withdrawn, or says something else now. Nothing when it never was found."""
    row = await tx.find(SaidWords, said_id)
    if row is not None:
        tx.remove(row)
