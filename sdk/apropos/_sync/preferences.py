# Derived from _async/preferences.py by sdk/derive.py: change it there.
"""What a person likes: theirs alone, so act as one or call with their token."""

from typing import Unpack

from .._protocol import look, path, write
from ..drafts import PreferencesPatch
from ..inbox import Preferences
from .transport import Transport


class PersonPreferences:
    """A person's time zone, quiet hours, channels and keys."""

    def __init__(self, transport: Transport) -> None:
        """Made by the client."""
        self._transport = transport

    def get(self) -> Preferences:
        """Return what the person likes: what they chose, else what the host described, else the default."""
        return self._transport.send(look(path("preferences")), Preferences)

    def choose(self, *, version: int | None = None, **patch: Unpack[PreferencesPatch]) -> Preferences:
        """Choose; what is not named stays, `None` goes back to the default. With `version`, raises `VersionConflict` if stale."""
        return self._transport.send(write("PUT", path("preferences"), patch, version=version), Preferences)
