"""The dialect people write in: CommonMark with tables, strikethrough, task lists, autolinks, and mentions.

Law: what is not a link to the web or to a mailbox stays text, and raw HTML is text.
Source: https://spec.commonmark.org, https://github.github.com/gfm
"""

import re
from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import table
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.linkify import linkify
from markdown_it.token import Token

_MENTION = re.compile(r"<@(?:group:(?P<group>{0})|(?!group:)(?P<person>{0}))>".format(r"(?! )[^>\x00-\x1f\x7f-\x9f]{1,128}(?<! )"))
_LINK = re.compile(r"https?://[^/]|mailto:.", re.IGNORECASE | re.ASCII)
_SCHEME = re.compile(r"(?:^|[^a-z0-9.+-])https?$", re.IGNORECASE | re.ASCII)
_HOST_LENGTH = r"(?=[\w.-]{1,253}(?![\w.-]))"
_TASK = re.compile(r"\[([ xX])\](?=[ \t])")
_ADDRESS = re.compile(r"//|@|www\.|mailto:", re.IGNORECASE | re.ASCII)
"""What every address that becomes a link by itself has in it; to look for one takes a third of the time."""
_MOST_CELLS = 10_000


def tokens(body: str) -> Sequence[Token]:
    """Return the block tokens of `body`; besides CommonMark's there are `mention` and `task`, with what they say in `meta`."""
    return (_DIALECT if _ADDRESS.search(body) else _WITHOUT_ADDRESSES).parse(body)


def _dialect() -> MarkdownIt:
    dialect = MarkdownIt("commonmark", {"html": False, "linkify": True})
    dialect.enable(["table", "strikethrough", "linkify"])
    _as_github_links(dialect.linkify)
    dialect.inline.ruler.at("linkify", _web_address)
    dialect.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    dialect.validateLink = lambda url: _LINK.match(url) is not None  # type: ignore[method-assign]
    dialect.inline.ruler.before("autolink", "mention", _mention)
    dialect.core.ruler.after("inline", "task", _tasks)
    return dialect


def _as_github_links(finder: Any) -> None:
    """Link `https://…`, `www.…` and mailboxes; not `plan.md`, which is no address though `.md` is a country."""
    finder.set({"fuzzy_link": False})
    host = re.compile(f"^{_HOST_LENGTH}{finder.re['src_host_port_strict']}{finder.re['src_path']}", re.IGNORECASE)
    finder.add("www.", {"validate": host, "normalize": _with_scheme}).add("//", None).add("ftp:", None)


def _with_scheme(_: Any, match: Any) -> None:
    match.url = f"http://{match.url}"


def _web_address(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 markdown-it's signature
    """Look for `https` right before `://`; markdown-it's own rule searches all that went before, each time."""
    return _SCHEME.search(state.pending[-6:]) is not None and linkify(state, silent)


def _table(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001 markdown-it's signature
    """Refuse a header so wide that filling up the short rows under it would take a second."""
    columns = state.src.count("|", state.bMarks[first], state.eMarks[first])
    return columns * (last - first) <= _MOST_CELLS and table(state, first, last, silent)


def _mention(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 markdown-it's signature
    found = _MENTION.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("mention", "mention", 0).meta = {kind: name for kind, name in found.groupdict().items() if name}
    state.pos = found.end()
    return True


def _tasks(state: StateCore) -> None:
    for item, paragraph, inline in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if item.type == "list_item_open" and paragraph.type == "paragraph_open" and inline.children:
            first = inline.children[0]
            found = _TASK.match(first.content) if first.type == "text" else None
            if found:
                first.content = first.content[found.end() :]
                inline.children.insert(0, Token("task", "input", 0, meta={} if found[1] == " " else {"checked": True}))
                item.attrSet("class", "ap-task")


_DIALECT = _dialect()
_WITHOUT_ADDRESSES = _dialect().disable("linkify")
