"""The disk is full: callers are told so, people go on reading, and once there is room all goes on by itself, nothing lost."""

import asyncio
import os
import shutil
import subprocess
from collections import Counter

import asyncpg
import pytest

from apropos import AsyncApropos, Unavailable
from apropos._ids import new_id
from clusters import cluster_of_our_own
from machinery import Ground, unprivileged
from stage import DATABASES, running

SIZE, LEFT = 64, 2
"""Megabytes of the disk, and what is left of it before the load."""
TEXT = "x" * 9_000


@pytest.fixture
def disk():
    """A small disk of its own, which PostgreSQL's account may use."""
    with Ground() as ground:
        place, account = ground.folder(), unprivileged()
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "none", place],  # noqa: S607 the system's
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            pytest.skip(f"a disk of a test's own cannot be mounted here: {done.stderr.strip()}")
        if account:
            shutil.chown(place, account["user"])
        yield place
        subprocess.run(["umount", "--lazy", place], check=True)  # noqa: S607 the system's


@pytest.fixture(params=DATABASES)
def stage(request, disk, tmp_path):
    """A service on a database that lies on the disk."""
    folder = tmp_path / "folder"
    folder.mkdir()
    if request.param == "sqlite":
        with running(f"sqlite:///{disk / 'apropos.db'}", folder) as served:
            yield served
        return
    with cluster_of_our_own() as cluster:
        asyncio.run(_made_on(cluster.url, _space(disk)))
        with running(cluster.url.rpartition("/")[0] + "/small", folder) as served:
            yield served


def _space(disk):
    place = disk / "space"
    place.mkdir()
    if account := unprivileged():
        shutil.chown(place, account["user"])
    return place


async def _made_on(url, place):
    connection = await asyncpg.connect(url)
    await connection.execute(f"CREATE TABLESPACE small LOCATION '{place}'")
    await connection.execute("CREATE DATABASE small TABLESPACE small")
    await connection.close()


@pytest.mark.timeout(300)
async def test_a_full_disk_is_said_and_outlived(stage, disk):
    world = stage.workspace()
    async with AsyncApropos(world.url, key=world.key, retries=0) as host:
        thread = await host.acting_as("ada").threads.open("order:1", "first")
        ballast = disk / "ballast"
        ballast.write_bytes(b"x" * (shutil.disk_usage(disk).free - LEFT * 2**20))
        acknowledged, refused = await post_until_full(host, thread.id)

        assert {(one.status, one.code) for one in refused} == {(507, "storage_is_full")}, refused
        read = [comment.id async for comment in host.threads.comments(thread.id)][1:]
        assert Counter(read) == Counter(acknowledged)
        assert (await host.conversation("order:1")).threads

        ballast.unlink()
        acknowledged.append((await host.acting_as("ada").threads.comment(thread.id, "there is room")).id)
        found = [comment.id async for comment in host.threads.comments(thread.id)][1:]
        assert Counter(found) == Counter(acknowledged)


async def post_until_full(host, thread):
    """Post long comments until it is said three times that there is no room; return what was acknowledged, and what was said."""
    acknowledged, refused = [], []
    while len(refused) < 3:
        comment = new_id("cmt")
        try:
            await host.acting_as("ada").threads.comment(thread, f"{TEXT} {os.urandom(400).hex()}", id=comment)
        except Unavailable as problem:
            refused.append(problem)
        else:
            acknowledged.append(comment)
    return acknowledged, refused
