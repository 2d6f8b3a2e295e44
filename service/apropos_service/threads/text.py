"""What people write, made safe to show: as HTML, or as a tree for pages whose policy forbids HTML strings.

Law: both come from one tree, and nothing in them can run or load. Pure. Rendering takes time in proportion to
the body.
"""

import asyncio
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any, Final

from markdown_it.token import Token

from . import markdown

if TYPE_CHECKING:
    import nh3

Node = str | list[Any]
"""A piece of text, or `[tag, attributes, *children]`; a mention is `["mention", {"person": id}]` or with `group`."""

LIMIT: Final = 10_000
"""The most characters of a body."""
SHORT: Final = 2_000

# Markup that grows into more than this was not written to be read; it is shown as it was typed.
_DEEPEST = 48
_MOST_NODES = 12_000
_MOST_HTML = 256_000

_HEAD = 2  # a tag and its attributes come before the children
_VOID = frozenset({"br", "hr", "input"})
_BLANK: dict[str, str] = {"target": "_blank", "rel": "noopener noreferrer nofollow"}
_LANGUAGE = re.compile(r"[a-z0-9+#_.-]{1,40}")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A body as it is shown. `mentions` are person ids, and group ids after `group:`, each once, as they come."""

    html: str
    nodes: list[Node]
    mentions: tuple[str, ...]


def render(body: str) -> Rendered:
    """Render CommonMark with GFM tables, strikethrough, task lists and autolinks; a line break is a line break.

    Images become links, and only `http`, `https` and `mailto` addresses are links. What would grow out of all
    proportion is shown as it was typed, and mentions nobody.
    """
    nodes = _grow(markdown.tokens(body))
    html = "" if nodes is None else "".join(map(_html, nodes))
    if nodes is None or len(html) > _MOST_HTML:
        nodes = [["pre", {}, body]]
        html = "".join(map(_html, nodes))
    return Rendered(_last_wall().clean(html), nodes, tuple(dict.fromkeys(_mentions(nodes))))


def html_of(nodes: Iterable[Node]) -> str:
    """Return nodes as HTML that is safe to insert."""
    return _last_wall().clean("".join(map(_html, nodes)))


async def said(body: str) -> Rendered:
    """Render on an event loop: a long body in a thread, since a hostile one takes a quarter of a second."""
    return render(body) if len(body) <= SHORT else await asyncio.to_thread(render, body)


@cache
def _last_wall() -> "nh3.Cleaner":
    """Return what lets through only what is made here; it is loaded once somebody writes."""
    import nh3  # noqa: PLC0415

    return nh3.Cleaner(
        tags={
            "a", "blockquote", "br", "code", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "input", "li", "mark", "ol", "p",
            "pre", "s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
        },
        attributes={
            "a": {"href", "title", "target"}, "code": {"class"}, "input": {"checked", "disabled"}, "ol": {"start"},
            "span": {"data-person", "data-group"}, "td": {"align"}, "th": {"align"},
        },
        tag_attribute_values={"input": {"type": {"checkbox"}}, "li": {"class": {"ap-task"}}, "span": {"class": {"ap-mention"}}},
        link_rel=_BLANK["rel"], url_schemes={"http", "https", "mailto"}, url_relative="deny",
    )  # fmt: skip


def _grow(tokens: Sequence[Token]) -> list[Node] | None:
    """Return the top nodes, or `None` when there are too many or they lie too deep."""
    path: list[list[Any]] = [[]]
    links = 0
    for count, token in enumerate(_flat(tokens)):
        if count > _MOST_NODES or len(path) > _DEEPEST:
            return None
        if token.tag == "a":
            links += token.nesting
        if token.nesting < 0:
            path.pop()
        elif token.nesting == 0:
            _append(path[-1], _leaf(token))
        elif token.tag == "a" and (links > 1 or not token.attrs["href"]):
            path.append(path[-1])  # a link inside a link, or to nowhere, is its text
        else:
            path.append([token.tag, _attributes(token)])
            path[-2].append(path[-1])
    return path[0]


def _flat(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == "inline":
            yield from _flat(token.children or ())
        elif token.type == "image":
            yield Token("link_open", "a", 1, attrs={**token.attrs, "href": token.attrs["src"]})
            yield from _flat(token.children or [Token("text", "", 0, content=str(token.attrs["src"]))])
            yield Token("link_close", "a", -1)
        elif not token.hidden:
            yield token


def _append(parent: list[Any], node: Node) -> None:
    if isinstance(node, str) and len(parent) > _HEAD and isinstance(parent[-1], str):
        parent[-1] += node
    elif node:
        parent.append(node)


def _leaf(token: Token) -> Node:
    match token.type:
        case "softbreak" | "hardbreak" | "hr":
            return [token.tag, {}]
        case "code_inline":
            return ["code", {}, token.content]
        case "fence" | "code_block":
            return ["pre", {}, ["code", _language(token.info), token.content]]
        case "mention":
            return ["mention", token.meta]
        case "task":
            return ["input", {"type": "checkbox", "disabled": True, **token.meta}]
    return token.content


def _attributes(token: Token) -> dict[str, Any]:
    match token.tag:
        case "a":
            return {**{name: token.attrs[name] for name in ("href", "title") if name in token.attrs}, **_BLANK}
        case "td" | "th":
            style = str(token.attrs.get("style", ""))
            return {"align": style.removeprefix("text-align:")} if style else {}
        case "ol" | "li":
            return dict(token.attrs)
    return {}


def _language(info: str) -> dict[str, Any]:
    name = info.partition(" ")[0].lower()
    return {"class": f"language-{name}"} if _LANGUAGE.fullmatch(name) else {}


def _html(node: Node) -> str:
    if isinstance(node, str):
        return escape(node, quote=False)
    tag, attributes, *children = node
    if tag == "mention":
        ((kind, name),) = attributes.items()
        return f'<span class="ap-mention" data-{kind}="{escape(name)}">@{escape(name, quote=False)}</span>'
    given = "".join(f" {name}" if value is True else f' {name}="{escape(str(value))}"' for name, value in attributes.items())
    return f"<{tag}{given}>" if tag in _VOID else f"<{tag}{given}>{''.join(map(_html, children))}</{tag}>"


def _mentions(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            continue
        tag, attributes, *children = node
        if tag == "mention":
            yield attributes.get("person") or f"group:{attributes['group']}"
        yield from _mentions(children)
