"""Everything that can happen, acted once: a scene for each type of event, on one page.

The laws of telling, of leaks and of replay play these scenes; each fails until a new type of event has one, and a new
route that changes something is in one (or in `UNTOLD`). To add one, write a function that makes its event happen with
what the cast offers, and name it in `SCENES`. Law: whatever it writes is `cast.text`, so that a leak can be told from its
absence; it acts on `cast.record` and `cast.thread` only, which nobody else needs.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from apropos import AsyncApropos, ConfirmationRequired
from hosting import site
from listening import until

FIELD = "q3/amount"
_FRESH = count(1)


@dataclass
class Cast:
    """Who acts in a scene, and where. `author` and `other` are people who may comment; `host` is the host's server."""

    host: AsyncApropos
    author: AsyncApropos
    other: AsyncApropos
    names: tuple[str, str]
    record: str
    text: str
    thread: str = ""
    about: dict = field(default_factory=dict)

    async def open(self, **draft):
        """Open a thread on the record, as visible as this cast's threads are (`about`); the scene is in it from now on."""
        opened = await self.author.threads.open(self.record, self.text, **{"title": self.text, **self.about, **draft})
        self.thread = opened.id
        return opened

    async def comment(self, kind="comment"):
        """Return a comment of that kind by the author."""
        return await self.author.threads.comment(self.thread, self.text, kind=kind)

    async def reply(self):
        """Return a comment by the other."""
        return await self.other.threads.comment(self.thread, self.text)

    async def action(self):
        """Return an action that is open."""
        return await self.author.actions.add(self.thread, self.text, assignee=self.names[1])


async def record_described(cast):
    await cast.host.records.describe(cast.record, title=cast.text, fields={FIELD: next(_FRESH)})


async def record_renamed(cast):
    before, cast.record = cast.record, f"{cast.record} {next(_FRESH)}"
    await cast.host.records.describe(before, title=cast.text)
    await cast.host.records.rename(before, cast.record)


async def record_merged(cast):
    gone = f"{cast.record} gone {next(_FRESH)}"
    await cast.host.records.describe(gone, title=cast.text, fields={FIELD: next(_FRESH)})
    await cast.author.threads.open(gone, cast.text, **cast.about)
    await cast.host.records.merge(gone, cast.record)


async def record_archived(cast):
    await cast.host.records.describe(cast.record, archived=True)


async def record_erased(cast):
    await cast.host.records.describe(cast.record, title=cast.text)
    await cast.host.records.erase(cast.record)


async def record_redacted(cast):
    gone = f"passer-by {next(_FRESH)}"
    await cast.host.acting_as(gone).threads.open(cast.record, cast.text, **cast.about)
    await cast.host.people.erase(gone)


async def person_described(cast):
    await cast.host.people.describe([{"id": cast.names[0], "name": f"Ada the {next(_FRESH)}th"}])


async def access_requested(cast):
    await cast.author.access.request(cast.record, person_id="nil", comment=cast.text)


async def access_closed(cast):
    asked = await cast.author.access.request(cast.record, person_id="nobody yet", comment=cast.text)
    await cast.host.access.dismiss(asked.id)


async def thread_opened(cast):
    await cast.open(field=FIELD, labels=[cast.text], metadata={"note": cast.text})


async def thread_changed(cast):
    fresh = {"title": cast.text, "goal": f"{cast.text} {next(_FRESH)}", "sponsor": cast.names[0], "due_at": soon()}
    await cast.author.threads.change(cast.thread, labels=[cast.text], metadata={"note": cast.text}, **fresh)


async def thread_widened(cast):
    """Fewer see it for a moment, then all who did."""
    was = await cast.host.threads.get(cast.thread)
    fewer = {"visibility": "internal"} if was.visibility == "shared" else {"visibility": "restricted", "members": [cast.names[0]]}
    await cast.host.threads.set_visibility(cast.thread, **fewer)
    again = {"visibility": was.visibility, "members": was.members}
    try:
        await cast.host.threads.set_visibility(cast.thread, **again)
    except ConfirmationRequired as asked:
        await cast.host.threads.set_visibility(cast.thread, **again, confirm=asked.newly_visible_to)


async def thread_resolved(cast):
    await cast.author.threads.resolve(cast.thread, f"{cast.text} {next(_FRESH)}", value=next(_FRESH))


async def thread_reopened(cast):
    await cast.author.threads.resolve(cast.thread, f"{cast.text} {next(_FRESH)}")
    await cast.other.threads.reopen(cast.thread, reason=cast.text)


async def thread_archived(cast):
    await cast.author.threads.archive(cast.thread)


async def comment_posted(cast):
    quoted = await cast.comment()
    await cast.other.threads.comment(cast.thread, f"**{cast.text}** <@{cast.names[0]}>", quote_id=quoted.id)


