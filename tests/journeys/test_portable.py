"""A workspace moves to another database with `apropos export` and `apropos import`: nothing is lost, doubled or renamed."""

import asyncio
import json
import shutil

import pytest

from apropos import Apropos, Unauthenticated
from apropos_service.access.secrets import Vault
from apropos_service.attachments.storage import Files
from apropos_service.database import Database
from apropos_service.events.sealing import Sealing
from apropos_service.portable.form import NotAnExport
from apropos_service.portable.importing import import_workspace
from apropos_service.terminal import here
from programs import apropos
from scenes import SCENES, Cast
from stage import DATABASES, empty_database, lay_out, running

pytestmark = pytest.mark.timeout(600)
RECORD = "forecast_line:a/b%2F ü:عربي"


@pytest.fixture
def home(service):
    """Flags that name the running service's database and folder."""
    settings = service.app.state.settings
    return ("--database-url", settings.database, "--data-dir", str(settings.data_dir))


@pytest.fixture
def secret(service):
    return (service.app.state.settings.data_dir / "secret_key").read_text().strip()


@pytest.fixture
async def lived_in(host, visit, settled):
    """A workspace in which everything happened that can happen, with a file in it."""
    ada, bo = visit("ada", {"*": "manage"}), visit("bo")
    for number, kind in enumerate(sorted(SCENES)):
        cast = Cast(host, ada, bo, ("ada", "bo"), f"{RECORD} {number}", f"Zeisig {number}", about={"field": "q3/amount"})
        await host.records.describe(cast.record, title=cast.text)
        await cast.open()
        await SCENES[kind](cast)
    file = await ada.attachments.upload(RECORD, "Größe: 34".encode(), "Maß.txt")
    await ada.threads.open(RECORD, "See the drawing", attachments=[file.id])
    await settled()


def content(folder):
    """Everything an export says, but for when it was made."""
    said = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    manifest = json.loads(said.pop("manifest.json"))
    del manifest["exported_at"]
    return said, manifest


def rows_in(folder):
    return {path.stem: [json.loads(line) for line in path.read_bytes().splitlines()] for path in (folder / "rows").iterdir()}


def refusal(*words, **more):
    """Return the one line that a command ends with when it stops."""
    done = apropos(*words, check=False, **more)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done
    return done.stderr


@pytest.mark.usefixtures("lived_in")
def test_what_is_brought_into_another_database_is_exported_the_same(world, home, secret, tmp_path):
    first = tmp_path / "first"
    assert "first holds test: " in apropos("export", world.workspace, str(first), *home).stdout
    for kind in DATABASES:
        with empty_database(kind, tmp_path) as url:
            there = ("--database-url", url, "--data-dir", str(tmp_path / kind), "--secret-key", secret)
            assert "is here" in apropos("import", str(first), *there).stdout
            apropos("export", world.workspace, str(tmp_path / f"again-{kind}"), *there)
            assert content(tmp_path / f"again-{kind}") == content(first)
            assert "in this database already" in refusal("import", str(first), *there)


@pytest.mark.usefixtures("lived_in")
def test_people_go_on_where_they_were(world, home, secret, tmp_path):
    apropos("export", world.workspace, str(tmp_path / "export"), *home)
    with empty_database("sqlite", tmp_path) as url, Apropos(world.url, key=world.key) as here:
        folder = tmp_path / "there"
        apropos("import", str(tmp_path / "export"), "--database-url", url, "--data-dir", str(folder), "--secret-key", secret)
        with running(url, folder, secret_key=secret) as stage, Apropos(stage.url, key=world.key) as there:
            assert list(there.threads.list()) == list(here.threads.list())
            [thread] = there.conversation(RECORD).threads
            assert [thread] == here.conversation(RECORD).threads
            assert there.attachments.download(thread.comments[0].attachments[0].id) == "Größe: 34".encode()
            assert there.acting_as("ada").threads.comment(thread.id, "And on").seq == thread.seq + 1


