"""What goes on while people talk: days pass, things fall due, and the host calls somebody a guest, or one of the house.

Law: as of `tests/moves.py`; what is here is drawn apart, so that a seed goes on to play what it played before.
"""

HOURS = [2, 30, 50]
"""From one moment to another: too little for anything, over a morning, over two."""


async def thread_falls_due(cast):
    sponsor, due_at = cast.luck.choice([None, *cast.names]), cast.history.hence(cast.luck.choice(HOURS))
    await cast.person("mia").threads.change(cast.thread, sponsor=sponsor, due_at=due_at)


async def action_falls_due(cast):
    assignee, due_at = cast.luck.choice([None, *cast.names]), cast.history.hence(cast.luck.choice(HOURS))
    await cast.author.actions.add(cast.thread, cast.text, assignee=assignee, due_at=due_at)


async def decision_falls_due(cast):
    decision = await cast.comment("decision")
    await cast.person("mia").comments.record(decision.id, review_at=cast.history.hence(cast.luck.choice(HOURS)))


async def discussion_waits(cast):
    await cast.somebody().inbox.snooze(cast.thread, cast.history.hence(cast.luck.choice(HOURS)))


async def time_passes(cast):
    await cast.history.wait(cast.luck.choice(HOURS))


async def guest_or_not(cast):
    """Of whoever's token says nothing of it."""
    await cast.host.people.describe([{"id": name, "guest": cast.luck.random() < 0.5} for name in cast.some_people()])


MEANWHILE = [
    thread_falls_due, action_falls_due, decision_falls_due, discussion_waits, time_passes, time_passes, guest_or_not, guest_or_not,
]  # fmt: skip
"""What may go on, each as likely as the others."""
