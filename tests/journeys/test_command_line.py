"""What an operator types: the real `apropos`, on a database of its own, and what it says when something is wrong.

Law: what an operator can put right is one plain line that says how, and status 2; never a traceback.
"""

import asyncio
import json
import shutil
import socket
import sqlite3
from pathlib import Path

import httpx
import pytest

import apropos_service
from listening import until
from programs import apropos, command, serving
from stage import DATABASES, empty_database

pytestmark = pytest.mark.timeout(600)  # many programs are started, each of which takes a while on a busy machine
NOWHERE = "postgresql://postgres@127.0.0.1:1/nowhere"
STILL_THERE = "what was erased is still in the database's files"


@pytest.fixture(scope="module", params=DATABASES)
def where(request, tmp_path_factory):
    """Flags that name a database and a folder of their own."""
    folder = tmp_path_factory.mktemp(request.param)
    with empty_database(request.param, folder) as url:
        yield ("--database-url", url, "--data-dir", str(folder))


def said(*words, **more):
    """Return the JSON that a command prints."""
    return json.loads(apropos(*words, "--json", **more).stdout)


def refusal(*words, **more):
    """Return the one line that a command ends with when it stops."""
    done = apropos(*words, check=False, **more)
    assert (done.returncode, done.stdout) == (2, ""), done
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("apropos: ")
    return done.stderr


def test_a_workspace_is_made_and_its_keys_come_and_go(where):
    made = said("workspace", "create", "Fieldline", *where)
    assert {name: value.partition("_")[0] for name, value in made.items()} == {
        "workspace": "wsp", "key": "apk", "signing_secret": "aps", "kid": "key",
    }  # fmt: skip
    key = said("key", "create", "--workspace", made["workspace"], "--scope", "read", "--name", "reports", *where)
    assert (key["scope"], key["name"], key["key"].startswith(f"apk_{key['id'].removeprefix('key_')}_")) == ("read", "reports", True)

    assert apropos("key", "revoke", key["id"], *where).stdout == f"{key['id']} is revoked.\n"
    listed = {one["name"]: one for one in said("key", "list", *where) if one["workspace"] == made["workspace"]}
    assert {name: one["revoked_at"] is None for name, one in listed.items()} == {"first key": True, "reports": False}
    assert made["key"] not in json.dumps(listed)
    for way in ({"COLUMNS": "80"}, {"COLUMNS": "80", "FORCE_COLOR": "1"}):  # the second makes a terminal of it
        assert key["id"] in apropos("key", "list", *where, environment=way).stdout
    assert f"{made['workspace']} │ reports" in apropos("key", "list", *where, environment={"COLUMNS": "80"}).stdout
    assert "no key has the id" in refusal("key", "revoke", "key_nope", *where).lower()
    examined = said("doctor", *where)
    assert {one["check"] for one in examined} >= {"secret key", "database", "keys", "clock", "bus", "mail", "readers", "files"}
    assert all(one["ok"] for one in examined), examined


def test_the_log_is_verified_and_its_newest_seal_is_kept_elsewhere(where):
    made = said("workspace", "create", "Audited", *where)["workspace"]
    seal = apropos("audit", "seal", "--workspace", made, *where).stdout.strip()
    said("key", "create", "--workspace", made, "--name", "later", *where)

    assert apropos("audit", "verify", "--workspace", made, "--known", seal, *where).stdout == "Every entry is as it was written.\n"
    other = apropos("audit", "verify", "--workspace", made, "--known", f"{seal}x", *where, check=False)
    assert (other.returncode, "does not have the seal that you know" in other.stdout) == (1, True)


def test_what_a_command_is_given_wrongly_is_named(where):
    unknown = refusal("key", "create", "--workspace", "wsp_nope", "--name", "x", *where)
    assert "no workspace wsp_nope" in unknown
    assert "apropos workspace create" in unknown
    assert "name" in refusal("workspace", "create", "", *where)


def test_a_fresh_database_is_migrated_by_serve_and_what_was_made_opens_it(where, tmp_path):
    with serving(where[1], Path(where[3])) as program:
        world = program.workspace()
        headers = {"Authorization": f"Bearer {world.key}"}
        answer = httpx.get(f"{world.url}/v1/workspace", headers=headers)
        assert httpx.post(f"{world.url}/v1/threads", json={"nope": 1}, headers=headers).status_code == 422
    assert answer.json()["id"] == world.workspace
    assert program.said() == f"Apropos listens on {world.url}\n"

    other = (where[0], where[1], "--data-dir", str(tmp_path))
    assert "another APROPOS_SECRET_KEY" in refusal("serve", *other, "--port", str(program.port))


