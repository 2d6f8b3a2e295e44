"""What else people do, in whatever state things are: the moves of random histories that are no event's own scene.

Law: a move takes up what is there, whoever wrote it and however it stands, and may well be refused; all that it draws is
drawn from `cast.luck`. To add one, write a function and name it in `MOVES`.
"""

from apropos import ConfirmationRequired
from scenes import soon

KINDS = ["comment", "question", "decision"]
EMOJI = ["👍", "🎉"]
FIELDS = ["q3/amount", "q3/cost"]
GROUP = "sales"
TEXTS = [
    "<@ada> and <@bo>, *look*", f"<@group:{GROUP}> https://example.com", "| a | b |\n|-|-|\n| 1 | <b> |", "```py\nx = 1\n```",
    "- [ ] this\n- [x] that ~~no~~", "## عنوان\n\n> said\n\n" + "long " * 500,
]  # fmt: skip


async def comment_said(cast):
    """Mentions, groups, code, tables, something long; perhaps a reply to anything."""
    quoted = cast.luck.choice([None, *(one.id for one in await cast.said())])
    text, kind = cast.luck.choice(TEXTS), cast.luck.choice(KINDS)
    await cast.somebody().threads.comment(cast.thread, text, quote_id=quoted, kind=kind)


async def comment_rewritten(cast):
    comment = await cast.any_comment()
    await cast.person(comment.author).comments.edit(comment.id, cast.luck.choice(TEXTS))


async def comment_taken_back(cast):
    comment = await cast.any_comment()
    await cast.person(comment.author).comments.withdraw(comment.id)


async def comment_removed(cast):
    """By who manages, with a reason; perhaps one that its author withdrew before."""
    comment = await cast.any_comment(withdrawn=cast.luck.choice([True, False, None]))
    await cast.person("mia").comments.withdraw(comment.id, reason=cast.text)


async def comment_brought_back(cast):
    comment = await cast.any_comment(withdrawn=True)
    await cast.person(cast.luck.choice([comment.author, "mia"])).comments.restore(comment.id)


async def comment_turned(cast):
    comment = await cast.any_comment()
    await cast.person("mia").comments.turn_into(comment.id, cast.luck.choice(KINDS))


async def comment_made_to_do(cast):
    await cast.somebody().comments.turn_into_action((await cast.any_comment()).id, assignee=cast.luck.choice([None, *cast.names]))


async def comment_liked(cast):
    liked, comment = cast.somebody().comments, await cast.any_comment()
    await cast.luck.choice([liked.react, liked.react, liked.unreact])(comment.id, cast.luck.choice(EMOJI))


async def comment_looked_at(cast):
    looked, comment = cast.somebody().comments, await cast.any_comment()
    await cast.luck.choice([looked.seen, looked.seen, looked.unseen])(comment.id)


async def answer_moved(cast):
    question, answer = await cast.any_comment("question"), await cast.any_comment()
    await cast.person("mia").comments.accept(question.id, answer.id)


async def answer_taken_back(cast):
    question = await cast.any_comment("question")
    await cast.person(question.author).comments.unaccept(question.id)


async def decision_weighed(cast):
    voter, decision = cast.somebody().comments, await cast.any_comment("decision")
    match cast.luck.choice(["agree", "problem", None]):
        case None:
            await voter.unvote(decision.id)
        case vote:
            await voter.vote(decision.id, vote, cast.text)


async def decision_recorded(cast):
    """Perhaps once more, or in the place of another."""
    decision, other = await cast.any_comment("decision"), await cast.any_comment("decision")
    await cast.person("mia").comments.record(decision.id, replaces=cast.luck.choice([None, other.id]))


async def action_moved(cast):
    action, by = await cast.any_action(), cast.somebody().actions
    match cast.luck.choice(["done", "dropped", "open", "changed"]):
        case "done":
            await by.done(action.id)
        case "dropped":
            await by.drop(action.id, cast.text)
        case "open":
            await by.reopen(action.id)
        case "changed":
            due_at, assignee = cast.luck.choice([None, soon()]), cast.luck.choice([None, *cast.names])
            await by.change(action.id, text=cast.luck.choice(TEXTS[:2]), due_at=due_at, assignee=assignee)


async def file_brought(cast):
    """With a comment; or with the first one of a discussion."""
    file = await cast.author.attachments.upload(cast.record, cast.text.encode(), f"{cast.text}.txt")
    if cast.luck.random() < 0.3:
        await cast.open(attachments=[file.id])
    else:
        await cast.author.threads.comment(cast.thread, cast.text, attachments=[file.id])


async def thread_templated(cast):
    """Begin as a template says, which may ask a question, decide or restrict."""
    drawn = {"kind": cast.luck.choice(KINDS), "visibility": cast.luck.choice(["internal", "restricted"])}
    draft = {"title": cast.text, "goal": cast.text, "due_in_days": 3, "people": list(cast.names), "labels": ["a", "b"], **drawn}
    await cast.host.templates.describe([{"record_type": cast.record.partition(":")[0], "name": "Check", **draft}])
    cast.found(await cast.author.threads.open(cast.record, cast.text, template="Check", field=cast.luck.choice(FIELDS)))


async def thread_meant(cast):
    """Set or clear some of what a discussion is for."""
    given = {"title": cast.text, "goal": cast.text, "sponsor": cast.names[0], "due_at": soon(), "metadata": {"a": [1, None]}}
    patch = {name: cast.luck.choice([given[name], None]) for name in cast.luck.sample(sorted(given), 3)}
    await cast.person("mia").threads.change(cast.thread, **patch, labels=cast.luck.choice([[], ["x"], ["x", "y"]]))


