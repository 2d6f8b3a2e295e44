"""What a file is called, what it is, how it looks small, and where it is kept."""

import gc
import io
import random
import struct
import zipfile
import zlib

import fsspec
import pytest
from fsspec.spec import AbstractBufferedFile
from PIL import Image

from apropos_service.access.policy import Caller
from apropos_service.access.secrets import Vault
from apropos_service.attachments.links import Links, open_link
from apropos_service.attachments.naming import FileBlocked, cleaned, must_not_run
from apropos_service.attachments.pictures import look_at
from apropos_service.attachments.sniffing import type_of
from apropos_service.attachments.storage import BLOCK, CHUNK, Files, FilesUnreachable, chunks, small
from apropos_service.settings import Settings

FILE = "att_01k0000000e00g0r40g30e209g"


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("offer.pdf", "offer.pdf"), ("../../etc/passwd", "passwd"), (r"C:\Users\ada\offer.pdf", "offer.pdf"), ("", "file"),
        ("...", "file"), ("/", "file"), ("a\x00b\r\n.txt", "ab.txt"), ("gnp.\u202eexe.png", "gnp.exe.png"),
        ("عرض السعر.pdf", "عرض السعر.pdf"), ("見積書.xlsx", "見積書.xlsx"), ("क्‍ष.txt", "क्‍ष.txt"), ("👩‍🔧.png", "👩‍🔧.png"),
        (" spaced .txt ", "spaced .txt"),
        ('<img src=x onerror="x">.txt', '<img src=x onerror="x">.txt'), (".gitignore", ".gitignore"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"), ("y" * 300, "y" * 200), ("a." + "z" * 300, "a." + "z" * 198),
    ],
)  # fmt: skip
def test_a_name_keeps_its_script_and_loses_its_path_and_disguise(given, name):
    assert cleaned(given) == name


@pytest.mark.parametrize("name", ["a.exe", "a.EXE", "a.pdf.js", "a.Html", "x.msi", "y.bat", "z.lnk", "w.hta", ".js"])
def test_what_a_double_click_runs_is_refused_by_its_name(name):
    with pytest.raises(FileBlocked):
        must_not_run(cleaned(name))


@pytest.mark.parametrize("name", ["a.pdf", "exe", "js.txt", "a.svg", "a.json", "html", "a.exe.zip"])
def test_what_only_sounds_like_it_is_not(name):
    must_not_run(cleaned(name))


