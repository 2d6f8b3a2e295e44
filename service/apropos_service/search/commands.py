"""Taking words back or changing them at once, rather than when the reader comes by."""

from ..database import Transaction
from .model import SaidWords, tag
from .words import words


async def unsay(tx: Transaction, said_id: str) -> None:
    """Let a text not be found any more: it was withdrawn, or says something else now. Nothing when it never was found."""
    row = await tx.find(SaidWords, said_id)
    if row is not None:
        tx.remove(row)


async def say_anew(tx: Transaction, said_id: str, text: str) -> None:
    """Let what is found already be found by the words of another text."""
    row = await tx.find(SaidWords, said_id)
    if row is not None:
        row.words = as_kept(tx.workspace_id, text)


def as_kept(workspace_id: str, text: str) -> str:
    """Return the words of a text as `SaidWords` keeps them."""
    return " ".join(f"{tag(workspace_id)}{word}" for word in sorted(words(text)))