@pytest.mark.usefixtures("lived_in")
def test_under_another_secret_all_comes_but_keys_and_secrets_which_are_named_and_made_anew(world, home, tmp_path):
    with Apropos(world.url, key=world.key) as host:
        hook = host.webhooks.create("http://127.0.0.1:9/hook")
        host.workspace.change(access_url=ACCESS)
    apropos("export", world.workspace, str(tmp_path / "export"), *home)
    before = rows_in(tmp_path / "export")
    for kind in DATABASES:
        with empty_database(kind, tmp_path) as url:
            folder = tmp_path / kind
            there = ("--database-url", url, "--data-dir", str(folder))
            said = apropos("import", str(tmp_path / "export"), *there).stdout
            for ended in (hook.id, ACCESS, *(one["id"] for name in ("access_key", "signing_key") for one in before[name])):
                assert ended in said, ended
            assert "Every entry is as it was written" in apropos("audit", "verify", *there).stdout
            apropos("export", world.workspace, str(tmp_path / f"again-{kind}"), *there)
            after = rows_in(tmp_path / f"again-{kind}")
            assert {name for name in after if after[name] != before[name]} == CHANGED
            assert after["entry"][-1]["type"] == "workspace.imported"
            assert [less(one, "seal") for one in after["entry"][:-1]] == [less(one, "seal") for one in before["entry"]]
            made = apropos("key", "create", "--workspace", world.workspace, "--scope", "full", "--name", "n", "--json", *there)
            with running(url, folder) as stage:
                goes_on(stage, world, json.loads(made.stdout)["key"], hook)


ACCESS = "http://127.0.0.1:9/access"
CHANGED = {"access_key", "endpoint", "entry", "held_grant", "idempotency", "log_head", "signing_key", "workspace"}
"""What is not as it was: the old secret is in it, or it follows from what is gone."""


def less(row, name):
    return {key: value for key, value in row.items() if key != name}


def goes_on(stage, world, key, hook):
    """See that the old key opens nothing, and that a new one finds all and makes anew what ended."""
    with Apropos(stage.url, key=world.key) as old, pytest.raises(Unauthenticated):
        list(old.threads.list())
    with Apropos(stage.url, key=key) as new:
        assert new.conversation(RECORD).threads[0].comments[0].body == "See the drawing"
        [there] = new.webhooks.list()
        assert (there.enabled, there.disabled_because) == (False, "imported")
        assert new.webhooks.rotate(hook.id).secret.startswith("whsec_")
        assert new.webhooks.change(hook.id, enabled=True).enabled


async def test_an_export_is_of_one_moment_while_people_write(world, host, home, tmp_path):
    thread = await host.acting_as("ada").threads.open(RECORD, "0")
    over = asyncio.Event()

    async def write():
        while not over.is_set():
            await host.acting_as("ada").threads.comment(thread.id, "One more")

    writing = [asyncio.create_task(write()) for _ in range(4)]
    await asyncio.to_thread(apropos, "export", world.workspace, str(tmp_path / "export"), *home)
    over.set()
    await asyncio.gather(*writing)

    rows = rows_in(tmp_path / "export")
    assert len(rows["comment"]) > 1
    assert rows["thread"][0]["seq"] == max(comment["seq"] for comment in rows["comment"])
    assert rows["log_head"][0]["position"] == len(rows["entry"]) == rows["entry"][-1]["position"]


def cut_the_manifest(folder):
    (folder / "manifest.json").unlink()


def cut_rows(folder):
    path = folder / "rows" / "thread.jsonl"
    path.write_bytes(path.read_bytes()[:-30])


def leave_a_row_out(folder):
    (folder / "rows" / "thread.jsonl").write_bytes(b"")


def drop_a_table(folder):
    (folder / "rows" / "comment.jsonl").unlink()


def change_a_word(folder):
    path = folder / "rows" / "comment.jsonl"
    path.write_bytes(path.read_bytes().replace(b"See the drawing", b"Sea the drawing"))


def move_a_row(folder):
    path = folder / "rows" / "thread.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"workspace_id":"wsp_0', b'"workspace_id":"wsp_7'))


def forget_a_column(folder):
    path = folder / "rows" / "thread.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"title":', b'"heading":'))


def change_a_type(folder):
    path = folder / "rows" / "thread.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"opened_by":"ada"', b'"opened_by":17'))


def lose_a_file(folder):
    next(path for path in (folder / "files").rglob("*") if path.is_file()).unlink()


def change_a_file(folder):
    next(path for path in (folder / "files").rglob("*") if path.is_file()).write_bytes(b"Groesse")


def be_of_another_version(folder):
    path = folder / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b'"schema": "0001"', b'"schema": "0000"'))


def be_something_else(folder):
    (folder / "manifest.json").write_bytes(b"[]")