def office(part):
    """The beginnings of what an office program writes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in ("[Content_Types].xml", "_rels/.rels", part):
            archive.writestr(name, "<x/>")
    return written.getvalue()


def image(kind, size=(8, 8), **how):
    written = io.BytesIO()
    Image.new("RGB", size, "#714B67").save(written, kind, **how)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (image("PNG"), "a.pdf", "image/png"), (image("JPEG"), "a", "image/jpeg"), (image("GIF"), "a", "image/gif"),
        (image("WEBP"), "a", "image/webp"), (image("AVIF"), "a", "image/avif"),
        (b"%PDF-1.7\nplain so far", "a.txt", "application/pdf"),
        (rb"{\rtf1\ansi plain}", "a.rtf", "application/rtf"), (b"a,b\n1,2\n", "a.csv", "text/csv"), (b"a,b\n", "a", "text/plain"),
        ("größer".encode("latin-1"), "a.txt", "text/plain"), ("größer".encode("utf-16"), "a.txt", "text/plain"),
        (b'{"a": 1}', "a.json", "application/json"), (b"<div>hi</div>", "a.md", "text/markdown"),
        (b"<html-ish/>", "a.txt", "text/plain"),
        (b"<headline>", "a.txt", "text/plain"), (b"MZ is where it begins", "a.txt", "text/plain"),
        (b"\0\1\2", "a", "application/octet-stream"),
        (b'<?xml version="1.0"?><order/>', "a.xml", "application/xml"), (b"<svg></svg>", "a.png", "image/svg+xml"),
        (b"\xef\xbb\xbf<?xml?>\n<!-- x --><!DOCTYPE svg>\n<svg:svg/>", "a.xml", "image/svg+xml"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xls", "application/vnd.ms-excel"),
        (office("word/document.xml"), "a", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (office("anything"), "a.zip", "application/zip"),
    ],
)  # fmt: skip
def test_a_file_is_what_is_in_it(content, name, media_type):
    assert type_of(content[:8192], name) == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\0\3\0", b"\x7fELF\2\1\1\0", b"\xcf\xfa\xed\xfe\7", b"\xca\xfe\xba\xbe\0", b"L\0\0\0\x01\x14\x02\0", b"#!/bin/sh\n",
        b"\0asm\1\0\0\0", b"<!doctype html>", b" \n<!-- a --> <!-- b -->\n<HTML>", b"<script>", b"<iframe src=x>",
        b"<body onload=x>", b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">',
        "<html>".encode("utf-16"), b"\xef\xbb\xbf<head>",
    ],
)  # fmt: skip
def test_what_runs_is_refused_whatever_it_is_called(content):
    with pytest.raises(FileBlocked):
        type_of(content, "a.txt")


def test_a_thumbnail_is_small_upright_and_tells_nothing_of_the_camera():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8825)[1] = "N"  # where it was
    found = look_at(io.BytesIO(image("JPEG", (1600, 1200), exif=exif)), "image/jpeg")

    with Image.open(io.BytesIO(found.thumbnail)) as thumbnail:
        assert (found.width, found.height, thumbnail.size) == (1200, 1600, (480, 640))
        assert not thumbnail.getexif()
    assert b"Camera" not in found.thumbnail


def test_a_picture_in_any_colours_has_a_thumbnail():
    for mode, kind, media_type in (
        ("P", "GIF", "image/gif"), ("RGBA", "PNG", "image/png"), ("LA", "PNG", "image/png"), ("I;16", "PNG", "image/png"),
        ("1", "PNG", "image/png"), ("CMYK", "JPEG", "image/jpeg"), ("L", "JPEG", "image/jpeg"), ("RGB", "AVIF", "image/avif"),
    ):  # fmt: skip
        written = io.BytesIO()
        Image.new(mode, (900, 30)).save(written, kind)
        found = look_at(written, media_type)
        with Image.open(io.BytesIO(found.thumbnail)) as thumbnail:
            assert (found.width, found.height, thumbnail.size) == (900, 30, (640, 21)), mode


def test_a_picture_too_large_to_decode_has_its_size_and_no_thumbnail():
    head = image("PNG")
    begun = head[12:16] + struct.pack(">II", 60_000, 60_000) + head[24:29]
    huge = head[:12] + begun + struct.pack(">I", zlib.crc32(begun)) + head[33:]

    found = look_at(io.BytesIO(huge), "image/png")

    assert (found.width, found.height, found.thumbnail) == (60_000, 60_000, None)


def test_a_broken_picture_is_a_file_like_any_other():
    for content in (image("PNG")[:40], b"\xff\xd8\xff\xe0 nonsense", b"GIF89a", b""):
        for media_type in ("image/png", "image/jpeg", "image/gif", "image/avif", "application/pdf"):
            assert look_at(io.BytesIO(content), media_type) is None


@pytest.mark.parametrize("kind", ["folder", "file://", "memory://"])
def test_what_is_kept_is_read_again_and_gone_when_dropped(kind, tmp_path):
    url = {"folder": str(tmp_path / "an ä folder"), "file://": f"file://{tmp_path}/f", "memory://": "memory://bucket/prefix"}[kind]
    files = Files(url)

    files.keep("wsp_1/a", io.BytesIO(b"x" * 300_000), b"small")
    whole, thumbnail = b"".join(chunks(files.open("wsp_1/a"))), files.open(small("wsp_1/a")).read()
    files.drop("wsp_1/a")
    files.drop("wsp_1/a")

    assert (len(whole), thumbnail) == (300_000, b"small")
    for place in ("wsp_1/a", small("wsp_1/a"), "wsp_1/never"):
        with pytest.raises(FileNotFoundError):
            files.open(place)
    assert files.check() == url


class Parts(fsspec.AbstractFileSystem):
    """A storage that takes and gives files in parts, as S3 does, and notes how large they are; `full` takes so many bytes."""

    cachable = False
    kept, sizes, taken_back, full = {}, [], [], 2**40

    def info(self, path, **_):
        return {"name": path, "size": len(self.kept[self._strip_protocol(path)]), "type": "file"}

    def _open(self, path, mode="rb", block_size=None, **about):
        return Part(self, path, mode, block_size, **about)


class Part(AbstractBufferedFile):
    DEFAULT_BLOCK_SIZE = 50 * 2**20  # as with S3

    def _initiate_upload(self):
        self.parts = []

    def _upload_chunk(self, final=False):  # noqa: FBT002 fsspec's own
        self.fs.sizes.append(self.buffer.tell())
        if sum(map(len, self.parts)) + self.buffer.tell() > self.fs.full:
            raise OSError("no more room")
        self.parts.append(self.buffer.getvalue())
        if final:
            self.fs.kept[self.path] = b"".join(self.parts)
        return True

    def _fetch_range(self, start, end):
        self.fs.sizes.append(end - start)
        return self.fs.kept[self.path][start:end]

    def discard(self):
        self.fs.taken_back.append(self.path)


@pytest.fixture
def parts(monkeypatch):
    """A storage of its own for a test."""
    fsspec.register_implementation("parts", Parts, clobber=True)
    for name, value in (("kept", {}), ("sizes", []), ("taken_back", []), ("full", 2**40)):
        monkeypatch.setattr(Parts, name, value)
    return Parts


def test_no_more_than_a_block_of_a_file_is_in_memory_on_its_way_to_a_storage_and_back(parts):
    content = random.Random(7).randbytes(12 * 2**20)
    files = Files("parts://bucket/prefix")

    files.keep("wsp_1/a", io.BytesIO(content), None)
    assert b"".join(chunks(files.open("wsp_1/a"))) == content

    assert max(parts.sizes) <= BLOCK + CHUNK
    assert parts.taken_back == []


def test_what_a_storage_does_not_take_whole_is_taken_back_and_not_sent_again(parts):
    parts.full = 7 * 2**20
    files = Files("parts://bucket/prefix")
    with pytest.raises(OSError, match="no more room"):
        files.keep("wsp_1/a", io.BytesIO(bytes(12 * 2**20)), None)
    gc.collect()  # a file that is forgotten would send what it has

    assert parts.kept == {}
    assert len(parts.taken_back) == 1
    assert len(parts.sizes) == 2


@pytest.mark.parametrize("url", ["nonsense://bucket", "s3://bucket/prefix"])
def test_a_storage_that_needs_another_package_says_so_at_the_start(url, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "s3fs", None)

    with pytest.raises(FilesUnreachable, match=r"APROPOS_FILES_URL is .*s3fs"):
        Files.of(Settings(files_url=url))


def test_a_sealed_address_holds_its_caller_and_no_more_of_the_grants_than_it_needs():
    vault = Vault(b"k" * 32)
    grants = {"invoice:1": "read", "invoice:*": "comment", "*": "read", "order:1": "manage"}
    ada = Caller(
        "wsp_1", name="ada", person_id="ada", role="member", grants=grants, groups=frozenset({"sales", "it"}), until=2_000.0
    )

    token = Links(vault, ada, 7, 1_000_000).seal(FILE, "invoice:1", {"groups": {"sales": "read"}})
    opened, epoch = open_link(vault, FILE, token, 1_599_999)

    assert opened.grants == {"invoice:1": "read", "invoice:*": "comment", "*": "read"}
    assert epoch == 7
    assert (opened.person_id, opened.role, opened.groups, opened.until) == ("ada", "member", {"sales"}, 1_600.0)
    assert open_link(vault, FILE, token, 1_600_000) is None
    assert open_link(vault, "att_01k0000000e00g0r40g30e209h", token, 1_000_000) is None
    assert open_link(Vault(b"o" * 32), FILE, token, 1_000_000) is None


def test_a_sealed_address_lives_no_longer_than_the_token_it_was_asked_with():
    ada = Caller("wsp_1", name="ada", person_id="ada", role="member", until=1_300.0)

    assert Links(Vault(b"k" * 32), ada, 7, 1_000_000).expires_at == 1_300_000
