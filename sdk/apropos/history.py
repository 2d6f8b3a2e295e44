"""What became of a comment over time, which `apropos.models` shows with it: its versions, and its removal."""

from pydantic import AwareDatetime

from ._shape import Model


class Removal(Model):
    """That a moderator took a comment away. `by` is `None` when the host did, `reason` when they said none."""

    by: str | None = None
    reason: str | None = None
    at: AwareDatetime


class Version(Model):
    """What a comment said in this version; `replaced_by` and `replaced_at` are `None` for what it says now.

    `difference` tells how it came from the version before: pieces such as `("+", "new words")` in order, with `" "` for
    what stayed and `"-"` for what went; `None` for the first.
    """

    version: int
    body: str
    html: str | None = None
    written_by: str | None = None
    written_at: AwareDatetime | None = None
    replaced_by: str | None = None
    replaced_at: AwareDatetime | None = None
    difference: list[tuple[str, str]] | None = None
