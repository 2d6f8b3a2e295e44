"""How large a picture is, and a small one of it without what cameras write into theirs.

Law: a picture that cannot be read, or is larger than a camera's, has no thumbnail; it is never a reason to refuse the file.
"""

import io
import threading
from dataclasses import dataclass
from typing import IO, Final

import structlog

log = structlog.get_logger()
MOST_PIXELS: Final = 64_000_000
"""The most pixels that are decoded: a large camera's."""
LONGEST_SIDE: Final = 640
"""The longest side of a thumbnail, in pixels."""
THUMBNAIL_TYPE: Final = "image/webp"
ORIENTATION: Final = 0x0112
SIDEWAYS: Final = (5, 6, 7, 8)
"""How the camera was held, and the ways that turn width into height. Source: Exif 2.3, 4.6.4."""

_KINDS: Final = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP", "image/avif": "AVIF"}
_ONE_AT_A_TIME = threading.Lock()  # decoding takes up to 256 MB


@dataclass(frozen=True, slots=True)
class Picture:
    """Width and height in pixels, as it is shown, and a thumbnail unless it is too large to make one."""

    width: int
    height: int
    thumbnail: bytes | None


def look_at(file: IO[bytes], media_type: str) -> Picture | None:
    """Return what is seen in a picture of one of the types that pages show; `None` for any other file. Takes a thread."""
    if media_type not in _KINDS:
        return None
    try:
        return _decoded(file, _KINDS[media_type])
    except Exception as problem:  # noqa: BLE001 decoders fail in many ways on what is not what it claims
        log.info("a picture cannot be read", type=media_type, problem=repr(problem))
        return None


def _decoded(file: IO[bytes], kind: str) -> Picture:
    from PIL import Image, ImageOps  # noqa: PLC0415 only those who attach pictures load it

    Image.MAX_IMAGE_PIXELS = None  # we look at the size ourselves, before anything is decoded
    with Image.open(file, formats=[kind]) as image:
        width, height = image.size
        if width * height > MOST_PIXELS:
            return Picture(width, height, None)
        with _ONE_AT_A_TIME:
            image.draft("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE * 2))
            if image.getexif().get(ORIENTATION) in SIDEWAYS:
                width, height = height, width
            small = ImageOps.exif_transpose(image)
            small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            small = small.convert("RGBA" if small.has_transparency_data else "RGB")
        written = io.BytesIO()
        small.save(written, "WEBP", quality=80, method=2)
        return Picture(width, height, written.getvalue())
