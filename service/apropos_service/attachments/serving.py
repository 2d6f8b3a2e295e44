"""Sending a file so that nothing in it can run: downloads, but for pictures; in a sandbox; as what it is.

Law: who asks was checked before this room is entered.
"""

import asyncio
from typing import Any, Final
from urllib.parse import quote

import structlog
from fastapi import Response
from fastapi.responses import StreamingResponse

from ..errors import NotFound, Overloaded
from .model import Attachment
from .pictures import THUMBNAIL_TYPE
from .sniffing import PICTURES
from .storage import Files, chunks, small

log = structlog.get_logger()
FENCE: Final = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "private, max-age=600",
    "Vary": "Authorization, Apropos-Actor",
}
"""What goes with every file. Hosts show pictures in their own pages, so other origins may load them: the address says who may."""


async def serve(files: Files, row: Attachment, *, thumbnail: bool, if_none_match: str | None) -> Response:
    """Return the file, or its thumbnail. Raises `NotFound` when there is none, `Overloaded` when the storage is away."""
    if thumbnail and not row.thumbnail:
        raise NotFound("This file has no thumbnail.")
    tag = f'"{row.digest[:32]}{"-small" if thumbnail else ""}"'
    if if_none_match is not None and tag in if_none_match:
        return Response(status_code=304, headers={**FENCE, "ETag": tag})
    file = await _opened(files, row, small(row.place) if thumbnail else row.place)
    media_type = THUMBNAIL_TYPE if thumbnail else row.type
    headers = {**FENCE, "ETag": tag, "Content-Disposition": disposition(media_type, row.name), "Content-Type": media_type}
    return StreamingResponse(chunks(file), headers=headers if thumbnail else {**headers, "Content-Length": str(row.size)})


def disposition(media_type: str, name: str) -> str:
    """Return the header that shows a safe picture and downloads anything else. Source: RFC 6266, section 4.3; RFC 8187."""
    how = "inline" if media_type in PICTURES else "attachment"
    ascii_ = "".join(char if 0x20 <= ord(char) < 0x7F and char not in '"\\%' else "_" for char in name)  # noqa: PLR2004 printable
    return f"{how}; filename=\"{ascii_}\"; filename*=UTF-8''{quote(name, safe='')}"


async def _opened(files: Files, row: Attachment, place: str) -> Any:
    try:
        return await asyncio.to_thread(files.open, place)
    except FileNotFoundError:
        log.error("a file is gone from the storage", attachment=row.id, place=place)  # noqa: TRY400 that it is gone is all to say
        raise NotFound("The file is gone.") from None
    except Exception as problem:
        log.exception("the storage of files does not answer", problem=repr(problem))
        raise Overloaded("The storage of files does not answer now.", retry_after=5) from problem
