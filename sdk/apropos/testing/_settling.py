"""What the fake does with the kinds of a comment: answers of questions, votes on decisions, turning one into another."""

from typing import Any

from ._discussing import must_be_open
from ._world import PROPOSED, Refused, Shape, World, now, wrong


def accept_answer(world: World, asked: Any) -> Any:
    """Accept a comment as the answer of a question; accepting another moves the mark."""
    question, thread = _open(world, asked, "question")
    answer = world.comments.get(asked.only("comment_id").get("comment_id", ""), question)
    if answer is question or answer["thread_id"] != thread["id"] or answer["withdrawn_at"] is not None:
        raise wrong("comment_id", "is another comment of the same thread, and not withdrawn")
    if question.get("answer_id") != answer["id"]:
        before = question.get("answer_id")
        question.update(answer_id=answer["id"], accepted_by=asked.actor, accepted_at=now(), version=question["version"] + 1)
        facts = {"answer": answer, "answer_id": answer["id"], "before": before}
        world.tell("answer.accepted", asked.actor, thread, comment=question, **facts)
    return question


def withdraw_answer(world: World, asked: Any) -> Any:
    """Say that a question has no accepted answer after all."""
    question, _ = _open(world, asked, "question")
    unaccept(world, asked.actor, question)
    return question


def unaccept(world: World, actor: str | None, question: Shape) -> None:
    """Take the answer of a question away, and say so."""
    answer_id = question.get("answer_id")
    if answer_id is None:
        return
    question.update(answer_id=None, accepted_by=None, accepted_at=None, version=question["version"] + 1)
    thread = world.thread(question["thread_id"])
    world.tell("answer.withdrawn", actor, thread, comment=question, answer=world.comments[answer_id], answer_id=answer_id)


def vote(world: World, asked: Any) -> Any:
    """Agree to a decision, or say the problem."""
    comment, _ = _open(world, asked, "decision")
    person, draft = asked.person(), {"text": None, **asked.only("vote", "text")}
    if draft["vote"] not in ("agree", "problem") or (draft["vote"] == "problem") != bool(draft["text"]):
        raise wrong("vote" if draft["vote"] not in ("agree", "problem") else "text", "is agree, or problem with one line of text")
    before = comment["decision"]
    same = [one for one in before["problems"] if (one["person"], one["text"]) == (person, draft["text"])]
    if not same and not (draft["vote"] == "agree" and person in before["agree"]):
        problem = [{"person": person, "text": draft["text"], "at": now()}] if draft["text"] else []
        after = _without(before, person)
        votes = {"agree": after["agree"] + ([] if problem else [person]), "problems": after["problems"] + problem}
        comment["decision"] = {**before, **votes}
        doubts = problem and before["state"] == "recorded"
        (world.doubted.add if doubts else world.doubted.discard)((comment["id"], person))
        _tell(world, asked, comment, "decision.voted", vote=draft["vote"])
    return comment


def withdraw_vote(world: World, asked: Any) -> Any:
    """Take a person's vote back."""
    comment, _ = _open(world, asked, "decision")
    after = _without(comment["decision"], asked.person())
    if after != comment["decision"]:
        comment["decision"] = after
        world.doubted.discard((comment["id"], asked.actor))
        _tell(world, asked, comment, "decision.vote_withdrawn")
    return comment