async def comment_edited(cast):
    await cast.author.comments.edit((await cast.comment()).id, f"{cast.text} {next(_FRESH)}")


async def comment_withdrawn(cast):
    await cast.author.comments.withdraw((await cast.comment()).id)


async def comment_restored(cast):
    comment = await cast.comment()
    await cast.author.comments.withdraw(comment.id)
    await cast.author.comments.restore(comment.id)


async def comment_seen(cast):
    comment = await cast.comment()
    await cast.other.comments.seen(comment.id)
    await cast.other.comments.unseen(comment.id)


async def reaction_added(cast):
    await cast.other.comments.react((await cast.comment()).id, "👍")


async def reaction_removed(cast):
    comment = await cast.comment()
    for emoji in ("👍", "🎉"):
        await cast.other.comments.react(comment.id, emoji)
    await cast.other.comments.unreact(comment.id, "👍")


async def mention_added(cast):
    await cast.author.comments.edit((await cast.comment()).id, f"{cast.text} {next(_FRESH)} <@{cast.names[1]}>")


async def comment_turned(cast):
    comment = await cast.comment()
    await cast.author.comments.turn_into(comment.id, "question")
    await cast.author.comments.turn_into_action(comment.id)


async def watch_changed(cast):
    await cast.other.threads.watch(cast.thread, "none")
    await cast.other.threads.watch(cast.thread, "all")


async def answer_accepted(cast):
    question, first, second = await cast.comment("question"), await cast.reply(), await cast.reply()
    await cast.author.comments.accept(question.id, first.id)
    await cast.author.comments.accept(question.id, second.id)


async def answer_withdrawn(cast):
    question, answer = await cast.comment("question"), await cast.reply()
    await cast.author.comments.accept(question.id, answer.id)
    await cast.author.comments.unaccept(question.id)


async def decision_voted(cast):
    decision = await cast.comment("decision")
    await cast.author.comments.vote(decision.id, "agree")
    await cast.other.comments.vote(decision.id, "problem", cast.text)


async def decision_vote_withdrawn(cast):
    decision = await cast.comment("decision")
    await cast.other.comments.vote(decision.id, "problem", cast.text)
    await cast.other.comments.unvote(decision.id)


async def decision_recorded(cast):
    await cast.author.comments.record((await cast.comment("decision")).id, review_at=soon())


async def decision_replaced(cast):
    first, second = await cast.comment("decision"), await cast.comment("decision")
    await cast.author.comments.record(first.id)
    await cast.author.comments.record(second.id, replaces=first.id)


async def decision_changed(cast):
    decision = await cast.comment("decision")
    await cast.author.comments.record(decision.id)
    await cast.author.comments.review(decision.id, soon())


async def attachment_removed(cast):
    files = [await cast.author.attachments.upload(cast.record, cast.text.encode(), f"{cast.text}.txt") for _ in range(2)]
    await cast.author.threads.comment(cast.thread, cast.text, attachments=[file.id for file in files])
    await cast.author.attachments.remove(files[0].id)


async def action_added(cast):
    await cast.action()


async def action_changed(cast):
    await cast.other.actions.change((await cast.action()).id, text=f"{cast.text} {next(_FRESH)}", due_at=soon())


async def action_done(cast):
    await cast.other.actions.done((await cast.action()).id)


async def action_dropped(cast):
    await cast.other.actions.drop((await cast.action()).id, cast.text)


async def action_reopened(cast):
    action = await cast.action()
    await cast.other.actions.done(action.id)
    await cast.author.actions.reopen(action.id)


async def notice_due_soon(cast):
    await cast.other.preferences.choose(time_zone=where_it_is(hour=5))
    await cast.author.threads.change(cast.thread, sponsor=cast.names[1], due_at=datetime.now(UTC) + timedelta(hours=30))
    await until(lambda: is_assigned(cast))
    await cast.other.preferences.choose(time_zone=where_it_is(hour=12))  # where the morning before is over
    await rung(cast, "notice.due_soon")


async def notice_overdue(cast):
    due_at = datetime.now(UTC) + timedelta(seconds=2)
    await cast.author.actions.add(cast.thread, cast.text, assignee=cast.names[1], due_at=due_at)
    await rung(cast, "notice.overdue")


async def notice_review_due(cast):
    review_at = datetime.now(UTC) + timedelta(seconds=2)
    await cast.author.comments.record((await cast.comment("decision")).id, review_at=review_at)
    await rung(cast, "notice.review_due")


async def webhook_tested(cast):
    hook = await cast.host.webhooks.create("http://127.0.0.1:9/", description=cast.text)
    await cast.host.webhooks.test(hook.id)
    await cast.host.webhooks.remove(hook.id)


async def webhook_disabled(cast):
    async with site() as system:
        system.says["/"] = 410
        hook = await cast.host.webhooks.create(f"{system.url}/", description=cast.text)
        await cast.host.webhooks.test(hook.id)

        async def is_disabled():
            return not (await cast.host.webhooks.get(hook.id)).enabled

        await until(is_disabled)
        await cast.host.webhooks.remove(hook.id)


