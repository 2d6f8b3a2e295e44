"""Serves the widget's files: one address to embed, and immutable ones beside it that carry the content's hash.

A version's own address (`/widget/<hash>/apropos.js`) never changes what it answers, so it may be cached for ever. What was
written compressed beside a file when it was built (`tools/compressed.py`) is sent to whoever takes it.
"""

import hashlib
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request, Response

from .errors import NotFound
from .settings import Settings
from .widget_builds import kept_in

router = APIRouter(prefix="/widget", tags=["widget"])
TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".map": "application/json",
    ".svg": "image/svg+xml",
    ".ts": "text/plain",
}
ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""The better first, by what a compressed file's name ends with."""
NEVER = {"q=0", "q=0.0", "q=0.00", "q=0.000"}
LONGEST = 200
"""Characters of a path here; no file system takes a name much longer."""
PACKAGED, BUILT = Path(__file__).parent / "widget", Path(__file__).parents[2] / "widget" / "dist"


@router.get(
    "/{name:path}",
    response_class=Response,
    responses={200: {"content": {"text/javascript": {}}, "description": "The widget's file"}, 404: {"description": "No such file"}},
)
async def widget_file(name: str, request: Request) -> Response:
    """Return a file of the widget."""
    settings = request.app.state.settings
    folder = built(settings)
    first, _, rest = name.partition("/")
    versioned = bool(rest) and first == version(folder)
    if versioned or not name.startswith("chunks/"):
        return _file(_found(folder, rest if versioned else name), fixed=versioned, request=request)
    return _file(_found(folder, name) or _found(kept_in(settings), rest), fixed=True, request=request)


@lru_cache(maxsize=4)
def version(folder: Path) -> str:
    """Return the hash of all the widget's files, ten characters."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.js")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def built(settings: Settings) -> Path:
    """Return the folder of the widget that is served: the one that the settings name, the package's, or the repository's."""
    folders = (settings.widget_dir, PACKAGED, BUILT)
    return next((path for path in folders if path != Path() and (path / "apropos.js").exists()), BUILT)


def _found(folder: Path, name: str) -> Path | None:
    path = (folder / name[:LONGEST]).resolve()
    is_there = len(name) <= LONGEST and path.is_file() and path.is_relative_to(folder.resolve()) and path.suffix in TYPES
    return path if is_there else None


def _file(path: Path | None, *, fixed: bool, request: Request) -> Response:
    if path is None:
        raise NotFound
    encoding, sent = _compressed(path, request.headers.get("accept-encoding", ""))
    content = sent.read_bytes()
    tag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable" if fixed else "public, max-age=300",
        "ETag": tag, "Cross-Origin-Resource-Policy": "cross-origin", "Vary": "Accept-Encoding",
        **({"Content-Encoding": encoding} if encoding else {}),
    }  # fmt: skip
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=TYPES[path.suffix], headers=headers)


def _compressed(path: Path, accepted: str) -> tuple[str | None, Path]:
    """Return how a file is compressed, and where: `None` and itself where nothing else is taken. Source: RFC 9110, 12.5.3."""
    asked = [[word.strip().lower() for word in each.split(";")] for each in accepted.split(",")]
    taken = {name for name, *rest in asked if not NEVER & set(rest)}
    for encoding, suffix in ENCODINGS.items():
        beside = path.with_name(path.name + suffix)
        if encoding in taken and beside.is_file():
            return encoding, beside
    return None, path
