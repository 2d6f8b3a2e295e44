"""Files: brought for a comment, seen by whom the comment is, served so that nothing in them runs, gone when they go."""

import asyncio
import hashlib
import io
import uuid
from contextlib import contextmanager

import pytest
from PIL import Image

from apropos import ApiError, AsyncApropos, Conflict, Forbidden, Invalid, NotFound, TooLarge
from apropos._ids import new_id
from calling import http_client

HOSTILE = "forecast_line:a/b%2F ü:عربي"
DAY = 86_400_000


def picture(kind="PNG", size=(1200, 800), **how):
    written = io.BytesIO()
    Image.new("RGB", size, "#714B67").save(written, kind, **how)
    return written.getvalue()


def kept(service):
    """The files in the service's folder."""
    folder = service.app.state.settings.data_dir / "files"
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


def sweep(service):
    """Let the service delete what is due, as it does every minute."""
    asyncio.run_coroutine_threadsafe(service.app.state.sweep.now(), service.loop).result(30)


@contextmanager
def later(service, milliseconds):
    """Let time pass in the service."""
    service.app.state.clock.turn(milliseconds)
    try:
        yield
    finally:
        service.app.state.clock.turn(0)


@pytest.fixture
async def bare(world):
    """HTTP as a page's `<img>` speaks it: without saying who asks."""
    async with http_client(world.url) as client:
        yield client


async def test_a_file_comes_with_a_comment_and_is_downloaded_by_those_who_see_it(visit, tmp_path):
    ada, bo = visit("ada"), visit("bo")
    path = tmp_path / "Fräse ماكينة.pdf"
    path.write_bytes(b"%PDF-1.7 schedule")

    brought = await ada.attachments.upload(HOSTILE, path)
    drawing = await ada.attachments.upload(HOSTILE, picture(), "flange.png")
    thread = await ada.threads.open(HOSTILE, "See both", attachments=[drawing.id, brought.id])
    reply = await ada.threads.comment(
        thread.id, "And this", attachments=[(await ada.attachments.upload(HOSTILE, io.BytesIO(b"a,b\n"), "a.csv")).id]
    )

    shown = (await bo.threads.get(thread.id)).comments
    assert [[file.name for file in comment.attachments] for comment in shown] == [["flange.png", path.name], ["a.csv"]]
    assert (brought.type, brought.size, brought.record, brought.uploaded_by) == ("application/pdf", 17, HOSTILE, "ada")
    assert (brought.comment_id, shown[0].attachments[1].comment_id) == (None, thread.comments[0].id)
    assert (drawing.width, drawing.height, drawing.thumbnail, brought.thumbnail) == (1200, 800, True, False)
    assert reply.attachments[0].type == "text/csv"
    assert await bo.attachments.download(brought.id) == b"%PDF-1.7 schedule"
    small = Image.open(io.BytesIO(await bo.attachments.thumbnail(drawing.id)))
    assert (small.format, small.size) == ("WEBP", (640, 427))


async def test_a_file_that_waits_is_its_uploaders_alone(visit, host, bare):
    ada, bo = visit("ada"), visit("bo", {"*": "manage"})
    brought = await ada.attachments.upload(HOSTILE, b"secret", "a.txt")

    assert await ada.attachments.download(brought.id) == b"secret"
    for other in (bo, host):
        with pytest.raises(NotFound):
            await other.attachments.download(brought.id)
        with pytest.raises(NotFound):
            await other.attachments.remove(brought.id)
        assert await other.attachments.get_many([brought.id]) == []
        with pytest.raises(Invalid) as refusal:
            await other.threads.open(HOSTILE, "mine", attachments=[brought.id])
        assert refusal.value.errors[0]["path"] == "attachments.0"
        assert brought.id in refusal.value.errors[0]["message"]
    assert (await bare.get(f"/v1/attachments/{brought.id}")).status_code == 401