SCENES = {
    "record.described": record_described,
    "record.renamed": record_renamed,
    "record.merged": record_merged,
    "record.archived": record_archived,
    "record.erased": record_erased,
    "record.redacted": record_redacted,
    "person.described": person_described,
    "access.requested": access_requested,
    "access.closed": access_closed,
    "thread.opened": thread_opened,
    "thread.changed": thread_changed,
    "thread.widened": thread_widened,
    "thread.resolved": thread_resolved,
    "thread.reopened": thread_reopened,
    "thread.archived": thread_archived,
    "comment.posted": comment_posted,
    "comment.edited": comment_edited,
    "comment.withdrawn": comment_withdrawn,
    "comment.restored": comment_restored,
    "comment.seen": comment_seen,
    "comment.turned": comment_turned,
    "reaction.added": reaction_added,
    "reaction.removed": reaction_removed,
    "mention.added": mention_added,
    "watch.changed": watch_changed,
    "answer.accepted": answer_accepted,
    "answer.withdrawn": answer_withdrawn,
    "decision.voted": decision_voted,
    "decision.vote_withdrawn": decision_vote_withdrawn,
    "decision.recorded": decision_recorded,
    "decision.replaced": decision_replaced,
    "decision.changed": decision_changed,
    "attachment.removed": attachment_removed,
    "action.added": action_added,
    "action.changed": action_changed,
    "action.done": action_done,
    "action.dropped": action_dropped,
    "action.reopened": action_reopened,
    "notice.due_soon": notice_due_soon,
    "notice.overdue": notice_overdue,
    "notice.review_due": notice_review_due,
    "webhook.tested": webhook_tested,
    "webhook.disabled": webhook_disabled,
}
"""By type of event, what makes it happen."""

UNTOLD = {
    ("PATCH", "/v1/workspace"): "the workspace's own settings are no discussion",
    ("POST", "/v1/keys"): "keys open the log; they are not in it",
    ("DELETE", "/v1/keys"): "the same",
    ("DELETE", "/v1/keys/{key_id}"): "the same",
    ("POST", "/v1/workspace/signing-keys"): "the same",
    ("DELETE", "/v1/workspace/signing-keys"): "the same",
    ("DELETE", "/v1/workspace/signing-keys/{key_id}"): "the same",
    ("POST", "/v1/groups"): "who is in a group decides who may see, and goes out nowhere",
    ("POST", "/v1/access/changed"): "who may see is asked anew; nothing happened",
    ("PUT", "/v1/threads/{thread_id}/read"): "how far somebody read is theirs alone",
    ("POST", "/v1/inbox/read"): "the same",
    ("POST", "/v1/inbox/unread"): "the same",
    ("PUT", "/v1/inbox/{thread_id}/snooze"): "the same",
    ("PUT", "/v1/inbox/{thread_id}/done"): "the same",
    ("DELETE", "/v1/inbox/{thread_id}/done"): "the same",
    ("PUT", "/v1/preferences"): "the same",
    ("PUT", "/v1/records/watch"): "the same: there is no thread whose event it could be",
    ("POST", "/v1/webhooks"): "who hears of what happens is no discussion",
    ("PATCH", "/v1/webhooks/{webhook_id}"): "the same",
    ("DELETE", "/v1/webhooks/{webhook_id}"): "the same",
    ("POST", "/v1/webhooks/{webhook_id}/rotate"): "the same",
    ("POST", "/v1/webhooks/{webhook_id}/replay"): "it tells again what was told",
    ("POST", "/v1/deliveries/{delivery_id}/redeliver"): "the same",
    ("POST", "/v1/counts"): "it looks",
    ("POST", "/v1/templates"): "how discussions begin is no discussion",
    ("DELETE", "/v1/templates"): "the same",
    ("POST", "/v1/attachments"): "a file is its uploader's alone until a comment takes it; then the comment is told",
}
"""Routes that may change something and tell nobody, each with the reason."""


def soon():
    """Return a moment to come, another one each time."""
    return datetime.now(UTC) + timedelta(days=7, seconds=next(_FRESH))


def where_it_is(*, hour):
    """Return a time zone where it is that hour now."""
    ahead = (hour - datetime.now(UTC).hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead:+}"


async def is_assigned(cast):
    """Tell whether the thread is in the other's inbox: then what is due in it is known as well."""
    return cast.thread in [entry.thread.id async for entry in cast.other.inbox.list("assigned")]


async def rung(cast, kind):
    """Wait until time brought this about in the thread; then something else happens, which anybody who looks can see."""

    async def told():
        found = await cast.host.events.list(types=[kind], limit=100)
        return cast.thread in [event.thread_id for event in found.data]

    await until(told)
    await cast.comment()
