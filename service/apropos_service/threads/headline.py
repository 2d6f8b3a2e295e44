"""The first line of what somebody wrote, as plain text: what an action is called that came from a comment. Pure."""

from collections.abc import Iterable, Iterator, Mapping

from .text import Node

LONGEST = 500
_LINES = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "pre", "br", "hr", "blockquote", "ul", "ol", "table"})


def headline(nodes: Iterable[Node], names: Mapping[str, str]) -> str:
    """Return the first line that has text, at most 500 characters; empty when there is none.

    `names` are what those mentioned are called, by id (of a group after `group:`).
    """
    lines = (" ".join(line.split()) for line in "".join(_pieces(nodes, names)).split("\n"))
    line = next(filter(None, lines), "")
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


def _pieces(nodes: Iterable[Node], names: Mapping[str, str]) -> Iterator[str]:
    """Yield text, with a line feed wherever a line begins or ends."""
    for node in nodes:
        if isinstance(node, str):
            yield node
            continue
        tag, attributes, *children = node
        if tag == "mention":
            name = attributes.get("person") or f"group:{attributes['group']}"
            yield "@" + names.get(name, name.removeprefix("group:"))
        edge = "\n" if tag in _LINES else " " if tag in ("td", "th") else ""
        yield edge
        yield from _pieces(children, names)
        yield edge
