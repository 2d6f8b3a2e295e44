"""Any message can become a question, a decision or an action.

Law: nothing that people settled is turned silently: an accepted answer is taken back first, and a recorded decision stays one.
"""

import orjson

from ..database import Transaction
from ..errors import Versions, unless_stale
from ..events.catalog import CommentTurned
from ..people.model import Group
from ..people.queries import cards
from . import steps
from .actions import add_action, fingerprint
from .answers import must_settle, reach_comment
from .headline import headline
from .kind_model import Action, QuestionIsAnswered
from .kind_wire import ActionDraft, TurnDraft
from .model import Comment

NAMELESS = "To do"


async def turn_comment(tx: Transaction, comment_id: str, draft: TurnDraft, version: Versions | None) -> Comment:
    """Make a comment another kind: its author may, the thread's sponsor and whoever manages.

    Appends `CommentTurned` when it was another. Raises `CommentIsWithdrawn`, `QuestionIsAnswered`, `DecisionIsRecorded`,
    `DecisionIsReplaced`, and `ThreadIsResolved` or `ThreadIsArchived` when the discussion is over.
    """
    comment, thread, rank = await reach_comment(tx, comment_id, "comment")
    must_settle(tx, thread, comment, rank)
    unless_stale(comment, version)
    thread.must_be_open()
    comment.must_stand()
    if comment.kind == draft.kind:
        return comment
    if comment.answer_id is not None:
        raise QuestionIsAnswered
    await steps.must_be_proposed(tx, comment)
    await steps.count(tx, thread, comment, -1)
    was, comment.kind, comment.version = comment.kind, draft.kind, comment.version + 1
    await steps.count(tx, thread, comment, 1)
    tx.append(CommentTurned(comment_id=comment.id, was=was, to=comment.kind), on=thread, **thread.where())
    await steps.look_again(tx, thread)
    return comment


async def turn_into_action(tx: Transaction, comment_id: str, draft: TurnDraft, version: Versions | None) -> tuple[Action, bool]:
    """Add an action that says what the first line of a comment says; the comment stays what it is.

    Whoever may comment may. Tells whether it was added now. Appends and raises like `add_action`, and raises
    `CommentIsWithdrawn`.
    """
    comment, thread, _ = await reach_comment(tx, comment_id, "comment")
    asked = fingerprint(comment_id=comment.id, **draft.model_dump(exclude={"id"}))
    if draft.id is None or await tx.find(Action, draft.id) is None:
        unless_stale(comment, version)
        thread.must_be_open()
        comment.must_stand()
    to_do = ActionDraft.model_construct(
        id=draft.id, text=await _headline(tx, comment), assignee=draft.assignee, due_at=draft.due_at, comment_id=comment.id
    )
    return await add_action(tx, thread.id, to_do, asked=asked)


async def _headline(tx: Transaction, comment: Comment) -> str:
    groups = [one.removeprefix("group:") for one in comment.mentions if one.startswith("group:")]
    look = await tx.reading()
    people = await cards(look, [one for one in comment.mentions if not one.startswith("group:")])
    names = {one: card["name"] for one, card in people.items()}
    if groups:
        names |= {f"group:{row.id}": row.name for row in await look.rows(Group, "id = ANY(:ids)", ids=groups)}
    return headline(orjson.loads(comment.nodes), names) or NAMELESS
