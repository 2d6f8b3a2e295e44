"""Pages as they leave: Jinja, with a policy that lets nothing in that is not ours, and nothing written into a page run or style."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import Response

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
SHUT = {
    "Content-Security-Policy": POLICY, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}  # fmt: skip
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def page(name: str, *, status: int = 200, **facts: Any) -> Response:
    """Return a page by the name of its template."""
    return Response(_jinja().get_template(f"{name}.html").render(facts), status, SHUT, "text/html")


def file(name: str) -> Response | None:
    """Return a style or script of the pages; `None` when there is no such file."""
    path = HERE / "files" / name
    if path.suffix not in TYPES or path.parent != HERE / "files" or not path.is_file():
        return None
    headers = {"Cache-Control": "public, max-age=300", "Cross-Origin-Resource-Policy": "same-origin"}
    return Response(path.read_bytes(), media_type=TYPES[path.suffix], headers=headers)


@cache
def _jinja() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 only who looks at a page loads it

    made = Environment(
        loader=FileSystemLoader(HERE / "pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters |= {"day": day, "moment": moment, "initials": initials, "slot": slot}
    return made


def day(at: str | None) -> str:
    """Write a time as `25 Nov 2026`; nothing for none."""
    return datetime.fromisoformat(at).strftime("%-d %b %Y") if at else ""


def moment(at: str | None) -> str:
    """Write a time as `25 Nov 2026, 20:51` (UTC); nothing for none."""
    return datetime.fromisoformat(at).astimezone(UTC).strftime("%-d %b %Y, %H:%M") if at else ""


def initials(name: str) -> str:
    """Return the letters that stand for a name, two at most."""
    words = [word for word in name.split() if word[0].isalnum()] or [name]
    return (words[0][:1] + (words[-1][:1] if len(words) > 1 else words[0][1:2])).title()


def slot(person_id: str) -> int:
    """Return which of eight colours somebody has: FNV-1a of their id, as in the widget."""
    found = 0x811C9DC5
    for byte in person_id.encode():
        found = (found ^ byte) * 0x01000193 % 2**32
    return found % 8
