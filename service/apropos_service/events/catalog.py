"""Everything that can happen: here, on `settling` (answers, decisions, actions), on `timing` (time), on `hooks` (webhooks).

An event is a fact: past tense, immutable, thin. Fields are only ever added, with a default; a new meaning is a new event.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from . import hooks, settling, timing  # noqa: F401 their events count among all that can happen
from .event import Event


@dataclass(frozen=True, slots=True)
class RecordDescribed(Event):
    """The host described a record, and so many fields have `changed` their value."""

    type: ClassVar[str] = "record.described"
    changed: int = 0


@dataclass(frozen=True, slots=True)
class RecordRenamed(Event):
    """A record got another name; its threads stay."""

    type: ClassVar[str] = "record.renamed"
    says: ClassVar[tuple[str, ...]] = ("before",)
    before: str


@dataclass(frozen=True, slots=True)
class RecordMerged(Event):
    """Another record's threads moved here."""

    type: ClassVar[str] = "record.merged"
    says: ClassVar[tuple[str, ...]] = ("merged",)
    merged: str
    merged_id: str = ""


@dataclass(frozen=True, slots=True)
class RecordArchived(Event):
    """The host archived a record."""

    type: ClassVar[str] = "record.archived"


@dataclass(frozen=True, slots=True)
class RecordErased(Event):
    """A record and all its discussions are gone for good."""

    type: ClassVar[str] = "record.erased"


@dataclass(frozen=True, slots=True)
class RecordRedacted(Event):
    """What somebody wrote about a record, who was erased, is gone for good; pages read it anew."""

    type: ClassVar[str] = "record.redacted"


@dataclass(frozen=True, slots=True)
class PersonDescribed(Event):
    """A person's card changed."""

    type: ClassVar[str] = "person.described"
    person_id: str


@dataclass(frozen=True, slots=True)
class ThreadOpened(Event):
    """A discussion began, with its first comment."""

    type: ClassVar[str] = "thread.opened"
    comment_id: str


@dataclass(frozen=True, slots=True)
class ThreadChanged(Event):
    """Title, goal, sponsor, due date, labels, metadata, or who sees it changed; `members` names which.

    `was` is `{visibility, members}` before, where fewer see it now.
    """

    type: ClassVar[str] = "thread.changed"
    members: tuple[str, ...] = ()
    was: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ThreadWidened(Event):
    """People newly see a discussion, those in `newly` and whom nobody can list; `was` is `{visibility, members}` before."""

    type: ClassVar[str] = "thread.widened"
    was: dict[str, Any]
    newly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ThreadResolved(Event):
    """A discussion ended with an outcome."""

    type: ClassVar[str] = "thread.resolved"


@dataclass(frozen=True, slots=True)
class ThreadReopened(Event):
    """A resolved or archived discussion goes on."""

    type: ClassVar[str] = "thread.reopened"
    says: ClassVar[tuple[str, ...]] = ("reason",)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ThreadArchived(Event):
    """A discussion was put away."""

    type: ClassVar[str] = "thread.archived"


@dataclass(frozen=True, slots=True)
class CommentPosted(Event):
    """A comment was added to a thread."""

    type: ClassVar[str] = "comment.posted"
    says: ClassVar[tuple[str, ...]] = ("mentions",)
    comment_id: str
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommentEdited(Event):
    """A comment's text changed; `version` is the new one."""

    type: ClassVar[str] = "comment.edited"
    comment_id: str
    version: int


@dataclass(frozen=True, slots=True)
class CommentWithdrawn(Event):
    """A comment was taken back; its place stays. `again`: its author had done so before, and a moderator removed it since."""

    type: ClassVar[str] = "comment.withdrawn"
    comment_id: str
    version: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class CommentRestored(Event):
    """A withdrawn comment is back."""

    type: ClassVar[str] = "comment.restored"
    comment_id: str


@dataclass(frozen=True, slots=True)
class CommentSeen(Event):
    """A person said that they saw a comment (`seen`), or took that back."""

    type: ClassVar[str] = "comment.seen"
    comment_id: str
    seen: bool = True


@dataclass(frozen=True, slots=True)
class ReactionAdded(Event):
    """A person reacted to a comment."""

    type: ClassVar[str] = "reaction.added"
    says: ClassVar[tuple[str, ...]] = ("emoji",)
    comment_id: str
    emoji: str


@dataclass(frozen=True, slots=True)
class ReactionRemoved(Event):
    """A person took a reaction back."""

    type: ClassVar[str] = "reaction.removed"
    says: ClassVar[tuple[str, ...]] = ("emoji",)
    comment_id: str
    emoji: str


@dataclass(frozen=True, slots=True)
class MentionAdded(Event):
    """An edit mentioned somebody whom the comment did not mention before."""

    type: ClassVar[str] = "mention.added"
    says: ClassVar[tuple[str, ...]] = ("person_id",)
    comment_id: str
    person_id: str


@dataclass(frozen=True, slots=True)
class CommentTurned(Event):
    """A comment became another kind: it was `was`, now it is `to`."""

    type: ClassVar[str] = "comment.turned"
    comment_id: str
    was: str
    to: str

    def facts(self) -> dict[str, Any]:
        """Return what the log keeps; `was` goes out as `from`."""
        return {"comment_id": self.comment_id, "from": self.was, "to": self.to}


@dataclass(frozen=True, slots=True)
class AttachmentRemoved(Event):
    """A file was taken away from a comment, for good."""

    type: ClassVar[str] = "attachment.removed"
    comment_id: str
    attachment_id: str


@dataclass(frozen=True, slots=True)
class WatchChanged(Event):
    """A person chose how much to hear of a thread."""

    type: ClassVar[str] = "watch.changed"
    person_id: str
    level: str


@dataclass(frozen=True, slots=True)
class AccessRequested(Event):
    """The host was asked to let a person see a record or a thread; only the host hears of it."""

    type: ClassVar[str] = "access.requested"
    says: ClassVar[tuple[str, ...]] = ("person_id",)
    request_id: str
    person_id: str


@dataclass(frozen=True, slots=True)
class AccessClosed(Event):
    """A request for access is over: the person sees it now (`seen`), or somebody put it away; only the host hears of it."""

    type: ClassVar[str] = "access.closed"
    says: ClassVar[tuple[str, ...]] = ("person_id",)
    request_id: str
    person_id: str
    seen: bool = False


CATALOG: dict[str, type[Event]] = {event.type: event for event in Event.__subclasses__()}
