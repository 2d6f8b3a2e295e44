"""What waits for a person, and how much they hear of a record; `apropos.models` has what these are made of."""

from pydantic import AwareDatetime, Field

from ._shape import Model
from .models import Comment, Page, Person, Record, Thread
from .people import AccessRequest


class Reason(Model):
    """One reason to look at a thread. `event` is the type of what happened, `by` who caused it (`None`: the host, or time).

    `reason` is `asked`, `assigned`, `due`, `mention`, `answered`, `came_of_it`, `decided`, `resolved`, `reopened`,
    `visibility`, `reply`, `reaction` or `later`; the set may grow.
    """

    reason: str
    event: str = ""
    by: str | None = None
    at: AwareDatetime
    comment_id: str | None = None
    action_id: str | None = None


class InboxEntry(Model):
    """What a thread asks of a person: one entry, which evolves.

    The strongest reason comes first; `comment` is what it points to. `waiting_since` tells since when their question
    waits; `due_at` is the thread's date, or that of what they have to do.
    """

    thread: Thread
    record: Record
    reasons: list[Reason] = Field(default_factory=list)
    comment: Comment | None = None
    at: AwareDatetime
    unread: bool = False
    due_at: AwareDatetime | None = None
    waiting_since: AwareDatetime | None = None
    snoozed_until: AwareDatetime | None = None
    done_at: AwareDatetime | None = None
    people: dict[str, Person] | None = None


class WaitingRequest(Model):
    """Somebody is to be let see the record, or the `thread` on it; who manages the record is told, and its owner."""

    request: AccessRequest
    record: Record
    thread: Thread | None = None


class Inbox(Page[InboxEntry]):
    """A page of the inbox. `counts` is how many lie where, by filter (not `done`), and `unread`: of `for-you`.

    `requests` are the requests for access that wait, on the first page of `for-you`.
    """

    requests: list[WaitingRequest] = Field(default_factory=list)
    counts: dict[str, int] = Field(default_factory=dict)
    people: dict[str, Person] = Field(default_factory=dict)


class Watch(Model):
    """How much a person hears of a record: `level` is what they chose there, `watching` what it comes to."""

    record: str
    level: str | None = None
    watching: str = "mentions"


class QuietHours(Model):
    """From when to when nobody is disturbed, `22:00` to `07:00` by the person's own clock; `days` on which it begins."""

    from_: str = Field(alias="from")
    to: str
    days: list[str] = Field(default_factory=list)


class Channel(Model):
    """Where a reason is told: in the inbox, and by mail `now`, in a `digest`, or not (`off`)."""

    inbox: bool = True
    mail: str = "digest"


class Preferences(Model):
    """What a person likes. `channels` is by reason; `version` is 0 until they chose something."""

    time_zone: str = "UTC"
    locale: str | None = None
    quiet_hours: QuietHours | None = None
    channels: dict[str, Channel] = Field(default_factory=dict)
    enter_sends: bool = False
    letter_keys: bool = True
    hide_presence: bool = False
    version: int = 0
