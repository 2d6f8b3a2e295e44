"""However a discussion is settled, by several people at once: its counters are what a count finds, and its frames tell it all."""

import asyncio
import random
from contextlib import suppress

import pytest

from apropos import ApiError
from conftest import token_for
from listening import page

HOSTILE = "forecast_line:a/b%2F ü:عربي"
PEOPLE = ("ada", "bo", "jonas")
TURNS = 40


@pytest.mark.parametrize("seed", range(2))
async def test_counters_are_what_a_count_finds_and_frames_make_the_snapshot(world, visit, http, seed):
    people = [visit(name, {"*": "manage" if name == "jonas" else "comment"}) for name in PEOPLE]
    thread = await people[0].threads.open(HOSTILE, "Which?", kind="question", sponsor="jonas")
    said, to_do = [thread.comments[0].id], []
    async with page(world.url, token_for(world, "rhea", {"*": "read"})) as ear:
        before = (await http.get("/v1/conversation", params={"record": HOSTILE})).json()
        await ear.subscribe(HOSTILE, before["cursor"])

        chances = [random.Random(f"{seed} {name}") for name in PEOPLE]
        await asyncio.gather(*(settle(*one, thread.id, said, to_do) for one in zip(people, chances, strict=True)))

        whole = await snapshot(http, thread.id)
        frames = [frame["event"] async for frame in heard(ear, whole["thread"]["seq"], after=thread.seq)]
    log = [entry for entry in await everything(http) if entry["thread_id"] == thread.id]

    assert [frame["seq"] for frame in frames] == list(range(thread.seq + 1, whole["thread"]["seq"] + 1))
    assert replayed(before, frames) == whole
    steps = whole["thread"]["steps"]
    assert steps == counted(whole, doubts(log))
    assert whole["thread"]["waiting_since"] == waiting(whole["comments"].values())
    kinds = {entry["type"] for entry in log}
    assert {"answer.accepted", "decision.voted", "decision.recorded", "action.added", "comment.turned"} <= kinds


async def settle(person, chance, thread_id, said, to_do):
    """Settle something, then do forty things by chance; what is refused is refused."""

    def one():
        return chance.choice(said)

    async def speak():
        comment = await person.threads.comment(thread_id, "x", kind=chance.choice(["comment", "question", "decision"]))
        said.append(comment.id)

    async def promise():
        to_do.append((await person.actions.add(thread_id, "x", assignee=chance.choice([None, "bo"]))).id)

    moves = [
        speak, speak, promise,
        lambda: person.comments.accept(one(), one()), lambda: person.comments.accept(one(), one()),
        lambda: person.comments.unaccept(one()),
        lambda: person.comments.vote(one(), "agree"), lambda: person.comments.vote(one(), "problem", chance.choice("abc")),
        lambda: person.comments.unvote(one()), lambda: person.comments.record(one()),
        lambda: person.comments.record(one(), replaces=one()),
        lambda: person.comments.withdraw(one()), lambda: person.comments.restore(one()),
        lambda: person.comments.edit(one(), chance.choice("xyz")),
        lambda: person.comments.turn_into(one(), chance.choice(["comment", "question", "decision"])),
        lambda: person.actions.change(chance.choice(to_do), state=chance.choice(["open", "done"])),
        lambda: person.actions.drop(chance.choice(to_do), chance.choice("ab")),
    ]  # fmt: skip
    decision = await person.threads.comment(thread_id, "x", kind="decision")
    question = await person.comments.turn_into((await person.threads.comment(thread_id, "x")).id, "question")
    await person.comments.accept(question.id, decision.id)  # whatever chance refuses later, this happens
    await person.comments.record(decision.id)
    await person.comments.vote(decision.id, "problem", "no")
    said.extend((decision.id, question.id))
    await promise()
    for _ in range(TURNS):
        with suppress(ApiError):
            await chance.choice(moves)()


async def snapshot(http, thread_id):
    """Return a thread with all its comments and actions, as the host sees them."""
    thread = (await http.get(f"/v1/threads/{thread_id}")).json()
    comments = (await http.get(f"/v1/threads/{thread_id}/comments", params={"limit": 100})).json()
    assert comments["next"] is None, "what a page holds is more than one page"
    beside = {"viewer", "comments", "highlights", "actions", "changes", "people"}
    bare = {name: value for name, value in thread.items() if name not in beside}
    return {
        "thread": bare, "comments": {one["id"]: one for one in comments["data"]},
        "actions": {one["id"]: one for one in thread["actions"]},
    }  # fmt: skip


def replayed(before, frames):
    """Return what a page holds that began with a conversation and heard these frames."""
    [thread] = before["threads"]
    comments = {one["id"]: one for one in thread["comments"]}
    actions = {one["id"]: one for one in thread["actions"]}
    now = thread
    for frame in frames:
        now = frame["data"]["thread"]
        for name in ("comment", "answer"):
            if name in frame["data"]:
                one = frame["data"][name]
                comments[one["id"]] = {name: one[name] for name in one if name != "nodes"}  # frames carry both renderings
        if "action" in frame["data"]:
            actions[frame["data"]["action"]["id"]] = frame["data"]["action"]
    return {"thread": now, "comments": comments, "actions": actions}


async def heard(ear, until, *, after):
    seq = after
    while seq < until:
        frame = await ear.hear()
        seq = frame["event"]["seq"]
        yield frame


async def everything(http):
    entries, after = [], None
    while True:
        found = (await http.get("/v1/events", params={"limit": 100, **({"after": after} if after else {})})).json()
        if not found["data"]:
            return entries
        entries, after = entries + found["data"], found["next"]


def doubts(log):
    """Return, from the log alone, who sees a problem with which decision since it was recorded."""
    recorded, doubted = set(), set()
    for entry in log:
        decision, who = entry["data"].get("comment", {}) and entry["data"]["comment"]["id"], entry["actor"] and entry["actor"]["id"]
        match entry["type"]:
            case "decision.recorded":
                recorded.add(decision)
                doubted = {one for one in doubted if one[0] != decision}
            case "decision.voted" if entry["data"]["vote"] == "problem":
                doubted |= {(decision, who)} if decision in recorded else set()
            case "decision.voted" | "decision.vote_withdrawn":
                doubted.discard((decision, who))
    return {decision for decision, _ in doubted}


def counted(whole, doubted):
    there = [one for one in whole["comments"].values() if one["withdrawn_at"] is None]
    stands = {one["id"] for one in there if one["kind"] == "decision" and one["decision"]["state"] == "recorded"}
    states = [one["state"] for one in whole["actions"].values() if one["state"] != "dropped"]
    return {
        "asked": any(one["kind"] == "question" for one in there),
        "answered": any(one.get("answer_id") for one in there),
        "decided": bool(stands) and not stands & doubted,
        "actions_done": states.count("done"), "actions": len(states),
    }  # fmt: skip


def waiting(comments):
    there = [one for one in sorted(comments, key=lambda one: one["seq"]) if one["withdrawn_at"] is None]
    for place, one in enumerate(there):
        replied = any(later["author"] != one["author"] for later in there[place:])
        if one["kind"] == "question" and one["answer_id"] is None and not replied:
            return one["posted_at"]
    return None
