"""What a file is, by what is in it; its name only tells one kind of text from another. Pure.

Law: what a browser or a machine would run is refused, whatever it is called. Source: https://mimesniff.spec.whatwg.org
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import Final

from .naming import blocked, ending

ENOUGH: Final = 8192
"""How many bytes of a file's beginning tell what it is."""

PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"})
"""Pictures in which nothing can run: they are shown in a page, everything else is only downloaded."""

_PROGRAMS: Final = frozenset({
    "application/x-msdownload", "application/x-executable", "application/x-shockwave-flash", "application/x-rpm",
    "application/x-deb", "application/x-google-chrome-extension",
})  # fmt: skip
_PROGRAM_MARKS: Final = (
    b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"L\0\0\0\x01\x14\x02\0", b"#!", b"\0asm",
)  # fmt: skip
_WRITTEN: Final = frozenset({"application/pdf", "application/rtf", "application/postscript"})
_TEXTS: Final = {
    "csv": "text/csv", "tsv": "text/tab-separated-values", "md": "text/markdown", "json": "application/json",
    "ics": "text/calendar", "vcf": "text/vcard", "eml": "message/rfc822", "yaml": "application/yaml", "yml": "application/yaml",
}  # fmt: skip
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE: Final = {
    "doc": "application/msword", "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint",
    "msg": "application/vnd.ms-outlook",
}  # fmt: skip
_PREAMBLE = re.compile(rb"\s*(?:<\?xml.*?\?>|<!--.*?-->|\s+)*", re.DOTALL | re.IGNORECASE)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|iframe)(?![a-z0-9-])", re.IGNORECASE)
_DRAWING = re.compile(rb"(?:<!doctype\s+svg[^>]*>\s*)?<(?:[a-z][a-z0-9]*:)?svg(?![a-z0-9-])", re.IGNORECASE)
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")


def type_of(head: bytes, name: str) -> str:
    """Return the media type of a file that begins with `head`. Raises `FileBlocked` for what would run."""
    import filetype  # noqa: PLC0415 only those who attach files load it

    if head.startswith(_PROGRAM_MARKS):
        raise blocked("Programs cannot be attached.")
    found = filetype.guess_mime(head)
    if _is_text(head) and found not in _WRITTEN:
        return _text(head, name)
    if found in _PROGRAMS:
        raise blocked("Programs cannot be attached.")
    if found is None and head.startswith(_OLE):
        return _OFFICE.get(ending(name), "application/x-ole-storage")
    return found or "application/octet-stream"


def _is_text(head: bytes) -> bool:
    return head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or not _NOT_TEXT.search(head)


def _text(head: bytes, name: str) -> str:
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        head = head.decode("utf-16", "ignore").encode()
    head = head.removeprefix(BOM_UTF8)
    preamble = _PREAMBLE.match(head)
    content = head[preamble.end() :] if preamble else head
    if _PAGE.match(content):
        raise blocked("Web pages cannot be attached.")
    if _DRAWING.match(content):
        return "image/svg+xml"
    if re.match(rb"\s*<\?xml", head, re.IGNORECASE):
        return "application/xml"
    return _TEXTS.get(ending(name), "text/plain")
