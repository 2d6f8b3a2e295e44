"""Taking a file in: parts of a form as they arrive, on the disk where they are large, then a look at what it is.

Law: no file is ever whole in memory, and nothing is kept of one that is refused.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from math import ceil
from typing import IO, Any, Final

from fastapi import Request
from pydantic import TypeAdapter, ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from ..errors import TooLarge, UnsupportedMediaType, ValidationFailed
from ..ids import is_id
from ..middleware import FILE
from ..wire import RecordName
from .naming import cleaned, must_not_run
from .pictures import Picture, look_at
from .sniffing import ENOUGH, type_of
from .storage import CHUNK

SHAPE: Final = "is a form, multipart/form-data, with one part `file` and one part `record`"
_record: TypeAdapter[str] = TypeAdapter(RecordName)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that came in, and what is known of it."""

    id: str | None
    record: str
    name: str
    type: str
    size: int
    digest: str
    picture: Picture | None
    content: IO[bytes]

    @property
    def sides(self) -> tuple[int | None, int | None]:
        """Width and height of a picture, in pixels."""
        return (self.picture.width, self.picture.height) if self.picture else (None, None)

    @property
    def thumbnail(self) -> bytes | None:
        """A small picture of it, if there is one."""
        return self.picture.thumbnail if self.picture else None

    def print(self) -> bytes:
        """Return what tells this upload from another one."""
        return f"{self.record}\n{self.name}\n{self.digest}".encode()


@asynccontextmanager
async def arriving(request: Request) -> AsyncIterator[Arrival]:
    """Give what a request brings; it is gone at the end of the block.

    Raises `TooLarge` over 25 MB, `FileBlocked` for what would run, `ValidationFailed` for a form with other parts.
    """
    form = await _form(request)
    try:
        yield await _understood(form)
    finally:
        await form.close()


async def _form(request: Request) -> FormData:
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise UnsupportedMediaType("Send a form: Content-Type: multipart/form-data, with the parts file and record.")
    try:
        return await request.form(max_files=1, max_fields=2, max_part_size=4096)
    except HTTPException as problem:
        raise ValidationFailed.at("body", f"{SHAPE}; {problem.detail}") from None


async def _understood(form: FormData) -> Arrival:
    given: dict[str, Any] = dict(form.multi_items())
    for name in given.keys() - {"file", "record", "id"}:
        raise ValidationFailed.at(name, "is not a member we know")
    file = given.get("file")
    if not isinstance(file, UploadFile):
        raise ValidationFailed.at("file", "is needed: a part with the file and its name")
    # Whoever sends a form writes a quotation mark so. Source: HTML, 4.10.21.8.
    name, attachment_id = cleaned((file.filename or "").replace("%22", '"')), given.get("id")
    must_not_run(name)
    if attachment_id is not None and not (isinstance(attachment_id, str) and is_id(attachment_id, "att")):
        raise ValidationFailed.at("id", "is an id such as att_01k0000000e00g0r40g30e209g")
    return await asyncio.to_thread(_looked_at, attachment_id, _named(given.get("record")), name, file.file)


def _named(record: Any) -> str:
    try:
        return _record.validate_python(record if isinstance(record, str) else "")
    except ValidationError as problem:
        raise ValidationFailed.at("record", str(problem.errors()[0]["msg"]).removeprefix("Value error, ")) from None


def _looked_at(attachment_id: str | None, record: str, name: str, content: IO[bytes]) -> Arrival:
    content.seek(0)
    digest, size, head = hashlib.sha256(), 0, content.read(ENOUGH)
    content.seek(0)
    while chunk := content.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    if size > FILE:
        raise TooLarge(f"{name} is {ceil(size / 2**20)} MB. The limit is 25 MB.", limit=FILE)
    if not size:
        raise ValidationFailed.at("file", "is empty")
    media_type = type_of(head, name)
    content.seek(0)
    return Arrival(attachment_id, record, name, media_type, size, digest.hexdigest(), look_at(content, media_type), content)
