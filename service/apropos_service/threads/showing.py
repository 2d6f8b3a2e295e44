"""What a route gives to `Write` as its answer: a comment or an action as it is after the command."""

from typing import Any

from ..database import Transaction
from . import kinds, present, queries
from .kind_model import Action
from .model import Comment


def one_comment(render: present.Render) -> Any:
    """Return what shows a comment with everything that belongs to it."""

    async def show(tx: Transaction, row: Comment) -> dict[str, Any]:
        return (await queries.shown_comments(await tx.reading(), [row], render=render))[0]

    return show


async def one_action(_: Transaction, row: Action) -> dict[str, Any]:
    """Show an action."""
    return kinds.action(row)