async def thread_ended(cast):
    """Resolve, perhaps once more and otherwise; or put away what is open or resolved."""
    by = cast.somebody().threads
    if cast.luck.random() < 0.8:
        await by.resolve(cast.thread, cast.luck.choice(TEXTS), value=cast.luck.choice([None, 7, "x", True]))
    else:
        await by.archive(cast.thread)


async def thread_goes_on(cast):
    await cast.somebody().threads.reopen(cast.thread, reason=cast.luck.choice([None, cast.text]))


async def thread_hidden_or_shown(cast):
    """To some, or to more; who opened a discussion may hide it, who manages may show it."""
    to = {"visibility": cast.luck.choice(["internal", "shared", "restricted"])}
    to |= {"members": cast.some_people()} if to["visibility"] == "restricted" else {}
    by = cast.luck.choice([cast.person("mia"), cast.author]).threads
    try:
        await by.set_visibility(cast.thread, **to)
    except ConfirmationRequired as asked:
        await by.set_visibility(cast.thread, **to, confirm=asked.newly_visible_to)


async def thread_watched(cast):
    await cast.somebody().threads.watch(cast.thread, cast.luck.choice(["all", "mentions", "none"]))


async def inbox_tidied(cast):
    """What is a person's own and nobody is told: later, done, back again."""
    inbox = cast.somebody().inbox
    match cast.luck.choice(["later", "now", "done", "undone"]):
        case "later":
            await inbox.snooze(cast.thread, soon())
        case "now":
            await inbox.snooze(cast.thread, None)
        case "done":
            await inbox.done(cast.thread)
        case "undone":
            await inbox.undo(cast.thread)


async def record_watched(cast):
    await cast.somebody().records.watch(cast.record, cast.luck.choice(["all", "mentions", "none"]))


async def record_retold(cast):
    """Some of a record anew, which may be what it is already: a value, only its label, none any more."""
    value = {"value": cast.luck.choice([1, 2, "x", None]), "label": cast.luck.choice(["Amount", None]), "unit": "€"}
    fields = {field: cast.luck.choice([None, value, {**value, "type": "money"}]) for field in cast.luck.sample(FIELDS, 1)}
    given = {"title": cast.text, "status": "open", "url": "https://host.example/1", "owner": cast.names[0], "parent": "deal:1"}
    given = {name: cast.luck.choice([given[name], None]) for name in cast.luck.sample(sorted(given), 2)}
    await cast.host.records.describe(cast.record, fields=fields, labels=cast.luck.choice([[], ["a"]]), **given)


async def record_opened_to(cast):
    """Let some people do more on a record than their tokens say, or no longer."""
    levels = {name: cast.luck.choice(["read", "comment", "manage"]) for name in cast.some_people()}
    await cast.host.records.describe(cast.record, access={"people": levels, "everyone": cast.luck.choice([None, "comment"])})


async def record_merged_away(cast):
    """Its discussions go where there are others, under another name."""
    into = cast.elsewhere()
    await cast.host.records.describe(into, title=cast.text, fields={"q3/amount": 3})
    before = cast.record
    cast.record = into
    try:
        await cast.open(field="q3/amount")
    finally:
        cast.record = before
    await cast.host.records.merge(before, into)
    cast.record = into


async def record_called_as_before(cast):
    before = cast.luck.choice(cast.history.names)
    await cast.host.records.rename(cast.record, before)
    cast.record = before


async def record_name_taken(cast):
    """A name that it had is another record's from now on."""
    left, other = cast.luck.choice(cast.history.names), cast.elsewhere()
    await cast.host.records.describe(other, title=cast.text)
    await cast.host.records.rename(other, left)


async def person_erased(cast):
    """Whoever passed by is forgotten, wherever they were; somebody else comes by from now on."""
    gone = cast.history.passer_by
    cast.history.comes_by()
    await cast.host.people.erase(gone)


async def group_described(cast):
    await cast.host.people.groups([{"id": GROUP, "name": cast.luck.choice(["Sales", "Selling"]), "members": cast.some_people()}])


async def people_at_once(cast):
    """Several write in one discussion in the same moment."""
    await cast.together(comment_said, comment_liked, comment_rewritten, decision_weighed, thread_watched)


MOVES = {
    "comment said": comment_said,
    "comment rewritten": comment_rewritten,
    "comment taken back": comment_taken_back,
    "comment removed": comment_removed,
    "comment brought back": comment_brought_back,
    "comment turned again": comment_turned,
    "comment made to do": comment_made_to_do,
    "comment liked": comment_liked,
    "comment looked at": comment_looked_at,
    "answer moved": answer_moved,
    "answer taken back": answer_taken_back,
    "decision weighed": decision_weighed,
    "decision recorded again": decision_recorded,
    "action moved": action_moved,
    "file brought": file_brought,
    "thread templated": thread_templated,
    "thread meant": thread_meant,
    "thread ended": thread_ended,
    "thread goes on": thread_goes_on,
    "thread hidden or shown": thread_hidden_or_shown,
    "thread watched": thread_watched,
    "inbox tidied": inbox_tidied,
    "record watched": record_watched,
    "record retold": record_retold,
    "record opened to": record_opened_to,
    "record merged away": record_merged_away,
    "record called as before": record_called_as_before,
    "record name taken": record_name_taken,
    "person erased": person_erased,
    "group described": group_described,
    "people at once": people_at_once,
}
"""By name, what may happen."""

SELDOM = {
    "record opened to": 0.3, "record merged away": 0.15, "record called as before": 0.3, "record name taken": 0.15,
    "person erased": 0.2, "thread ended": 0.5, "thread hidden or shown": 0.6, "group described": 0.3, "file brought": 0.5,
}  # fmt: skip
"""How often something is done, against what is not named, which is 1: pages read anew after some of it, and begin again."""
