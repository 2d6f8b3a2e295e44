"""Every table, by importing the rooms that declare them."""

from .access import answered
from .access import model as access
from .attachments import model as attachments
from .console import model as console
from .erasing import model as erasing
from .events import alarms, readers
from .inbox import model as inbox
from .people import model as people
from .people import preferences
from .records import model as records
from .search import model as search
from .templates import model as templates
from .threads import kind_model as kinds
from .threads import model as threads
from .threads import request_model as requests
from .webhooks import model as webhooks

__all__ = [
    "access", "alarms", "answered", "attachments",
    "console", "erasing", "inbox", "kinds", "people", "preferences", "readers", "records", "requests",
    "search",
    "templates", "threads", "webhooks",
]  # fmt: skip