@pytest.fixture
def next_version(tmp_path):
    """The environment in which `apropos` is of a version that has one migration more."""
    home = tmp_path / "later" / "apropos_service"
    shutil.copytree(Path(apropos_service.__file__).parent, home, ignore=shutil.ignore_patterns("__pycache__"))
    migrations = home / "migrations" / "__init__.py"
    text = migrations.read_text(encoding="utf-8")
    migrations.write_text(text.replace('HEAD = "0001"', 'HEAD = "0002"'), encoding="utf-8")
    step = 'revision = "0002"\ndown_revision = "0001"\n\n\ndef upgrade():\n    pass\n'
    (home / "migrations" / "versions" / "0002_second.py").write_text(step, encoding="utf-8")
    return {"PYTHONPATH": str(home.parent)}


@pytest.mark.parametrize("kind", DATABASES)
def test_an_old_database_waits_for_migrate_and_a_newer_one_for_a_later_program(kind, tmp_path, next_version):
    with empty_database(kind, tmp_path) as url:
        where = ("--database-url", url, "--data-dir", str(tmp_path))
        apropos("migrate", *where)
        for command in (["serve"], ["work"]):
            old = refusal(*command, *where, environment=next_version)
            assert "is at 0001, this version needs 0002" in old
            assert "run: apropos migrate" in old
        assert "0002" in apropos("migrate", *where, environment=next_version).stdout
        for command in (["serve"], ["migrate"]):
            newer = refusal(*command, *where)
            assert "is at 0002, this version needs 0001" in newer
            assert "later version" in newer


@pytest.mark.parametrize("command", [["serve"], ["migrate"], ["workspace", "create", "x"]], ids=" ".join)
def test_a_folder_that_cannot_be_written_and_a_database_that_is_away_are_said_plainly(command, tmp_path):
    file = tmp_path / "file"
    file.touch()

    assert f"{file}" in refusal(*command, "--data-dir", str(file))
    assert "apropos doctor" in refusal(*command, "--data-dir", str(tmp_path), "--database-url", NOWHERE)


def test_a_file_that_is_no_database_is_left_alone(tmp_path):
    (tmp_path / "apropos.db").write_text("something else, quite long\n" * 50, encoding="utf-8")

    assert "not a database" in refusal("serve", "--data-dir", str(tmp_path))
    assert (tmp_path / "apropos.db").read_text(encoding="utf-8").startswith("something else")


def test_a_port_of_another_program_is_said_plainly(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert f"127.0.0.1:{port}" in refusal("serve", "--data-dir", str(tmp_path), "--port", port)


def test_the_doctor_says_what_to_do(tmp_path):
    done = apropos("doctor", "--data-dir", str(tmp_path), "--database-url", NOWHERE, check=False)

    assert (done.returncode, done.stderr) == (1, "")
    assert "FAIL database" in done.stdout
    assert "Is --database-url right and the server up?" in done.stdout


def test_only_its_owner_reads_the_secret_that_serve_makes(tmp_path):
    apropos("workspace", "create", "x", "--data-dir", str(tmp_path))

    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob(".secret_key*"))


async def test_what_is_noted_meanwhile_is_not_among_what_is_printed(tmp_path):
    home = ("--data-dir", str(tmp_path))
    made = said("workspace", "create", "busy", *home)["workspace"]
    apropos("fill", made, "--comments", "5", "--people", "1", *home)
    erasing = command("erase-person", made, "person-0", "--yes", *home)
    printed, noted = tmp_path / "printed", tmp_path / "noted"
    with sqlite3.connect(tmp_path / "apropos.db") as looking, printed.open("w") as out, noted.open("w") as err:
        looking.execute("BEGIN")
        looking.execute("SELECT * FROM person").fetchall()  # what it sees stays in the file as long as it looks
        process = await asyncio.create_subprocess_exec(*erasing, stdout=out, stderr=err)
        await until(lambda: asyncio.to_thread(lambda: STILL_THERE in printed.read_text() + noted.read_text()))
        looking.rollback()
        assert await process.wait() == 0
    assert printed.read_text() == f"person-0 is erased from {made}.\n"
