"""Files to send: from a path, from bytes, or from something open; read piece by piece, as often as the request is sent."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import BinaryIO

Content = str | PathLike[str] | bytes | BinaryIO


@contextmanager
def opened(content: Content, name: str | None) -> Iterator[tuple[str, BinaryIO]]:
    """Give the name and the file, which can be read again from its beginning. What was open already stays open.

    Raises `ValueError` when nothing says what the file is called.
    """
    if isinstance(content, bytes):
        yield _named(name), io.BytesIO(content)
    elif isinstance(content, str | PathLike):
        with Path(content).open("rb") as file:
            yield name or Path(content).name, file
    else:
        called = getattr(content, "name", None)
        yield _named(name or (Path(called).name if isinstance(called, str) else None)), _again(content)


def _named(name: str | None) -> str:
    if not name:
        raise ValueError("Say what the file is called: name='schedule.pdf'.")
    return name


def _again(content: BinaryIO) -> BinaryIO:
    """What cannot go back to its beginning is read into memory."""
    return content if content.seekable() else io.BytesIO(content.read())