async def test_a_comment_takes_only_uploads_that_wait_on_its_record(visit):
    ada = visit("ada")
    thread = await ada.threads.open(HOSTILE, "x")
    here, used, elsewhere = [
        await ada.attachments.upload(record, b"x", "x.txt") for record in (HOSTILE, HOSTILE, "invoice:1")
    ]  # fmt: skip
    await ada.threads.comment(thread.id, "y", attachments=[used.id])

    wrong = [here.id, used.id, elsewhere.id, new_id("att"), here.id]
    with pytest.raises(Invalid) as refusal:
        await ada.threads.comment(thread.id, "z", attachments=wrong)
    with pytest.raises(Invalid) as many:
        await ada.threads.comment(thread.id, "z", attachments=[new_id("att") for _ in range(11)])

    assert [error["path"] for error in refusal.value.errors] == [f"attachments.{place}" for place in (1, 2, 3, 4)]
    assert many.value.errors[0]["path"] == "attachments"
    assert (await ada.threads.get(thread.id)).comment_count == 2
    assert (await ada.threads.comment(thread.id, "z", attachments=[here.id])).attachments[0].id == here.id


async def test_one_upload_goes_with_one_comment_however_many_want_it_at_once(visit):
    ada = visit("ada")
    thread = await ada.threads.open(HOSTILE, "x")
    brought = await ada.attachments.upload(HOSTILE, b"x", "x.txt")

    tries = [ada.threads.comment(thread.id, "y", attachments=[brought.id]) for _ in range(12)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)

    assert [type(one) for one in outcomes].count(Invalid) == 11
    assert (await ada.threads.get(thread.id)).comment_count == 2


async def test_visibility_is_the_threads(visit):
    ada, bo, guest = visit("ada"), visit("bo"), visit("gus", guest=True)
    threads = {}
    for visibility in ("internal", "shared", "restricted"):
        brought = await ada.attachments.upload(HOSTILE, b"x", "x.txt")
        await ada.threads.open(HOSTILE, "x", visibility=visibility, attachments=[brought.id])
        threads[visibility] = brought.id

    for person, may in ((ada, {*threads}), (bo, {"internal", "shared"}), (guest, {"shared"})):
        assert [one.id for one in await person.attachments.get_many(threads.values())] == [
            file for visibility, file in threads.items() if visibility in may
        ]
        for visibility, file in threads.items():
            if visibility in may:
                assert await person.attachments.download(file) == b"x"
            else:
                with pytest.raises(NotFound):
                    await person.attachments.download(file)


async def test_a_withdrawn_comment_hides_its_files_until_it_is_back(visit):
    ada = visit("ada")
    brought = await ada.attachments.upload(HOSTILE, b"x", "x.txt")
    comment = (await ada.threads.open(HOSTILE, "x", attachments=[brought.id])).comments[0]

    gone = await ada.comments.withdraw(comment.id)
    with pytest.raises(NotFound):
        await ada.attachments.download(brought.id)
    back = await ada.comments.restore(comment.id)

    assert (gone.attachments, back.attachments[0].id) == ([], brought.id)
    assert await ada.attachments.download(brought.id) == b"x"


async def test_a_file_says_its_record_by_itself_and_leaves_that_to_the_thread_in_a_comment(host, http, visit):
    ada = visit("ada")
    brought = await ada.attachments.upload("order:1", b"x", "x.txt")
    thread = await ada.threads.open("order:1", "see", attachments=[brought.id])
    await host.records.rename("order:1", "order:2")

    alone = (await http.get("/v1/attachments", params={"id": brought.id})).json()["data"][0]
    inside = (await http.get(f"/v1/threads/{thread.id}")).json()["comments"][0]["attachments"][0]

    assert (alone["record"], inside["id"], "record" in inside) == ("order:2", brought.id, False)


