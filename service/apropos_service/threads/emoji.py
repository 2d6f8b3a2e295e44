"""What is one emoji: those that Unicode lists, each as it is shown in colour. Pure.

Law: two that look the same are the same, so each is kept fully qualified, however it was typed.
Source: UTS #51, definitions ED-27 and ED-18; `emoji.txt` is made by tools/emoji_table.py.
"""

from functools import cache
from pathlib import Path
from typing import Final

SHOWN_AS_PICTURE: Final = "\N{VARIATION SELECTOR-16}"


def one_emoji(given: str) -> str | None:
    """Return the emoji that a text is, fully qualified (`❤` is `❤️`); `None` for words, for parts of one, for two."""
    return _listed().get(given.replace(SHOWN_AS_PICTURE, ""))


@cache
def _listed() -> dict[str, str]:
    """Return every emoji by its text without variation selectors; read when the first is asked for."""
    text = (Path(__file__).parent / "emoji.txt").read_text(encoding="utf-8")
    return {each.replace(SHOWN_AS_PICTURE, ""): each for each in text.split()}