HARMS = {
    cut_the_manifest: "has no manifest.json", cut_rows: "is not JSON", leave_a_row_out: "cut or changed", drop_a_table: "missing",
    change_a_word: "cut or changed", move_a_row: "is not of wsp_0", forget_a_column: "does not have the members",
    change_a_type: "cannot have 17 as opened_by", lose_a_file: "is missing, was cut or changed",
    change_a_file: "is missing, was cut or changed", be_of_another_version: "database 0000", be_something_else: "is not one",
}  # fmt: skip


@pytest.mark.usefixtures("lived_in")
async def test_half_an_export_or_a_changed_one_is_refused_and_leaves_nothing(world, home, secret, tmp_path):
    apropos("export", world.workspace, str(tmp_path / "export"), *home)
    lay_out(f"sqlite:///{tmp_path / 'there.db'}")
    database, files = await Database.open(f"sqlite:///{tmp_path / 'there.db'}", Sealing(b"test")), Files(str(tmp_path / "files"))

    async def bring(folder):
        return (await import_workspace(database, files, Vault(secret.encode()), folder, lambda *_: None, by=here))[0]

    for harm, says in HARMS.items():
        harm(shutil.copytree(tmp_path / "export", tmp_path / harm.__name__))
        with pytest.raises(NotAnExport, match=says):
            await bring(tmp_path / harm.__name__)
        assert not [path for path in (tmp_path / "files").rglob("*") if path.is_file()], harm
    assert (await bring(tmp_path / "export")).workspace == world.workspace
    await database.close()


@pytest.mark.usefixtures("lived_in")
def test_one_persons_data_is_theirs_alone(world, home, tmp_path):
    folder = tmp_path / "ada"
    assert "has of ada" in apropos("export", world.workspace, str(folder), "--person", "ada", *home).stdout
    rows = rows_in(folder)
    assert json.loads((folder / "person.json").read_text())["id"] == "ada"
    assert rows["person"] == [json.loads((folder / "person.json").read_text())]
    assert {row["author"] for row in rows["comment"]} == {"ada"}
    assert {row["person_id"] for row in rows["participation"]} == {"ada"}
    assert not {"access_key", "signing_key", "workspace"} & set(rows)
    assert "Größe: 34".encode() in [path.read_bytes() for path in (folder / "files").rglob("*") if path.is_file()]
    assert {row["uploaded_by"] for row in rows["attachment"]} == {"ada"}
    assert "only a whole workspace" in refusal("import", str(folder), *home)
    assert "Nobody" in refusal("export", world.workspace, str(tmp_path / "nobody"), "--person", "nobody", *home)


async def test_what_was_taken_out_is_in_the_audit_log(world, host, home, tmp_path):
    await host.people.describe({"id": "ada", "name": "Ada"})
    for folder, which in (("all", ()), ("ada", ("--person", "ada"))):
        apropos("export", world.workspace, str(tmp_path / folder), *which, *home)

    told = [(one.type, one.about, one.by.kind, one.origin) async for one in host.audit.list()][:2]
    assert told == [
        ("person.exported", "ada", "operator", "terminal"), ("workspace.exported", world.workspace, "operator", "terminal"),
    ]  # fmt: skip


def test_a_folder_with_something_in_it_and_an_unknown_workspace_are_left_alone(home, world, tmp_path):
    (tmp_path / "mine.txt").touch()
    assert "is not empty" in refusal("export", world.workspace, str(tmp_path), *home)
    assert "no workspace wsp_nope" in refusal("export", "wsp_nope", str(tmp_path / "new"), *home)


async def test_an_operator_erases_a_person_from_the_terminal(world, host, visit, home):
    thread = await visit("ada", name="Ada").threads.open(RECORD, "My words")
    command = ("erase-person", world.workspace, "ada", *home)

    asked = apropos(*command, check=False, given="n\n")
    assert (asked.returncode, "1 comments, 1 discussions?" in asked.stderr) == (1, True), asked
    assert (await host.threads.get(thread.id)).comments[0].body == "My words"

    assert "ada is erased" in apropos(*command, "--yes").stdout
    assert (await host.threads.get(thread.id)).comments[0].body == ""
    told = next(iter([one async for one in host.audit.list(types=["person.erased"])]))
    assert (told.by.kind, told.origin) == ("operator", "terminal")
    assert "Nobody is known as ada" in refusal(*command, "--yes")