async def test_a_page_loads_a_file_by_an_address_that_is_sealed_for_it(service, host, visit, bare):
    await host.records.describe(HOSTILE, access={"people": {"ada": "comment", "bo": "read"}})
    ada, bo = visit("ada", {}), visit("bo", {})
    brought = await ada.attachments.upload(HOSTILE, picture(), "a.png")
    other = await ada.attachments.upload(HOSTILE, picture(), "b.png")
    inside = (await ada.threads.open(HOSTILE, "x", attachments=[brought.id])).comments[0].attachments[0]
    mine, theirs = await ada.attachments.get(brought.id), await bo.attachments.get(brought.id)

    for url in (brought.url, brought.thumbnail_url, mine.url, theirs.url):
        assert (await bare.get(url)).status_code == 200, url
    for url in (
        inside.url,
        mine.url[:-1],
        mine.url + "x",
        mine.url.replace(brought.id, other.id),
        mine.url.replace(brought.id, new_id("att")),
        f"{inside.url}?token=",
        f"{inside.url}?token=nonsense",
    ):
        answer = await bare.get(url)
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated"), url
    with later(service, 601_000):
        assert (await bare.get(mine.url)).status_code == 401
    assert inside.url_expires_at is None
    assert 500 < (mine.url_expires_at - brought.uploaded_at).total_seconds() < 700


async def test_who_may_is_asked_again_when_a_sealed_address_is_used(host, visit, bare):
    await host.records.describe(HOSTILE, access={"people": {"ada": "comment"}, "groups": {"sales": "read"}})
    await host.people.groups({"id": "sales", "name": "Sales", "members": ["bo"]})
    ada, bo = visit("ada", {}), visit("bo", {})
    brought = await ada.attachments.upload(HOSTILE, b"x", "x.txt")
    comment = (await ada.threads.open(HOSTILE, "x", attachments=[brought.id])).comments[0]
    url, hosts = (await bo.attachments.get(brought.id)).url, (await host.attachments.get(brought.id)).url

    before = [(await bare.get(one)).status_code for one in (url, hosts)]
    await ada.comments.withdraw(comment.id)
    withdrawn = [(await bare.get(one)).status_code for one in (url, hosts)]
    await ada.comments.restore(comment.id)
    await host.records.describe(HOSTILE, access={"people": {"ada": "comment"}})
    taken = [(await bare.get(one)).status_code for one in (url, hosts)]

    assert (before, withdrawn, taken) == ([200, 200], [404, 404], [404, 200])


async def test_a_sealed_address_goes_with_what_it_was_asked_for_with(world, host, visit, bare):
    key = await host.workspace.keys.create("k")
    ada = visit("ada")
    brought = await ada.attachments.upload(HOSTILE, b"x", "x.txt")
    await ada.threads.open(HOSTILE, "x", attachments=[brought.id])
    async with AsyncApropos(world.url, key=key.key, retries=0) as server:
        urls = [(await one.attachments.get(brought.id)).url for one in (ada, server)]
    assert [(await bare.get(url)).status_code for url in urls] == [200, 200]

    await host.workspace.keys.revoke(key.id)

    assert [(await bare.get(url)).status_code for url in urls] == [401, 401]
    assert (await bare.get((await ada.attachments.get(brought.id)).url)).status_code == 200


