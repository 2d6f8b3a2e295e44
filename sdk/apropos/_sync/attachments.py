# Derived from _async/attachments.py by sdk/derive.py: change it there.
"""Files to post comments with."""

from collections.abc import Iterable

from .._files import Content, opened
from .._ids import new_id
from .._protocol import Request, look, path, understood, write
from ..errors import refused
from ..models import Attachment, Page
from .transport import Transport

LOOKED_UP_AT_ONCE = 100


class Attachments:
    """Files, each about a record. A person's stay theirs alone until they post a comment with it, for at most a day."""

    def __init__(self, transport: Transport) -> None:
        """Made by the client."""
        self._transport = transport

    def upload(self, record: str, file: Content, name: str | None = None, *, id: str | None = None) -> Attachment:  # noqa: A002 the contract's word
        """Bring a file: a path, an open binary file, or bytes with a `name`. Then post it with `attachments=[….id]`.

        Raises `NotFound` when the caller may not see the record, `TooLarge` over 25 MB, `Invalid` (`file_blocked`) for what
        would run on a machine or in a browser, and `Conflict` (`id_conflict`) when you gave an `id` that another file has.
        """
        form = {"id": id or new_id("att"), "record": record}
        with opened(file, name) as named:
            return self._transport.send(Request("POST", path("attachments"), form=form, file=named), Attachment)

    def get(self, attachment_id: str) -> Attachment:
        """Return a file's card, with addresses that a page can load for ten minutes. Raises `NotFound`."""
        found = self.get_many([attachment_id])
        if not found:
            raise refused(404, {"code": "not_found", "detail": f"There is no file {attachment_id} that the caller can see."})
        return found[0]

    def get_many(self, attachment_ids: Iterable[str]) -> list[Attachment]:
        """Return the cards of these files in the order given; those that are unknown or hidden are left out."""
        ids = list(dict.fromkeys(attachment_ids))
        found: list[Attachment] = []
        for start in range(0, len(ids), LOOKED_UP_AT_ONCE):
            request = look(path("attachments"), id=ids[start : start + LOOKED_UP_AT_ONCE])
            found += (self._transport.send(request, Page[Attachment])).data
        return found

    def download(self, attachment_id: str) -> bytes:
        """Return what is in a file. Raises `NotFound`."""
        return self._content(look(path("attachments", attachment_id)))

    def thumbnail(self, attachment_id: str) -> bytes:
        """Return a small picture of a picture, as WebP. Raises `NotFound` when there is none."""
        return self._content(look(path("attachments", attachment_id), thumbnail=True))

    def remove(self, attachment_id: str) -> None:
        """Take a file away, for good: who brought it may, and whoever manages."""
        self._transport.send(write("DELETE", path("attachments", attachment_id)), type(None))

    def _content(self, request: Request) -> bytes:
        answer = self._transport.answer(request)
        return answer.content if answer.is_success else understood(answer, bytes)
