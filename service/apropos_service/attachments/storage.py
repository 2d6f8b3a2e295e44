"""Where files are kept: a folder, or whatever fsspec reaches. Each method takes time on a disk or a network: call it in a thread.

Law: what is kept is on the disk before its row is committed. Places are ours, never a part of what people named.
"""

import io
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import urlsplit

from ..settings import Settings

CHUNK: Final = 256 * 1024
BLOCK: Final = 5 * 2**20
"""The most of a file that is in memory at once, on its way to or from a storage that is no folder: the least part that S3 takes."""
LOCAL: Final = ("", "file", "local")
TRIES: Final = 2
S3: Final = {"config_kwargs": {"connect_timeout": 3, "read_timeout": 7, "retries": {"total_max_attempts": 2}}}
"""An S3 that does not answer is given up after half a minute: s3fs and botocore would each try five times, one inside the other."""


class FilesUnreachable(Exception):
    """FILES_URL names a storage that cannot be used; the text says what to do."""


class Files:
    """Files by their place, `workspace/name`; a thumbnail stands beside its file."""

    def __init__(self, url: str) -> None:
        """`url` is `file://…`, `s3://bucket/prefix` or another address that fsspec knows. Nothing is opened yet."""
        self._url = url
        self._is_local = urlsplit(url).scheme in LOCAL

    @classmethod
    def of(cls, settings: Settings) -> "Files":
        """Return the files that the settings name. Raises `FilesUnreachable` when a package for them is missing."""
        files = cls(settings.files)
        if not files._is_local:
            files._storage  # noqa: B018 a missing package is heard of now, not at the first upload
        return files

    def keep(self, place: str, content: IO[bytes], thumbnail: bytes | None) -> None:
        """Write a file, and its thumbnail if there is one, so that a power cut does not lose it."""
        content.seek(0)
        self._write(place, content)
        if thumbnail is not None:
            self._write(small(place), io.BytesIO(thumbnail))

    def open(self, place: str) -> IO[bytes]:
        """Open a file to read. Raises `FileNotFoundError`."""
        system, root = self._storage
        opened: IO[bytes] = system.open(f"{root}/{place}", "rb", block_size=BLOCK)
        return opened

    def drop(self, place: str) -> None:
        """Delete a file and its thumbnail; what is not there is no problem."""
        system, root = self._storage
        for one in (place, small(place)):
            with suppress(FileNotFoundError):
                system.rm_file(f"{root}/{one}")

    def check(self) -> str:
        """Write, read and delete a file; return where. Raises what goes wrong."""
        place = f"check/{os.getpid()}"
        self.keep(place, io.BytesIO(b"apropos"), None)
        with self.open(place) as file:
            file.read()
        self.drop(place)
        return self._url

    @cached_property
    def _storage(self) -> tuple[Any, str]:
        import fsspec  # noqa: PLC0415 a process that has nothing to do with files starts without it

        scheme = urlsplit(self._url).scheme
        options = {"auto_mkdir": True} if self._is_local else {**S3, **fsspec.config.conf.get(scheme, {})} if scheme == "s3" else {}
        try:
            system, root = fsspec.url_to_fs(self._url, **options)
        except (ImportError, ValueError) as problem:
            raise FilesUnreachable(
                f"APROPOS_FILES_URL is {scheme}://…, which this installation cannot use: {problem}. "
                "Files in S3 need the package s3fs: pip install s3fs."
            ) from problem
        if scheme == "s3":
            system.retries = TRIES
        return system, root.rstrip("/")

    def _write(self, place: str, content: IO[bytes]) -> None:
        system, root = self._storage
        if not self._is_local:
            _send(system.open(f"{root}/{place}", "wb", block_size=BLOCK), content)
            return
        with system.open(f"{root}/{place}", "wb") as file:
            shutil.copyfileobj(content, file, CHUNK)
            file.flush()
            os.fsync(file.fileno())
        folder = os.open(Path(root, place).parent, os.O_RDONLY)
        os.fsync(folder)  # the name too
        os.close(folder)


def _send(file: Any, content: IO[bytes]) -> None:
    """Write to a storage that is no folder; what could not be written whole is taken back, where the storage knows how."""
    try:
        shutil.copyfileobj(content, file, CHUNK)
        file.close()
    except Exception:
        with suppress(Exception):
            file.discard()
        with suppress(AttributeError):
            file.closed = True  # else it would send the rest when it is forgotten
        raise


def small(place: str) -> str:
    """Return where the thumbnail of a file is kept."""
    return f"{place}.small"


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """Yield what is in a file, and close it."""
    with file:
        while chunk := file.read(CHUNK):
            yield chunk