async def test_nothing_in_a_file_runs(visit, bare):
    ada = visit("ada")
    served = {}
    for name, content in (
        ("a.png", picture()),
        ("drawing.svg", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("notes.txt", b"<b>hello</b>"),
        ("lies.png", b"%PDF-1.7 not a picture"),
        ('q"uo\u202ete.gif', picture("GIF", (4, 4))),
    ):
        brought = await ada.attachments.upload(HOSTILE, content, name)
        served[name] = answer = await bare.get(brought.url)
        assert answer.content == content
        assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
        assert answer.headers["cache-control"].startswith("private")
        again = await bare.get(brought.url, headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")

    said = {name: (answer.headers["content-type"], answer.headers["content-disposition"]) for name, answer in served.items()}
    assert said["a.png"] == ("image/png", "inline; filename=\"a.png\"; filename*=UTF-8''a.png")
    assert said["drawing.svg"][0] == "image/svg+xml"
    assert said["notes.txt"][0] == "text/plain"
    assert said["lies.png"][0] == "application/pdf"
    assert all(said[name][1].startswith("attachment; ") for name in ("drawing.svg", "notes.txt", "lies.png"))
    assert said['q"uo\u202ete.gif'][1] == "inline; filename=\"q_uote.gif\"; filename*=UTF-8''q%22uote.gif"


async def test_what_would_run_is_refused(visit):
    ada = visit("ada")

    for name, content in (
        ("setup.EXE", b"x"),
        ("setup.exe. ", b"x"),
        ("page.html", b"x"),
        ("do.js", b"x"),
        ("run.bat", b"x"),
        ("innocent.txt", b"MZ\x90\0\3\0\0\0" + bytes(400)),
        ("innocent.png", b"\x7fELF" + bytes(400)),
        ("innocent.txt", b"\xef\xbb\xbf <!-- hi -->\n<!DOCTYPE html><title>x</title>"),
        ("innocent.csv", "\ufeff<script>alert(1)</script>".encode("utf-16-le")),
    ):
        with pytest.raises(ApiError) as refusal:
            await ada.attachments.upload(HOSTILE, content, name)
        assert (refusal.value.status, refusal.value.code) == (422, "file_blocked"), name
        assert refusal.value.errors[0]["path"] == "file"


async def test_a_file_has_at_most_25_megabytes(http, bearer, visit):
    ada, most = visit("ada"), 25 * 2**20

    largest = await ada.attachments.upload(HOSTILE, bytes(most), "zeros.dat")
    for more in (1, most):
        with pytest.raises(TooLarge) as refusal:
            await ada.attachments.upload(HOSTILE, bytes(most + more), "zeros.dat")
        assert (refusal.value.code, refusal.value.facts["limit"]) == ("too_large", most)
        assert "25 MB" in refusal.value.detail

    async def without_end():
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
        for _ in range(60):
            yield bytes(2**20)

    headers = {**bearer("ada"), "Content-Type": "multipart/form-data; boundary=b"}
    answer = await http.post("/v1/attachments", content=without_end(), headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert largest.size == most
    assert hashlib.sha256(await ada.attachments.download(largest.id)).digest() == hashlib.sha256(bytes(most)).digest()


async def test_a_form_that_is_none_is_refused_with_what_would_be_right(http, bearer):
    ada = bearer("ada")
    file = ("x.txt", b"x")

    for how, path in (
        ({"content": b"nonsense", "headers": {**ada, "Content-Type": "multipart/form-data; boundary=b"}}, "body"),
        ({"content": b"x", "headers": {**ada, "Content-Type": "multipart/form-data"}}, "body"),
        ({"files": {"file": file}}, "record"),
        ({"files": {"file": file}, "data": {"record": "nonsense"}}, "record"),
        ({"files": {"file": file}, "data": {"record": HOSTILE, "id": "att_1"}}, "id"),
        ({"files": {"other": file}, "data": {"record": HOSTILE}}, "other"),
        ({"files": [("file", file), ("file", file)], "data": {"record": HOSTILE}}, "body"),
        ({"files": {"file": ("x.txt", b"")}, "data": {"record": HOSTILE}}, "file"),
        ({"files": {"record": (None, HOSTILE), "file": (None, "text")}}, "file"),
    ):
        answer = await http.post("/v1/attachments", **{"headers": ada, **how})
        assert answer.status_code == 422, (how, answer.text)
        assert [error["path"] for error in answer.json()["errors"]] == [path], answer.text
    answer = await http.post("/v1/attachments", json={"record": HOSTILE}, headers=ada)
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


async def test_reading_is_not_bringing(visit):
    reader, outsider = visit("r", {HOSTILE: "read"}), visit("o", {"invoice:*": "manage"})

    with pytest.raises(Forbidden):
        await reader.attachments.upload(HOSTILE, b"x", "x.txt")
    with pytest.raises(NotFound):
        await outsider.attachments.upload(HOSTILE, b"x", "x.txt")


async def test_bringing_is_safe_to_repeat(http, bearer, visit):
    ada, bo, headers = visit("ada"), visit("bo"), bearer("ada")
    first = await ada.attachments.upload(HOSTILE, b"once", "x.txt")
    again = await ada.attachments.upload(HOSTILE, b"once", "x.txt", id=first.id)
    thread = await ada.threads.open(HOSTILE, "x", attachments=[first.id])
    after = await ada.attachments.upload(HOSTILE, b"once", "x.txt", id=first.id)
    draft = {"id": new_id("cmt"), "body": "with"}
    second = (await ada.attachments.upload(HOSTILE, b"x", "x.txt")).id
    posted = [
        await http.post(f"/v1/threads/{thread.id}/comments", json={**draft, **more}, headers=headers)
        for more in ({"attachments": [second]}, {"attachments": [second]}, {})
    ]
    form = {"files": {"file": ("x.txt", b"x")}, "data": {"record": HOSTILE}}
    keyed = {**headers, "Idempotency-Key": str(uuid.uuid4())}
    answers = [await http.post("/v1/attachments", **form, headers=keyed) for _ in range(2)]
    other = await http.post("/v1/attachments", **{**form, "files": {"file": ("x.txt", b"y")}}, headers=keyed)

    assert (again.id, again.uploaded_at, after.comment_id) == (first.id, first.uploaded_at, thread.comments[0].id)
    for attempt in (
        lambda: ada.attachments.upload(HOSTILE, b"twice", "x.txt", id=first.id),
        lambda: ada.attachments.upload(HOSTILE, b"once", "y.txt", id=first.id),
        lambda: ada.attachments.upload("invoice:1", b"once", "x.txt", id=first.id),
        lambda: bo.attachments.upload(HOSTILE, b"once", "x.txt", id=first.id),
    ):
        with pytest.raises(Conflict) as refusal:
            await attempt()
        assert refusal.value.code == "id_conflict"
    with pytest.raises(NotFound):
        await visit("gus", guest=True).attachments.upload(HOSTILE, b"once", "x.txt", id=first.id)
    assert [answer.status_code for answer in posted] == [201, 200, 409]
    assert (answers[0].status_code, answers[0].content) == (201, answers[1].content)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")


async def test_a_removed_file_is_gone_from_its_comment_and_from_the_disk(service, host, visit):
    ada, bo, keeper = visit("ada"), visit("bo"), visit("k", {"*": "manage"})
    before = kept(service)
    brought = [await ada.attachments.upload(HOSTILE, picture(), "a.png") for _ in range(3)]
    thread = await ada.threads.open(HOSTILE, "x", attachments=[file.id for file in brought[:2]])
    added = kept(service) - before

    with pytest.raises(Forbidden):
        await bo.attachments.remove(brought[0].id)
    await ada.attachments.remove(brought[0].id)
    await keeper.attachments.remove(brought[1].id)
    await ada.attachments.remove(brought[2].id)

    for file in brought:
        with pytest.raises(NotFound):
            await ada.attachments.download(file.id)
        with pytest.raises(NotFound):
            await ada.attachments.remove(file.id)
    shown = (await bo.threads.get(thread.id)).comments[0]
    told = [event for event in (await host.events.list(limit=100)).data if event.type == "attachment.removed"]
    assert len(added) == 6
    assert not added & kept(service)
    assert (shown.attachments, shown.version) == ([], 3)
    assert [(event.actor.id, event.data.comment.id, event.data.attachment_id) for event in told] == [
        ("ada", shown.id, brought[0].id), ("k", shown.id, brought[1].id),
    ]  # fmt: skip
    assert [event.seq for event in told] == [3, 4]


async def test_a_recorded_decision_keeps_its_files(visit):
    ada, keeper = visit("ada"), visit("k", {"*": "manage"})
    brought = await ada.attachments.upload(HOSTILE, b"x", "offer.txt")
    decision = (await ada.threads.open(HOSTILE, "We take it", kind="decision", attachments=[brought.id])).comments[0]
    await ada.comments.record(decision.id)

    with pytest.raises(Conflict) as refusal:
        await ada.attachments.remove(brought.id)
    await keeper.attachments.remove(brought.id)

    assert refusal.value.code == "decision_is_recorded"


async def test_what_is_told_of_a_comment_tells_of_its_files(host, visit):
    ada = visit("ada")
    brought = await ada.attachments.upload(HOSTILE, b"x", "x.txt")
    thread = await ada.threads.open(HOSTILE, "x", attachments=[brought.id])

    [posted] = [event for event in (await host.events.list(limit=100)).data if event.type == "comment.posted"]

    assert posted.data.comment.attachments == (await ada.threads.get(thread.id)).comments[0].attachments
    assert posted.data.comment.attachments[0].url == f"/v1/attachments/{brought.id}"


async def test_an_upload_that_nobody_posts_goes_after_a_day(service, visit):
    ada = visit("ada")
    before = kept(service)
    waiting, used = [await ada.attachments.upload(HOSTILE, picture(), "a.png") for _ in range(2)]
    await ada.threads.open(HOSTILE, "x", attachments=[used.id])
    added = kept(service) - before

    with later(service, DAY - 60_000):
        sweep(service)
        assert added <= kept(service)
        assert (await ada.attachments.get(waiting.id)).id == waiting.id
    with later(service, DAY + 1000):
        sweep(service)
        with pytest.raises(NotFound):
            await ada.attachments.get(waiting.id)

    assert len(added & kept(service)) == 2
    assert await ada.attachments.download(used.id) == picture()


async def test_a_file_whose_upload_was_refused_or_repeated_does_not_stay(service, visit):
    ada = visit("ada")
    first = await ada.attachments.upload(HOSTILE, b"once", "x.txt")
    await ada.threads.open(HOSTILE, "x", attachments=[first.id])
    before = kept(service)

    await ada.attachments.upload(HOSTILE, b"once", "x.txt", id=first.id)
    with pytest.raises(Conflict):
        await ada.attachments.upload(HOSTILE, b"twice", "x.txt", id=first.id)
    assert before < kept(service)
    with later(service, DAY + 1000):
        sweep(service)

    assert kept(service) <= before
    assert await ada.attachments.download(first.id) == b"once"


async def test_erasing_a_record_erases_its_files_and_merging_keeps_them(service, host, visit):
    ada = visit("ada")
    kept_by = {}
    for record in ("invoice:1", "invoice:2", "invoice:3"):
        before = kept(service)
        used, waiting = [await ada.attachments.upload(record, b"x", "x.txt") for _ in range(2)]
        await ada.threads.open(record, "x", attachments=[used.id])
        kept_by[record] = [kept(service) - before, used.id, waiting.id]

    await host.records.merge("invoice:1", "invoice:2")
    merged = await ada.attachments.get(kept_by["invoice:1"][1])
    await host.records.erase("invoice:2")

    assert merged.record == "invoice:2"
    assert not (kept_by["invoice:1"][0] | kept_by["invoice:2"][0]) & kept(service)
    assert kept_by["invoice:3"][0] <= kept(service)
    left = await ada.attachments.get_many([file for _, *files in kept_by.values() for file in files])
    assert [file.id for file in left] == kept_by["invoice:3"][1:]


async def test_the_host_acts_for_itself_and_for_people(host, visit):
    ours = await host.attachments.upload(HOSTILE, b"x", "ours.txt")
    adas = await host.acting_as("ada").attachments.upload(HOSTILE, b"y", "adas.txt")

    thread = await host.threads.open(HOSTILE, "From the host", attachments=[ours.id])
    comment = await visit("ada").threads.comment(thread.id, "From Ada", attachments=[adas.id])

    assert (thread.comments[0].attachments[0].uploaded_by, comment.attachments[0].uploaded_by) == (None, "ada")
    assert await visit("bo").attachments.download(adas.id) == b"y"
