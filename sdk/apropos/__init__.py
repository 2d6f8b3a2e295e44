"""Apropos: discussions about the records of your applications.

`Apropos` is a client, `AsyncApropos` the same, awaited. `person_token` and `Embedding` bring the widget into your
pages; `apropos.webhooks` opens what your server is sent. What can go wrong is drawn in `apropos.errors`; `apropos.testing`
is an in-memory service for your own tests.
"""

from . import access, errors, events, models, webhooks
from ._async.client import AsyncApropos
from ._sync.client import Apropos
from ._version import __version__
from .audit import AuditEntry
from .embed import Embedding, Showing, person_token
from .endpoints import Delivery, Webhook
from .errors import (
    ApiError,
    AproposError,
    ConfirmationRequired,
    Conflict,
    CursorLost,
    Forbidden,
    Invalid,
    NoLongerKept,
    NotFound,
    RateLimited,
    SignatureInvalid,
    TooLarge,
    Unauthenticated,
    Unavailable,
    Unreachable,
    VersionConflict,
)  # fmt: skip
from .inbox import Inbox, InboxEntry, Preferences, Reason, Watch
from .kinds import Action, Decision
from .models import Attachment, Comment, Conversation, Field, Person, Record, Thread
from .places import FilePlace
from .templates import Template

__all__ = [
    "Action", "ApiError", "Apropos", "AproposError", "AsyncApropos", "Attachment", "AuditEntry", "Comment",
    "ConfirmationRequired", "Conflict", "Conversation", "CursorLost", "Decision", "Delivery", "Embedding", "Field", "FilePlace",
    "Forbidden", "Inbox", "InboxEntry", "Invalid", "NoLongerKept", "NotFound", "Person", "Preferences", "RateLimited", "Reason",
    "Record", "Showing", "SignatureInvalid", "Template", "Thread", "TooLarge", "Unauthenticated", "Unavailable",
    "Unreachable", "VersionConflict", "Watch", "Webhook", "__version__", "access", "errors", "events", "models", "person_token",
    "webhooks",
]  # fmt: skip
