"""What the fake finds by its words: each at the beginning of a word. It knows no stems, and no signs in what is looked for."""

import re
from html import escape
from unicodedata import combining, normalize

from ._world import Shape, World, wrong


def says(world: World, thread: Shape, q: str) -> bool:
    """Tell whether every word that is looked for is in a thread, or in what its record is called."""
    texts = " ".join(text for _, _, text in _texts(world, thread))
    return all(re.search(rf"\b{re.escape(word)}", _plain(texts)) for word in _wanted(q))


def snippet(world: World, thread: Shape, q: str) -> Shape:
    """Return the text of a thread that has most of the words, each marked."""
    texts = _texts(world, thread)
    source, comment_id, text = max(texts, key=lambda one: sum(word in _plain(one[2]) for word in _wanted(q)))
    marked = [
        f"<mark>{escape(part)}</mark>" if _plain(part).startswith(tuple(_wanted(q))) else escape(part)
        for part in re.split(r"(\w+)", text)
    ]
    return {"source": source, "comment_id": comment_id, "html": "".join(marked)}


def _texts(world: World, thread: Shape) -> list[tuple[str, str | None, str]]:
    outcome, record = thread["outcome"] or {}, world.records.get(thread["record"], {})
    purpose = " ".join(text for text in (thread["title"], thread["goal"], outcome.get("summary")) if text)
    called = f"{record.get('title') or ''} {thread['record'].partition(':')[2]}".strip()
    said = [("comment", one["id"], one["body"]) for one in world.said_in(thread["id"]) if not one["withdrawn_at"]]
    to_do = [("action", None, one["text"]) for one in world.actions_of(thread["id"])]
    return [("thread", None, purpose), *said[::-1], *to_do, ("record", None, called)]


def _wanted(q: str) -> list[str]:
    words = re.findall(r"\w+", _plain(q))
    if not words:
        raise wrong("q", "has a word to look for: a letter or a digit")
    return words


def _plain(text: str) -> str:
    return "".join(one for one in normalize("NFKD", text.casefold()) if not combining(one))
