"""What the fake does with files: kept in memory; types are told by their names alone, and pictures have no thumbnails."""

import mimetypes
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

import httpx

from .._ids import new_id
from ._world import Refused, Shape, World, now, wrong

LARGEST = 25 * 2**20
ANY = "application/octet-stream"
RUNS = ("exe", "msi", "bat", "js", "html")


def upload(world: World, asked: Any) -> Any:
    """Keep a file until a comment takes it."""
    form = _form(asked)
    name, content = form.get("file") or ("", b"")
    if not name:
        raise wrong("file", "is needed: a part with the file and its name")
    if name.rpartition(".")[2].lower() in RUNS:
        raise Refused(422, "file_blocked", f".{name.rpartition('.')[2].lower()} files cannot be attached.")
    if len(content) > LARGEST:
        raise Refused(413, "too_large", "The file is too large. The limit is 25 MB.", limit=LARGEST)
    record, file_id = world.record(form.get("record", "")), form.get("id") or new_id("att")
    before = world.files.get(file_id)
    if before is not None:
        card, kept = before
        if (card["name"], card["record"], card["uploaded_by"], kept) != (name, record["record"], asked.actor, content):
            raise Refused(409, "id_conflict", "Something else was already created with this id.")
        return card
    card = {
        "id": file_id, "record": record["record"], "name": name, "type": mimetypes.guess_type(name)[0] or ANY,
        "size": len(content), "thumbnail": False, "url": f"/v1/attachments/{file_id}", "thumbnail_url": None,
        "url_expires_at": None, "uploaded_by": asked.actor, "uploaded_at": now(), "comment_id": None,
    }  # fmt: skip
    world.files[file_id] = card, content
    return 201, card


def get_files(world: World, asked: Any) -> Any:
    """Return the cards of these files; those that are unknown are left out."""
    return {"data": [world.files[one][0] for one in asked.query.get_list("id") if one in world.files], "next": None}


def get_file(world: World, asked: Any) -> Any:
    """Return what is in a file."""
    card, content = _known(world, asked.id)
    if "thumbnail" in asked.query:
        raise Refused(404, "not_found", "This file has no thumbnail.")
    return httpx.Response(200, content=content, headers={"Content-Type": card["type"]})


def remove_file(world: World, asked: Any) -> Any:
    """Take a file away, from its comment too."""
    card, _ = _known(world, asked.id)
    del world.files[asked.id]
    if card["comment_id"] is not None:
        comment = world.comment(card["comment_id"])
        left = [one for one in comment["attachments"] if one["id"] != asked.id]
        comment.update(attachments=left, version=comment["version"] + 1)
        world.tell("attachment.removed", asked.actor, world.thread(comment["thread_id"]), comment=comment, attachment_id=asked.id)


def waiting(world: World, record: str, draft: Shape, actor: str | None) -> list[Shape]:
    """Return the files that a draft names. Raises 422 for one that is not the caller's, or has a comment already."""
    ids = draft.get("attachments") or []
    cards = [world.files.get(one, ({}, b""))[0] for one in ids]
    for place, card in enumerate(cards):
        if not card or card["comment_id"] or card["uploaded_by"] != actor or card["record"] != record:
            raise wrong(f"attachments.{place}", f"{ids[place]} is not an upload of yours that waits on {record}")
    return cards


def files_of(world: World, comment_id: str) -> list[Shape]:
    """Return the files that a comment has, withdrawn or not."""
    return [attached(card) for card, _ in world.files.values() if card["comment_id"] == comment_id]


def attached(card: Shape) -> Shape:
    """Return a file as its comment has it: the thread says which record it is about."""
    return {name: value for name, value in card.items() if name != "record"}


def _known(world: World, file_id: str) -> tuple[Shape, bytes]:
    if file_id not in world.files:
        raise Refused(404, "not_found", "There is nothing here that the caller can see.")
    return world.files[file_id]


def _form(asked: Any) -> Shape:
    """Take a form apart: texts by their names, a file as its name and content."""
    head = f"Content-Type: {asked.headers['content-type']}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + asked.content)
    found: Shape = {}
    for part in message.iter_parts():
        name, content = str(part.get_param("name", header="content-disposition")), bytes(part.get_payload(decode=True))
        found[name] = (part.get_filename(), content) if part.get_filename() else content.decode()
    return found