def record_decision(world: World, asked: Any) -> Any:
    """Let a decision stand, in the place of another if that is named."""
    comment, thread = _open(world, asked, "decision")
    draft = asked.only("review_at", "replaces")
    other = world.comments.get(draft["replaces"]) if draft.get("replaces") else None
    fits = other and other is not comment and other["thread_id"] == thread["id"] and other["kind"] == "decision"
    if draft.get("replaces") and not (other and fits and not other["withdrawn_at"]):
        raise wrong("replaces", "is another decision of the same thread, and not withdrawn")
    if other and other["decision"]["replaced_by"] not in (None, comment["id"]):
        raise Refused(409, "decision_is_replaced", "What this one shall replace was replaced by another one.")
    doubted = {one for one in world.doubted if one[0] == comment["id"]}
    if comment["decision"]["state"] == "proposed" or doubted:
        world.doubted -= doubted
        recorded = {"state": "recorded", "recorded_by": asked.actor, "recorded_at": now(), "review_at": draft.get("review_at")}
        _decide(world, asked, comment, "decision.recorded", recorded, replaces=draft.get("replaces"))
    elif draft.get("review_at", comment["decision"]["review_at"]) != comment["decision"]["review_at"]:
        _decide(world, asked, comment, "decision.changed", draft | {"replaces": None}, members=["review_at"])
    if other and other["decision"]["replaced_by"] is None:
        replaced = {"state": "replaced", "replaced_by": comment["id"]}
        _decide(world, asked, other, "decision.replaced", replaced, replaced_by=comment["id"])
    return comment


def change_review(world: World, asked: Any) -> Any:
    """Change when to look at a recorded decision again."""
    comment, _ = _there(world, asked, "decision")
    if comment["decision"]["state"] == "proposed":
        raise Refused(409, "decision_is_not_recorded", "The decision is not recorded yet.")
    if asked.only("review_at")["review_at"] != comment["decision"]["review_at"]:
        _decide(world, asked, comment, "decision.changed", asked.body, members=["review_at"])
    return comment


def turn_comment(world: World, asked: Any) -> Any:
    """Make a comment another kind."""
    comment = world.comment(asked.id)
    kind = asked.only("kind", "id", "assignee", "due_at")["kind"]
    _open(world, asked, comment["kind"])
    must_be_proposed(comment)
    if comment.get("answer_id"):
        raise Refused(409, "question_is_answered", "The question has an accepted answer; withdraw the acceptance first.")
    if kind != comment["kind"]:
        was = comment["kind"]
        comment.update(kind=kind, decision=dict(PROPOSED) if kind == "decision" else None, version=comment["version"] + 1)
        _tell(world, asked, comment, "comment.turned", **{"from": was, "to": kind})
    return comment


def must_stand(comment: Shape) -> None:
    """Raise 409 when the comment was withdrawn."""
    if comment["withdrawn_at"] is not None:
        raise Refused(409, "comment_is_withdrawn", "The comment was withdrawn; restore it first.")


def must_be_proposed(comment: Shape) -> None:
    """Raise 409 when the comment is a decision that was recorded or replaced."""
    state = (comment.get("decision") or PROPOSED)["state"]
    if state != "proposed":
        raise Refused(409, f"decision_is_{state}", f"The decision is {state}.")


def _without(decision: Shape, person: str) -> Shape:
    agree = [one for one in decision["agree"] if one != person]
    return {**decision, "agree": agree, "problems": [one for one in decision["problems"] if one["person"] != person]}


def _decide(world: World, asked: Any, comment: Shape, kind: str, changed: Shape, **facts: Any) -> None:
    known = {name: value for name, value in changed.items() if name in PROPOSED}
    comment.update(decision={**comment["decision"], **known}, version=comment["version"] + 1)
    _tell(world, asked, comment, kind, **facts)


def _tell(world: World, asked: Any, comment: Shape, kind: str, **facts: Any) -> None:
    world.tell(kind, asked.actor, world.thread(comment["thread_id"]), comment=comment, **facts)


def _open(world: World, asked: Any, kind: str) -> tuple[Shape, Shape]:
    """Return the comment of this kind in an open thread. Raises 409 when it is not that."""
    must_be_open(world.thread(world.comment(asked.id)["thread_id"]))
    return _there(world, asked, kind)


def _there(world: World, asked: Any, kind: str) -> tuple[Shape, Shape]:
    comment = world.comment(asked.id)
    asked.unless_stale(comment)
    must_stand(comment)
    if comment["kind"] != kind:
        raise Refused(409, f"comment_is_no_{kind}", f"That goes with a {kind}; turn the comment into one first.")
    if kind == "decision" and comment["decision"]["state"] == "replaced":
        raise Refused(409, "decision_is_replaced", "The decision was replaced by another one.")
    return comment, world.thread(comment["thread_id"])
