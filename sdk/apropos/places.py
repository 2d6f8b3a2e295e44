"""Where a follower of the log keeps how far it came, so that it goes on there after whatever happened to it."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Protocol


class Place(Protocol):
    """Keeps a cursor: a file, or a row of yours, best in the transaction of what you do with the events."""

    def load(self) -> str | None:
        """Return the cursor that was kept last; `None` when none was."""

    def save(self, cursor: str, /) -> Any:
        """Keep a cursor: everything before it is handled."""


class FilePlace:
    """Keeps a cursor in a file, whole or not at all."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """The file need not be there yet; its folder does."""
        self._path = Path(path)

    def load(self) -> str | None:
        """Return the cursor that was kept last; `None` when none was."""
        return self._path.read_text(encoding="utf-8").strip() or None if self._path.exists() else None

    def save(self, cursor: str, /) -> None:
        """Keep a cursor, durably."""
        with NamedTemporaryFile("w", dir=self._path.parent, prefix=f".{self._path.name}", delete=False) as file:
            file.write(f"{cursor}\n")
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(self._path)
